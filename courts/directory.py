"""The reference data as one process holds it: read-only, prepared once, renewed when it changed.

A change bumps `ReferenceState.version` in its own transaction (`bump_version`). Each process looks at that number at
most once a second, and at once after a change of its own.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from threading import Lock
from time import monotonic, time_ns
from zoneinfo import ZoneInfo

from django.db import transaction

from courts.clock import status_at
from courts.kinds import CourtStatus
from courts.lookup import CourtFacts, CourtIndex, Places
from courts.models import County, Court, Office, ReferenceState

LOOK_EVERY = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class OfficeEntry:
    """A clerk's office, as the court states it."""

    name: str
    address: str
    city: str
    state: str
    zip: str
    hours: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtEntry:
    """One court. Go-live and dark period are those of its host; all instants are aware, in the court's zone."""

    court_id: str
    psc_id: str | None
    name: str
    short_name: str
    citation: str
    court_type: str
    circuit: str
    state: str
    city: str
    time_zone: str
    hosted_by_id: str | None
    go_live_basis: str
    nextgen_go_live: date | None
    go_live_at: datetime | None
    go_live_source: str
    dark_from: datetime | None
    dark_until: datetime | None
    order_url: str
    cmecf_url: str
    website_url: str
    rss_url: str
    cmecf_first_live: str
    software_release: str
    pdf_limit_mb: int | None
    help_desk_email: str
    help_desk_phone: str
    contact_source: str
    emergency_contact: str
    updated_at: datetime
    offices: tuple[OfficeEntry, ...] = field(repr=False)
    counties: tuple[tuple[str, str], ...] = field(repr=False)  # (state, county), sorted

    def status(self, at: datetime) -> CourtStatus:
        """The status at `at` (aware)."""
        return status_at(
            at,
            basis=self.go_live_basis,
            go_live_at=self.go_live_at,
            dark_from=self.dark_from,
            dark_until=self.dark_until,
        )


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Directory:
    """Every court of one version of the reference data, in the order of their short names.

    Equal only to itself, so that what is prepared from it can be kept under it as a key.
    """

    version: int
    compiled_on: date | None
    courts: tuple[CourtEntry, ...]
    by_id: dict[str, CourtEntry]
    by_psc_id: dict[str, CourtEntry]
    hosted: dict[str, tuple[CourtEntry, ...]]  # host's id: the panels that use its CM/ECF
    facts: tuple[CourtFacts, ...] = field(repr=False)  # what the index was built from
    places_digest: bytes
    index: CourtIndex = field(repr=False)
    changes: tuple[datetime, ...]  # every instant at which some court's status changes, sorted

    def segment(self, at: datetime) -> int:
        """The stretch of time between two changes of status in which `at` lies: in it all statuses stay the same."""
        return bisect_right(self.changes, at)

    def next_change(self, at: datetime) -> datetime | None:
        """The first instant after `at` at which some court's status changes."""
        position = bisect_right(self.changes, at)
        return self.changes[position] if position < len(self.changes) else None


_lock = Lock()
_held: Directory | None = None
_looked_at = 0.0


def current() -> Directory:
    """The directory of the newest version, at most a second old; one small query when the second is over."""
    global _held, _looked_at  # noqa: PLW0603 - one directory a process
    if _held is not None and monotonic() - _looked_at < LOOK_EVERY:
        return _held
    version = ReferenceState.objects.filter(pk=1).values_list("version", flat=True).first() or 0
    with _lock:
        if _held is None or _held.version != version:
            _held = _read(before=_held)
        _looked_at = monotonic()
        return _held


def forget() -> None:
    """Hold nothing any more; the next question reads everything."""
    global _held  # noqa: PLW0603
    _held = None


def _look_again() -> None:
    global _looked_at  # noqa: PLW0603
    _looked_at = -LOOK_EVERY


def bump_version() -> None:
    """Tell every process that the reference data changed. Call it in the transaction of the change.

    The new number was never given before, so that what somebody read inside a transaction that was rolled back is
    never taken for the newest.
    """
    ReferenceState.objects.get_or_create(pk=1)
    ReferenceState.objects.filter(pk=1).update(version=time_ns())
    _look_again()
    transaction.on_commit(_look_again)


