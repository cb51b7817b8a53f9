"""Signing in by username and password: counted, checked, recorded. The second factor comes after (stages.py).

A login that does not exist, a wrong password and a closed log-in get the same answer after the same work.
"""

from datetime import datetime

from django.db import transaction

from accounts import limits
from accounts.client import Client, keep_device
from accounts.keys import name_key
from accounts.models import User
from accounts.passwords import Verdict, verify_password
from events.kinds import EventType
from events.record import Actor, person, record, system


class SignInRefused(Exception):
    """Username or password is wrong, or the log-in closed; `.tries_left` more may be tried."""

    def __init__(self, tries_left: int) -> None:
        super().__init__(tries_left)
        self.tries_left = tries_left


def find_user(login: str) -> User | None:
    """Whose username this is, without regard to case."""
    return User.objects.filter(username_key=name_key(login)).first()


def verify_sign_in(user: User | None, password: str, *, login: str, client: Client, now: datetime) -> User:
    """The user, if this is the password; a foreign hash is made one of ours. Raises SignInRefused, TooManyFailures.

    `user` is whom `find_user` found for `login`, `client` is seen from that account. The try is counted before the
    password is looked at, so that a hundred at once get no more tries than a hundred in a row.
    """
    attempt = limits.Attempt(
        action=limits.Action.SIGN_IN,
        who=f"device:{client.device}" if client.device else f"address:{client.network}",
        subject=name_key(login),
        address=None if client.device else client.address,
    )
    tries_left = limits.take_try(attempt, now=now)
    # A closed log-in is checked against nothing: its right password must cost what a wrong one costs.
    verdict = verify_password(password, user.password if user and user.is_active else None)
    if user is None or not verdict.ok:
        _record_failure(user, tries_left=tries_left, at=now)
        raise SignInRefused(tries_left)
    with transaction.atomic(durable=True):
        _store_rehash(user, verdict)
        limits.succeed(attempt)
    return user


@transaction.atomic(durable=True)
def record_sign_in(user: User, *, factor: str, device_token: str, at: datetime) -> None:
    """Write down that somebody is signed in now, and from which browser; `factor` is the kind used, or empty."""
    facts = {"factor": factor} if factor else {}
    record(EventType.SIGNED_IN, actor=person(user.pk), subject=("user", user.pk), facts=facts, at=at)
    keep_device(user, device_token, now=at)


def record_sign_out(user: User, *, at: datetime) -> None:
    with transaction.atomic(durable=True):
        record(EventType.SIGNED_OUT, actor=person(user.pk), subject=("user", user.pk), at=at)


def _store_rehash(user: User, verdict: Verdict) -> None:
    """Only where the old hash still stands: a new password set meanwhile stays. Raises no version: it is the same
    password, and no session ends."""
    if verdict.rehash and User.objects.filter(pk=user.pk, password=user.password).update(password=verdict.rehash):
        user.password = verdict.rehash


@transaction.atomic(durable=True)
def _record_failure(user: User | None, *, tries_left: int, at: datetime) -> None:
    """Written for logins that don't exist too: what is not written would be missing from the time it takes."""
    actor, subject = _unknown(), ("user", user.pk) if user else ("", "")
    record(EventType.SIGN_IN_FAILED, actor=actor, subject=subject, at=at)
    if tries_left <= 0:
        record(EventType.LIMIT_REACHED, actor=actor, subject=subject, facts={"action": limits.Action.SIGN_IN}, at=at)


def _unknown() -> Actor:
    """Who fails to sign in is nobody yet."""
    return system("sign-in")
