"""The one limiter: failures at sign-in, second factor, recovery, codes and linking. Rules: design.md, section 7.

A try is counted before it is made (`take_try`) and given back when it succeeds (`succeed`), in one statement
each, so a hundred parallel guesses get no more tries than a hundred in a row. What stays counted are failures.

Counted are: `who` at `subject` (one person's failures at one login), everybody at `subject` (which never refuses,
but narrows each `who` to the first three tries), `who` at anything, and an address at anything. Nobody's failures
use up another's tries at a login, so nobody can lock a colleague out. A success gives back what failed at that
login, from every count: a firm behind one address that mistypes and then succeeds leaves nothing behind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from ipaddress import ip_address, ip_network

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from accounts.models import FailureCount

FIRST_TRIES = 3  # always there, whatever strangers did at the same login
UNLIMITED = 1_000_000
LONGEST = 24 * 3600  # seconds: no window grows beyond a day
FORGET_AFTER = 7 * 24 * 3600  # seconds after a window's end


class Action(StrEnum):
    SIGN_IN = "sign_in"
    SECOND_FACTOR = "second_factor"
    RECOVERY = "recovery"
    CODE = "code"
    SIGN_UP = "sign_up"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How many failures a window of `seconds` bears: of one at one login, of one anywhere, from one address.

    From `crowd` failures of all together at one login, each one is left the first three tries there.
    """

    seconds: int
    pair: int
    who: int = UNLIMITED
    address: int = UNLIMITED
    crowd: int = 30


