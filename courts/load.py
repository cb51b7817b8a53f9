"""Loading reference data: what is new, changed, the same, and what a court keeps itself and the loader leaves alone."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from html import unescape
from typing import Any

from django.db import transaction
from django.utils.html import strip_tags

from courts.directory import bump_version
from courts.kinds import CourtType, GoLiveBasis
from courts.lookup import is_current, prepare_places
from courts.models import County, Court, Office, ReferenceState
from courts.reference import (
    COMPILED_ON,
    COUNTY_COLUMNS,
    COURT_COLUMNS,
    OFFICE_COLUMNS,
    BadReferenceData,
    Fault,
    Line,
    Table,
)
from events.kinds import EventType
from events.record import Actor, record

# Cells that are a court's fields as they stand.
_PLAIN = [
    name
    for name in COURT_COLUMNS
    if name not in {"court_id", "psc_id", "nextgen_go_live", "pdf_limit_mb", "help_desk_email"}
]
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(slots=True)
class Tally:
    """What a load did, by kind of row; `kept` names what a court keeps itself: (court, field)."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    kept: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_any(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def load_reference(tables: Sequence[Table], *, actor: Actor, overwrite: bool = False) -> Tally:
    """Bring courts, offices and counties to what the tables say, all or nothing. Raises BadReferenceData.

    A field that a court's staff have set is kept and reported, unless `overwrite`. Courts that no table names stay.
    """
    tally = Tally()
    with transaction.atomic(durable=True):
        for table in tables:
            if table.columns == COURT_COLUMNS:
                _load_courts(table, tally, actor=actor, overwrite=overwrite)
        known = set(Court.objects.values_list("pk", flat=True))
        for table in tables:
            if table.columns == OFFICE_COLUMNS:
                _load_offices(table, tally, known)
            elif table.columns == COUNTY_COLUMNS:
                _load_counties(table, tally, known)
        state, _created = ReferenceState.objects.get_or_create(pk=1)
        digests = {**state.loaded_files, **{table.file: table.digest for table in tables}}
        if tally.is_any or digests != state.loaded_files or not is_current(bytes(state.places)):
            _prepare(state, digests)
            record(EventType.COURT_LOADED, actor=actor, facts={"files": digests, **_counts(tally)})
            bump_version()
    return tally


def _prepare(state: ReferenceState, digests: Mapping[str, str]) -> None:
    counties = County.objects.filter(court__court_type__in=[CourtType.DISTRICT, CourtType.BANKRUPTCY])
    state.places = prepare_places(counties.values_list("state", "name").distinct())
    state.loaded_files = dict(digests)
    state.compiled_on = COMPILED_ON
    state.save(update_fields=["places", "loaded_files", "compiled_on"])


def _counts(tally: Tally) -> dict[str, dict[str, int]]:
    return {"added": dict(tally.added), "changed": dict(tally.changed), "removed": dict(tally.removed)}


def _load_courts(table: Table, tally: Tally, *, actor: Actor, overwrite: bool) -> None:
    hosts = _hosts(table)
    _free_psc_ids(table)
    # Hosts first: a panel refers to its circuit.
    for line in sorted(table.lines, key=lambda line: line.cells["court_type"] == CourtType.BAP):
        wanted = _fields(line.cells, hosted_by=hosts.get(line.cells["court_id"]))
        court = Court.objects.filter(pk=line.cells["court_id"]).first()
        if court is None:
            Court.objects.create(court_id=line.cells["court_id"], **wanted)
            tally.added["courts"] += 1
            continue
        _bring(court, wanted, tally, actor=actor, overwrite=overwrite)


def _free_psc_ids(table: Table) -> None:
    """Take away the ids that move between courts of the table: each may be there once. Raises BadReferenceData."""
    named = {line.cells["court_id"]: line.cells["psc_id"] or None for line in table.lines}
    holders = dict(Court.objects.exclude(psc_id=None).values_list("psc_id", "pk"))
    faults = [
        table.fault(line, "psc_id", f"“{psc_id}” is the id of {holder}, which this file does not name")
        for line in table.lines
        if (psc_id := line.cells["psc_id"])
        and (holder := holders.get(psc_id, line.cells["court_id"])) != line.cells["court_id"]
        and holder not in named
    ]
    if faults:
        raise BadReferenceData(faults)
    moved = [holder for psc_id, holder in holders.items() if holder in named and named[holder] != psc_id]
    Court.objects.filter(pk__in=moved).update(psc_id=None)


def _bring(court: Court, wanted: Mapping[str, Any], tally: Tally, *, actor: Actor, overwrite: bool) -> None:
    differing = {name for name, value in wanted.items() if getattr(court, name) != value}
    if not overwrite:
        kept = differing & set(court.set_by_clerk)
        if court.go_live_basis == GoLiveBasis.NOT_ANNOUNCED or "nextgen_go_live" in kept:
            kept |= differing & {"go_live_basis", "nextgen_go_live", "go_live_source"}
        tally.kept += [(court.pk, name) for name in sorted(kept)]
        differing -= kept
    if not differing:
        tally.unchanged["courts"] += 1
        return
    for name in differing:
        setattr(court, name, wanted[name])
    if "nextgen_go_live" in differing:
        court.go_live_time = time(0, 0)  # files know days only
    court.set_by_clerk = [name for name in court.set_by_clerk if name not in differing]
    court.save()
    record(
        EventType.COURT_CHANGED,
        actor=actor,
        court_id=court.pk,
        subject=("court", court.pk),
        facts={"fields": sorted(differing)},
    )
    tally.changed["courts"] += 1


