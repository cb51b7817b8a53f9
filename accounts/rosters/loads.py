"""The way of a roster: stage, compare, apply or discard. Commands, admin and API all walk it.

Every transaction works on a stretch of the file and takes well under a second, so that the site goes on writing on
SQLite too; a load cut short is resumed by applying it again.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import batched
from pathlib import PurePath
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models.roster import RosterKind, RosterLoad
from accounts.rosters.base import Comparison, Lines, Roster, actor_of
from accounts.rosters.faults import BadRoster, RosterBusy, RosterGone, TooManyClosed
from accounts.rosters.filers import FilerRoster
from accounts.rosters.pacer_accounts import AccountRoster
from accounts.rosters.rows import read_header, read_rows
from accounts.rosters.sheets import read_sheet
from courts.models import Court
from events.kinds import EventType
from events.record import Actor, record, record_many

STRETCH = 4_000  # lines a transaction
LEASE = timedelta(minutes=5)
KEPT_FOR = timedelta(days=2)  # a load that nobody applied

_ROSTERS: dict[str, type[Roster]] = {RosterKind.FILERS: FilerRoster, RosterKind.ACCOUNTS: AccountRoster}


def roster_of(load: RosterLoad) -> Roster:
    return _ROSTERS[load.kind](load)


def stage(
    file: BinaryIO, *, name: str, kind: RosterKind, court: Court | None, actor: Actor, close_missing: bool = False
) -> RosterLoad:
    """Read a CSV or XLSX file into staged rows and compare them with the accounts. Raises BadRoster.

    After BadRoster nothing is left behind.
    """
    load = RosterLoad.objects.create(
        kind=kind,
        court=court,
        file_name=PurePath(name).name[:200],
        close_missing=close_missing,
        actor_kind=actor.kind,
        actor_id=actor.id,
    )
    roster = roster_of(load)
    try:
        _read(file, roster)
        compare(load)
    except BaseException:
        _drop_rows(roster)
        load.delete()
        raise
    return load


def _read(file: BinaryIO, roster: Roster) -> None:
    rows = read_sheet(file)
    header = read_header(rows, roster.columns)
    roster.load.header = [column.name for column in header]
    for chunk in batched(read_rows(rows, header), STRETCH // 4):
        roster.staged._default_manager.bulk_create([roster.staged_row(row) for row in chunk])
        roster.load.rows += len(chunk)
    roster.load.state = RosterLoad.State.STAGED
    roster.load.save(update_fields=["header", "rows", "state"])


def compare(load: RosterLoad) -> Comparison:
    """What applying this load would do now. Raises BadRoster when its rows collide with each other or with accounts."""
    roster = roster_of(load)
    for lines in _stretches(roster):
        roster.compare(lines)
    if collisions := roster.collisions():
        raise BadRoster(collisions)
    comparison = roster.count()
    load.counts = comparison.as_facts()
    load.save(update_fields=["counts"])
    return comparison


def apply_load(load: RosterLoad, *, closing_is_meant: bool = False) -> Comparison:
    """Carry the load out; what was done. Compares anew first: others may have written since it was staged.

    Raises TooManyClosed unless `closing_is_meant`, BadRoster, RosterBusy while another one is applied to the same
    accounts, RosterGone.
    """
    now = timezone.now()
    _claim(load, now=now)
    roster = roster_of(load)
    try:
        comparison = compare(load)
        if comparison.closing * 100 > comparison.open_before * 2 and not closing_is_meant:
            raise TooManyClosed(closing=comparison.closing, of=comparison.open_before)
        _move(roster, now=now)
        for lines in _stretches(roster):
            _renew(load)
            _write(roster, lines, now=now)
        _close_missing(roster, now=now)
    except BaseException:
        RosterLoad.objects.filter(pk=load.pk).update(state=RosterLoad.State.STAGED, leased_until=None)
        raise
    _finish(roster, comparison, now=now)
    return comparison


def discard(load: RosterLoad) -> None:
    """Throw a load away that is not being applied. Its rows go, its line in the list of loads stays."""
    discarded = RosterLoad.objects.filter(pk=load.pk, state__in=[RosterLoad.State.READING, RosterLoad.State.STAGED])
    if discarded.update(state=RosterLoad.State.DISCARDED, finished_at=timezone.now()):
        _drop_rows(roster_of(load))


def discard_abandoned(*, now: datetime) -> int:
    """Discard what nobody has applied within two days: staged rows hold password hashes. The number discarded."""
    old = Q(state__in=[RosterLoad.State.READING, RosterLoad.State.STAGED]) | Q(
        state=RosterLoad.State.APPLYING, leased_until__lt=now
    )
    loads = list(RosterLoad.objects.filter(old, created_at__lt=now - KEPT_FOR))
    for load in loads:
        RosterLoad.objects.filter(pk=load.pk).update(
            state=RosterLoad.State.DISCARDED, leased_until=None, finished_at=now
        )
        _drop_rows(roster_of(load))
    return len(loads)


def _stretches(roster: Roster) -> Iterator[Lines]:
    for first in range(1, roster.last_line() + 1, STRETCH):
        yield Lines(first, first + STRETCH - 1)


def _claim(load: RosterLoad, *, now: datetime) -> None:
    same = RosterLoad.objects.filter(kind=load.kind, court=load.court)
    state = RosterLoad.State
    try:
        with transaction.atomic(durable=True):
            # A lease that has run out belonged to a process that died; its load can be applied again.
            same.filter(state=state.APPLYING, leased_until__lt=now).update(state=state.STAGED, leased_until=None)
            claimed = same.filter(pk=load.pk, state=state.STAGED).update(state=state.APPLYING, leased_until=now + LEASE)
    except IntegrityError:
        claimed = 0
    if not claimed:
        rival = same.filter(state=state.APPLYING).first()
        if rival is None:
            raise RosterGone
        raise RosterBusy(rival.leased_until)


def _renew(load: RosterLoad) -> None:
    held = RosterLoad.objects.filter(pk=load.pk, state=RosterLoad.State.APPLYING)
    if not held.update(leased_until=timezone.now() + LEASE):
        raise RosterGone


@transaction.atomic(durable=True)
def _move(roster: Roster, *, now: datetime) -> None:
    whole = Lines(1, roster.last_line())
    events = roster.change_events(whole, moves=True)
    if events:
        record_many(events, actor=actor_of(roster.load), court_id=roster.load.court_id or "", at=now)
        roster.make_room(now=now)


def _write(roster: Roster, lines: Lines, *, now: datetime) -> None:
    try:
        _look_and_write(roster, lines, now=now)
    except IntegrityError:
        # A rival has made one of these accounts between our look and our write; the second look finds it.
        try:
            _look_and_write(roster, lines, now=now)
        except IntegrityError:
            raise BadRoster(roster.collisions()) from None


@transaction.atomic(durable=True)
def _look_and_write(roster: Roster, lines: Lines, *, now: datetime) -> None:
    roster.lock(lines)
    roster.compare(lines)
    events = roster.change_events(lines, moves=False)
    record_many(events, actor=actor_of(roster.load), court_id=roster.load.court_id or "", at=now)
    roster.write(lines, now=now)


def _close_missing(roster: Roster, *, now: datetime) -> None:
    if not roster.load.close_missing:
        return
    for lines in _stretches(roster):  # so that rows written just now count as there
        roster.match(lines)
    while absent := roster.missing(limit=STRETCH // 4):
        _renew(roster.load)
        event_type, kind, facts = roster.closing_event()
        with transaction.atomic(durable=True):
            record_many(
                [(event_type, (kind, pk), facts) for pk, _name in absent],
                actor=actor_of(roster.load),
                court_id=roster.load.court_id or "",
                at=now,
            )
            roster.close([pk for pk, _name in absent], now=now)


def _finish(roster: Roster, comparison: Comparison, *, now: datetime) -> None:
    load = roster.load
    with transaction.atomic(durable=True):
        RosterLoad.objects.filter(pk=load.pk).update(
            state=RosterLoad.State.APPLIED, leased_until=None, finished_at=timezone.now()
        )
        accounts = load.kind == RosterKind.ACCOUNTS
        record(
            EventType.ACCOUNT_LOADED if accounts else EventType.ROSTER_LOADED,
            actor=actor_of(load),
            court_id=load.court_id or "",
            subject=("load", load.pk),
            facts=comparison.as_facts(),
            at=now,
        )
    _drop_rows(roster)
    load.refresh_from_db()


def _drop_rows(roster: Roster) -> None:
    rows = roster.staged._default_manager.filter(load=roster.load)
    for lines in list(_stretches(roster)):
        rows.filter(line__range=(lines.first, lines.last)).delete()