RULES: Mapping[Action, Rule] = {
    # A whole firm behind one address: only failures that no success followed count, and known devices not at all.
    Action.SIGN_IN: Rule(seconds=15 * 60, pair=5, address=200),
    Action.SECOND_FACTOR: Rule(seconds=15 * 60, pair=5, address=200),
    Action.RECOVERY: Rule(seconds=60 * 60, pair=3, who=20, address=60),
    Action.CODE: Rule(seconds=60 * 60, pair=5, who=10, address=60),
    # Registrations that succeed count too; a firm that registers together stays below.
    Action.SIGN_UP: Rule(seconds=60 * 60, pair=10, address=120),
    Action.LINK: Rule(seconds=15 * 60, pair=5, who=15, address=200),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Who tries what: `who` as `account:17`, `device:…` or `address:…`, `subject` the login's key as typed.

    `address` None leaves the address out: a device that is known from an earlier sign-in keeps its own count.
    """

    action: Action
    who: str
    subject: str
    address: str | None


class TooManyFailures(Exception):
    """No try is left until `.until` (aware). Nothing was counted."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until

    def seconds_from(self, now: datetime) -> int:
        """For `Retry-After`."""
        return max(int((self.until - now).total_seconds()) + 1, 1)


@dataclass(frozen=True, slots=True)
class _Counter:
    """One row of the count, by name: `pair`, `crowd`, `who` or `address`."""

    kind: str
    key: str
    cap: int
    subject_key: str = ""


def network_of(address: str) -> str:
    """The address, or for IPv6 its /64: whoever has one of those has them all."""
    parsed = ip_address(address)
    return str(parsed) if parsed.version == 4 else str(ip_network(f"{address}/64", strict=False))


def take_try(attempt: Attempt, *, now: datetime) -> int:
    """Count one try before it is made; how many are left should this one fail. Raises TooManyFailures."""
    counters = _counters(attempt)
    with transaction.atomic():
        counted = _count(counters, rule=RULES[attempt.action], now=now)
        allowed = _allowed(attempt, counters, counted)
        over = [ends for name, (failures, ends) in counted.items() if failures > allowed[name]]
        if over:
            # Raised inside the block: the counts go back to what they were.
            raise TooManyFailures(datetime.fromtimestamp(max(over), tz=UTC))
    return min(allowed[name] - failures for name, (failures, _) in counted.items())


def check(attempt: Attempt, *, now: datetime) -> int:
    """How many tries are left, without taking one; for pages. Raises TooManyFailures."""
    counters = _counters(attempt)
    moment = int(now.timestamp())
    rows = FailureCount.objects.filter(key__in=[c.key for c in counters], ends_at__gt=moment)
    found = {row.key: (row.failures, row.ends_at) for row in rows}
    counted = {c.kind: found.get(c.key, (0, moment)) for c in counters}
    allowed = _allowed(attempt, counters, counted)
    over = [ends for name, (failures, ends) in counted.items() if failures >= allowed[name]]
    if over:
        raise TooManyFailures(datetime.fromtimestamp(max(over), tz=UTC))
    return min(allowed[name] - failures for name, (failures, _) in counted.items())


@transaction.atomic(savepoint=False)
def succeed(attempt: Attempt) -> None:
    """Give back what failed in this pair, from every count: it was the right person after all."""
    pair, *others = _counters(attempt)
    table = _table()
    with connection.cursor() as cursor:
        # In the order of keys, as `take_try` locks them: two that meet wait, and never for each other.
        cursor.execute(f"SELECT failures FROM {table} WHERE key = %s", [pair.key])  # noqa: S608 - a table's name
        found = cursor.fetchone()
        failures = int(found[0]) if found else 0
        if not failures:
            return
        for counter in sorted([pair, *others], key=lambda c: c.key):
            if counter is pair:
                cursor.execute(f"DELETE FROM {table} WHERE key = %s", [pair.key])  # noqa: S608
            else:
                cursor.execute(
                    f"UPDATE {table} SET failures = CASE WHEN failures > %s THEN failures - %s ELSE 0 END"  # noqa: S608
                    " WHERE key = %s",
                    [failures, failures, counter.key],
                )


@dataclass(frozen=True, slots=True)
class Trouble:
    """What failed at one login lately: how often, by everybody together, and until when (aware) somebody is paused."""

    failures: int
    paused_until: datetime | None


def trouble_at(*, action: Action, subject: str, now: datetime) -> Trouble:
    """What staff see of a login's failures: no word of whose they were. Pauses of a whole address don't show."""
    rows = FailureCount.objects.filter(subject_key=_key(action, "subject", subject), ends_at__gt=int(now.timestamp()))
    counted = list(rows.values_list("failures", "cap", "ends_at"))
    paused = [ends for failures, cap, ends in counted if failures >= cap]
    until = datetime.fromtimestamp(max(paused), tz=UTC) if paused else None
    return Trouble(sum(failures for failures, _cap, _ends in counted), until)


def clear(*, action: Action, subject: str) -> int:
    """What a clerk does: forget everybody's failures at this login; the number of counts forgotten."""
    key = _key(action, "subject", subject)
    pairs, _ = FailureCount.objects.filter(subject_key=key).delete()
    crowd, _ = FailureCount.objects.filter(key=key).delete()
    return pairs + crowd


def clear_who(*, action: Action, who: str) -> int:
    """Forget the failures of one PACER account at all logins taken together."""
    deleted, _ = FailureCount.objects.filter(key=_key(action, "who", who)).delete()
    return deleted


def forget_old_counts(*, now: datetime) -> int:
    """Delete counts whose window ended a week ago; the number deleted."""
    deleted, _ = FailureCount.objects.filter(ends_at__lt=int(now.timestamp()) - FORGET_AFTER).delete()
    return deleted


def _key(action: Action, kind: str, *names: str) -> str:
    return salted_hmac("accounts.limits", "\0".join([action, kind, *names]), algorithm="sha256").hexdigest()


def _counters(attempt: Attempt) -> list[_Counter]:
    """The pair first, then the others that this action limits."""
    rule, action = RULES[attempt.action], attempt.action
    subject_key = _key(action, "subject", attempt.subject)
    counters = [
        _Counter("pair", _key(action, "pair", attempt.who, attempt.subject), rule.pair, subject_key),
        _Counter("crowd", subject_key, UNLIMITED),
    ]
    if rule.who < UNLIMITED:
        counters.append(_Counter("who", _key(action, "who", attempt.who), rule.who))
    if attempt.address and rule.address < UNLIMITED:
        counters.append(_Counter("address", _key(action, "address", network_of(attempt.address)), rule.address))
    return counters


def _allowed(attempt: Attempt, counters: list[_Counter], counted: Mapping[str, tuple[int, int]]) -> Mapping[str, int]:
    allowed = {counter.kind: counter.cap for counter in counters}
    strangers = counted["crowd"][0] - counted["pair"][0]
    if strangers >= RULES[attempt.action].crowd and not attempt.who.startswith("device:"):
        allowed["pair"] = min(allowed["pair"], FIRST_TRIES)
    return allowed


def _table() -> str:
    return connection.ops.quote_name(FailureCount._meta.db_table)


def _count(counters: list[_Counter], *, rule: Rule, now: datetime) -> dict[str, tuple[int, int]]:
    """Add one to each counter, in one statement; each one's failures and the end of its window.

    A window that was used up makes the next one twice as long; one that was not starts afresh. Rows are written
    in the order of their keys, so that two that meet wait, and never for each other.
    """
    table, moment = _table(), int(now.timestamp())
    rows = sorted(counters, key=lambda counter: counter.key)
    values = ", ".join(["(%s, %s, 1, %s, 0, %s)"] * len(rows))
    params: list[str | int] = []
    for counter in rows:
        params += [counter.key, counter.subject_key, counter.cap, moment + rule.seconds]
    strikes = f"CASE WHEN {table}.failures >= {table}.cap THEN {table}.strikes + 1 ELSE 0 END"
    length = f"CASE WHEN {table}.failures < {table}.cap THEN {rule.seconds}"
    for strike in range(1, 20):
        if rule.seconds << strike >= LONGEST:
            break
        length += f" WHEN {table}.strikes + 1 = {strike} THEN {rule.seconds << strike}"
    length += f" ELSE {LONGEST} END"
    sql = (
        f"INSERT INTO {table} (key, subject_key, failures, cap, strikes, ends_at) VALUES {values}"  # noqa: S608
        " ON CONFLICT (key) DO UPDATE SET"
        f" failures = CASE WHEN {table}.ends_at > {moment} THEN {table}.failures + 1 ELSE 1 END,"
        f" strikes = CASE WHEN {table}.ends_at > {moment} THEN {table}.strikes ELSE {strikes} END,"
        f" ends_at = CASE WHEN {table}.ends_at > {moment} THEN {table}.ends_at ELSE {moment} + {length} END,"
        " cap = excluded.cap"
        " RETURNING key, failures, ends_at"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        counted = {key: (int(failures), int(ends)) for key, failures, ends in cursor.fetchall()}
    return {counter.kind: counted[counter.key] for counter in counters}
