"""Checking passwords: right ones are re-hashed with Argon2id, wrong ones all take equally long.

A wrong password, a login that does not exist and a wrong password at an imported hash each pay exactly one
Argon2. An imported hash has cost its own check besides, and that difference would tell a stranger which logins
exist. So every failure waits until it has taken what the costliest format seen in this process takes; the wait
is a sleep, not work. The first failure at a format that this process has not met yet is the one that can be told
apart (docs/decisions/0006-equal-time.md).
"""

from dataclasses import dataclass
from time import sleep, thread_time

from django.contrib.auth.hashers import get_hasher, make_password
from django.db import transaction

from accounts.foreign_hashes import BadHash, check_importable, is_right

__all__ = ["BadHash", "Verdict", "check_importable", "verify_password"]

MAX_LENGTH = 1024  # characters; nobody's password is longer, and hashing a megabyte would be work for a stranger

KINDS_REMEMBERED = 64

_foreign_costs: dict[str, float] = {}  # format and cost: seconds of processor time, the least that was seen


class HashedInTransaction(RuntimeError):
    """A password was about to be hashed while a transaction holds locks: others would wait for it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`rehash` is the hash to store instead, where the stored one was right but not made as we make ours."""

    ok: bool
    rehash: str | None = None


def verify_password(given: str, stored: str | None) -> Verdict:
    """Whether `given` is the password behind the hash `stored`; None where there is no such login.

    Passwords are taken as they are: blanks count. Takes tens of milliseconds, so never inside a transaction:
    store `rehash` afterwards, by an UPDATE on condition that the old hash still stands.
    """
    _refuse_inside_a_transaction()
    checkable = "\0" not in given and len(given) <= MAX_LENGTH
    made_by_us = stored is not None and _made_by_us(stored)
    foreign_seconds = 0.0
    if checkable and stored:
        started = thread_time()
        if is_right(given, stored):
            return Verdict(ok=True, rehash=None if made_by_us else make_password(given))
        if made_by_us:
            _wait_as_long_as_the_costliest(spent=0.0)
            return Verdict(ok=False)
        foreign_seconds = thread_time() - started
        _remember(stored, foreign_seconds)
    # What cannot be right is not read, only paid for.
    make_password(given if checkable else "x")
    _wait_as_long_as_the_costliest(spent=foreign_seconds)
    return Verdict(ok=False)


def _made_by_us(stored: str) -> bool:
    """Whether the hash is of our format and costs what ours cost now."""
    ours = get_hasher("default")
    try:
        return stored.startswith(f"{ours.algorithm}$") and not ours.must_update(stored)
    except (ValueError, TypeError, KeyError, IndexError, AssertionError):
        return False  # mangled


def _refuse_inside_a_transaction() -> None:
    connection = transaction.get_connection()
    # The tests' own enclosing transaction is marked; ours is not.
    if any(not block._from_testcase for block in connection.atomic_blocks):
        raise HashedInTransaction


def _class_of(stored: str) -> str:
    """What the cost of checking depends on: the format and its cost, not the salt."""
    parts = stored.split("$")
    if stored.startswith(("bcrypt", "argon2")):
        return "$".join(parts[:4])
    return "$".join(parts[:3] if stored.startswith(("$2", "$5$rounds", "$6$rounds")) else parts[:2])


def _remember(stored: str, seconds: float) -> None:
    kind = _class_of(stored)
    if len(_foreign_costs) < KINDS_REMEMBERED or kind in _foreign_costs:
        _foreign_costs[kind] = min(seconds, _foreign_costs.get(kind, seconds))


def _wait_as_long_as_the_costliest(*, spent: float) -> None:
    wait = max(_foreign_costs.values(), default=0.0) - spent
    if wait > 0:
        sleep(wait)