def _read(*, before: Directory | None) -> Directory:
    """Everything anew; only the index, which is dear, is taken over from `before` when what it knows is the same."""
    state = ReferenceState.objects.filter(pk=1).first() or ReferenceState()
    offices: dict[str, list[OfficeEntry]] = defaultdict(list)
    for row in Office.objects.order_by("court_id", "pk"):
        office = OfficeEntry(row.name, row.address, row.city, row.state, row.zip, row.hours, row.phone, row.email)
        offices[row.court_id].append(office)
    counties: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for court_id, code, name in County.objects.values_list("court_id", "state", "name"):
        counties[court_id].append((code, name))
    courts = tuple(
        _entry(court, offices[court.pk], counties[court.pk])
        for court in Court.objects.select_related("hosted_by").order_by("short_name", "court_id")
    )
    hosted: dict[str, list[CourtEntry]] = defaultdict(list)
    for entry in courts:
        if entry.hosted_by_id:
            hosted[entry.hosted_by_id].append(entry)
    facts, places = tuple(_facts(entry) for entry in courts), bytes(state.places)
    digest = sha256(places).digest()
    same = before is not None and before.facts == facts and before.places_digest == digest
    return Directory(
        version=state.version,
        compiled_on=state.compiled_on,
        courts=courts,
        by_id={entry.court_id: entry for entry in courts},
        by_psc_id={entry.psc_id.lower(): entry for entry in courts if entry.psc_id},
        hosted={host: tuple(panels) for host, panels in hosted.items()},
        facts=facts,
        places_digest=digest,
        index=before.index if before and same else CourtIndex.build(facts, Places.from_bytes(places)),
        changes=tuple(sorted({at for entry in courts for at in _changes(entry)})),
    )


def _entry(court: Court, offices: list[OfficeEntry], counties: list[tuple[str, str]]) -> CourtEntry:
    host, zone = court.host, ZoneInfo(court.time_zone)
    return CourtEntry(
        court_id=court.pk,
        psc_id=court.psc_id,
        name=court.name,
        short_name=court.short_name,
        citation=court.citation,
        court_type=court.court_type,
        circuit=court.circuit,
        state=court.state,
        city=court.city,
        time_zone=court.time_zone,
        hosted_by_id=court.hosted_by_id,
        go_live_basis=host.go_live_basis,
        nextgen_go_live=host.nextgen_go_live,
        go_live_at=_local(court.go_live_at, zone),
        go_live_source=host.go_live_source,
        dark_from=_local(host.dark_from, zone),
        dark_until=_local(host.dark_until, zone),
        order_url=host.order_url,
        cmecf_url=court.cmecf_url,
        website_url=court.website_url,
        rss_url=court.rss_url,
        cmecf_first_live=court.cmecf_first_live,
        software_release=court.software_release,
        pdf_limit_mb=court.pdf_limit_mb,
        help_desk_email=court.help_desk_email,
        help_desk_phone=court.help_desk_phone,
        contact_source=court.contact_source,
        emergency_contact=court.emergency_contact or host.emergency_contact,
        updated_at=max(court.updated_at, host.updated_at),
        offices=tuple(offices),
        counties=tuple(sorted(counties)),
    )


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at.astimezone(zone) if at else None


def _facts(entry: CourtEntry) -> CourtFacts:
    return CourtFacts(
        court_id=entry.court_id,
        psc_id=entry.psc_id or "",
        name=entry.name,
        short_name=entry.short_name,
        citation=entry.citation,
        court_type=entry.court_type,
        circuit=entry.circuit,
        state=entry.state,
        city=entry.city,
        cmecf_url=entry.cmecf_url,
        hosted_by=entry.hosted_by_id,
        offices=tuple((office.city, office.state, office.zip) for office in entry.offices),
        counties=entry.counties,
    )


def _changes(entry: CourtEntry) -> Iterable[datetime]:
    return (at for at in (entry.go_live_at, entry.dark_from, entry.dark_until) if at is not None)