def _fields(cells: Mapping[str, str], *, hosted_by: str | None) -> dict[str, Any]:
    day = cells["nextgen_go_live"]
    return {
        **{name: cells[name] for name in _PLAIN},
        "psc_id": cells["psc_id"] or None,
        "help_desk_email": cells["help_desk_email"],
        "pdf_limit_mb": int(cells["pdf_limit_mb"]) if cells["pdf_limit_mb"] else None,
        "nextgen_go_live": date.fromisoformat(day) if day else None,
        # Every court ran NextGen by January 2023: a blank means that the day is not on record.
        "go_live_basis": GoLiveBasis.DATED if day else GoLiveBasis.LIVE_DAY_UNKNOWN,
        "hosted_by_id": hosted_by,
    }


def _hosts(table: Table) -> dict[str, str]:
    """The circuit whose CM/ECF each panel uses: the court with the same address. Raises BadReferenceData."""
    owners = {
        line.cells["cmecf_url"]: line.cells["court_id"]
        for line in table.lines
        if line.cells["court_type"] != CourtType.BAP
    }
    owners |= {
        court.cmecf_url: court.pk
        for court in Court.objects.filter(hosted_by=None).exclude(court_type=CourtType.BAP)
        if court.cmecf_url not in owners
    }
    panels = [line for line in table.lines if line.cells["court_type"] == CourtType.BAP]
    faults = [
        table.fault(line, "cmecf_url", "no court of appeals has this CM/ECF address, and a panel uses its circuit's")
        for line in panels
        if line.cells["cmecf_url"] not in owners
    ]
    if faults:
        raise BadReferenceData(faults)
    return {line.cells["court_id"]: owners[line.cells["cmecf_url"]] for line in panels}


def _unknown(table: Table, known: set[str]) -> None:
    faults = [
        table.fault(line, "court_id", f"there is no court “{line.cells['court_id']}”; load the courts first")
        for line in table.lines
        if line.cells["court_id"] not in known
    ]
    if faults:
        raise BadReferenceData(faults[:50])


def _load_offices(table: Table, tally: Tally, known: set[str]) -> None:
    _unknown(table, known)
    fields = ("court_id", "name", "address", "city", "state", "zip", "hours", "phone", "email")
    wanted = Counter(_office(line) for line in table.lines)
    mine = Office.objects.filter(set_by_clerk=False, court_id__in={line.cells["court_id"] for line in table.lines})
    there = Counter(tuple(row) for row in mine.values_list(*fields))
    if gone := there - wanted:
        for row, count in gone.items():
            same = mine.filter(**dict(zip(fields, row, strict=True)))
            Office.objects.filter(pk__in=list(same.values_list("pk", flat=True)[:count])).delete()
    new = wanted - there
    kept = set(Office.objects.filter(set_by_clerk=True).values_list("court_id", flat=True))
    for row in new:
        if row[0] in kept:
            tally.kept.append((row[0], "offices"))
    added = [row for row in new.elements() if row[0] not in kept]  # a Counter keeps the order of the file
    Office.objects.bulk_create([Office(**dict(zip(fields, row, strict=True))) for row in added])
    _add_up(tally, "offices", added=len(added), removed=sum(gone.values()), same=sum((wanted & there).values()))


def _office(line: Line) -> tuple[str, ...]:
    """The cells as they are kept: plain text, and of the email cell only the addresses in it."""
    cells = {name: " ".join(unescape(strip_tags(cell)).split()) for name, cell in line.cells.items()}
    return tuple({**cells, "email": ", ".join(dict.fromkeys(_MAILBOX.findall(line.cells["email"])))[:200]}.values())


def _load_counties(table: Table, tally: Tally, known: set[str]) -> None:
    _unknown(table, known)
    wanted = {(line.cells["court_id"], line.cells["state"], line.cells["county"]) for line in table.lines}
    mine = County.objects.filter(court_id__in={row[0] for row in wanted})
    there = {(court, state, name): pk for pk, court, state, name in mine.values_list("pk", "court_id", "state", "name")}
    gone = [pk for row, pk in there.items() if row not in wanted]
    County.objects.filter(pk__in=gone).delete()
    new = sorted(wanted - there.keys())
    County.objects.bulk_create(
        [County(court_id=court, state=state, name=name) for court, state, name in new], batch_size=500
    )
    _add_up(tally, "counties", added=len(new), removed=len(gone), same=len(wanted & there.keys()))


def _add_up(tally: Tally, what: str, *, added: int, removed: int, same: int) -> None:
    tally.added.update({what: added} if added else {})
    tally.removed.update({what: removed} if removed else {})
    tally.unchanged.update({what: same} if same else {})


__all__ = ["BadReferenceData", "Fault", "Tally", "load_reference"]
