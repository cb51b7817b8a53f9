"""What the look-up page shows of a selection: rows in words, filters with their counts, the map."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courts.circuits import CIRCUIT_SIGNS, CIRCUIT_WORDS, circuit_words
from courts.directory import CourtEntry, Directory
from courts.kinds import CourtType
from courts.selection import LIVE_DATED, LIVE_DAY_UNKNOWN, Query, Row, Selection
from courts.statemap import Block, Standing, Tile, blocks, state_tiles
from courts.states import STATES
from courts.words import local_day

# How `Standing` is said in the address.
STATUS_VALUES: Mapping[Standing, str] = {
    Standing.LIVE: LIVE_DATED,
    Standing.SCHEDULED: "scheduled",
    Standing.DARK: "dark",
    Standing.DAY_UNKNOWN: LIVE_DAY_UNKNOWN,
    Standing.NOT_ANNOUNCED: "not_announced",
}
# As the filter lists them: what most people look for first.
TYPES = (CourtType.BANKRUPTCY, CourtType.DISTRICT, CourtType.APPELLATE, CourtType.BAP, CourtType.NATIONAL)


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter, with the number of courts that it would show."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One court in the list."""

    court: CourtEntry
    standing: Standing
    day: date | None
    today: date
    why: str
    is_best: bool

    @property
    def circuit(self) -> str:
        return circuit_words(self.court.circuit)


@dataclass(frozen=True, slots=True)
class Beside:
    """A court that has no state: a tile beside the map."""

    court_id: str
    sign: str
    name: str
    standing: Standing
    blocks: tuple[Block, ...]
    has_match: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StateMap:
    """The map and what stands beside it; `legend` counts all courts."""

    tiles: list[Tile]
    beside: list[tuple[str, list[Beside]]]
    legend: list[tuple[Standing, int]]
    total: int
    day: date
    has_rings: bool
    as_of: str  # the instant that was asked for, to be added to an address; empty for the present

    @property
    def standings(self) -> list[Standing]:
        return list(Standing)

    @property
    def by_name(self) -> list[Tile]:
        return sorted(self.tiles, key=lambda tile: tile.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupPage:
    """The page's contents for one selection."""

    selection: Selection
    rows: list[ShownRow]
    types: list[Option]
    statuses: list[Option]
    states: list[Option]
    circuits: list[Option]
    address: str  # the selection as a query string, with its "?"; empty for all courts
    headline: str
    order: str

    @property
    def csv_url(self) -> str:
        return reverse("courts_csv") + self.address

    @property
    def json_url(self) -> str:
        return reverse("courts_json") + self.address

    @property
    def calendar_url(self) -> str:
        return reverse("go_live_calendar") + self.address

    @property
    def present_url(self) -> str:
        """The same list without the instant that was asked for."""
        return reverse("courts") + _address(replace(self.query, as_of=None))

    @property
    def query(self) -> Query:
        return self.selection.query

    @property
    def read(self) -> str:
        """The search as it was understood: what a reason marks."""
        return self.selection.read_as or self.query.q

    @property
    def is_all(self) -> bool:
        return not self.query.q and not self.query.is_filtered


def lookup_page(selection: Selection) -> LookupPage:
    """Everything above the map."""
    query, counts = selection.query, selection.counts
    statuses = {STATUS_VALUES[standing]: standing.words for standing in Standing}
    found = len(selection.rows)
    return LookupPage(
        selection=selection,
        rows=[_shown(row, selection) for row in selection.rows],
        types=_options({kind.value: str(kind.label) for kind in TYPES}, counts["type"], query.types),
        statuses=_options(statuses, counts["status"], _statuses_chosen(query)),
        states=_options(dict(sorted(STATES.items(), key=lambda item: item[1])), counts["state"], query.states),
        circuits=_options({code: str(name) for code, name in CIRCUIT_WORDS.items()}, counts["circuit"], query.circuits),
        address=_address(query),
        headline=_headline(found, query),
        order=_("best match first") if query.q else _("by name"),
    )


def _headline(found: int, query: Query) -> str:
    """`5 courts match “oakland bankruptcy”`: what the status line announces."""
    if query.q:
        words = ngettext("%(n)d court matches “%(q)s”", "%(n)d courts match “%(q)s”", found)
        return words % {"n": found, "q": query.q}
    return ngettext("%(n)d court", "%(n)d courts", found) % {"n": found}


def _shown(row: Row, selection: Selection) -> ShownRow:
    court = row.court
    return ShownRow(
        court=court,
        standing=Standing.of(status=row.status, basis=court.go_live_basis),
        day=local_day(court.go_live_at, court.time_zone) if court.go_live_at else None,
        today=local_day(selection.at, court.time_zone),
        why=row.why,
        is_best=row.is_best,
    )


def _options(known: Mapping[str, str], counts: Mapping[str, int], chosen: Iterable[str]) -> list[Option]:
    return [Option(value, str(words), counts.get(value, 0), value in chosen) for value, words in known.items()]


def _statuses_chosen(query: Query) -> set[str]:
    """The boxes that are ticked: `live`, as the API says it, is both kinds of it."""
    both = {LIVE_DATED, LIVE_DAY_UNKNOWN} if "live" in query.statuses else set()
    return both | set(query.statuses)


def _address(query: Query) -> str:
    parts = [("q", query.q)] if query.q else []
    named = {"type": query.types, "state": query.states, "circuit": query.circuits, "status": query.statuses}
    parts += [(name, value) for name, values in named.items() for value in sorted(values)]
    parts += [(name, value) for name, value in (("county", query.county), ("city", query.city)) if value]
    parts += [("as_of", query.as_of.isoformat())] if query.as_of else []
    return f"?{urlencode(parts)}" if parts else ""


def state_map(selection: Selection, *, directory: Directory) -> StateMap:
    """The map of all courts at the selection's instant, with a ring around what the selection holds."""
    at = selection.at
    by_state: dict[str, list[Standing]] = defaultdict(list)
    apart: dict[CourtType, list[tuple[CourtEntry, Standing]]] = defaultdict(list)
    everything: list[Standing] = []
    for court in directory.courts:
        standing = Standing.of(status=court.status(at), basis=court.go_live_basis)
        everything.append(standing)
        if court.state:
            by_state[court.state].append(standing)
        else:
            apart[CourtType(court.court_type)].append((court, standing))
    is_search = bool(selection.query.q or selection.query.is_filtered)
    rows = selection.rows if is_search else ()
    ids = frozenset(row.court.court_id for row in rows)
    return StateMap(
        tiles=state_tiles(
            standings=by_state, names=STATES, matched=frozenset(row.court.state for row in rows if row.court.state)
        ),
        beside=[
            (heading, [_beside(court, standing, ids) for court, standing in sorted(apart[kind], key=_beside_order)])
            for kind, heading in (
                (CourtType.APPELLATE, _("Courts of appeals")),
                (CourtType.BAP, _("Bankruptcy appellate panels")),
                (CourtType.NATIONAL, _("National courts")),
            )
        ],
        legend=[(standing, everything.count(standing)) for standing in Standing if standing in everything],
        total=len(everything),
        day=at.date(),
        has_rings=bool(ids),
        as_of=f"&{urlencode({'as_of': selection.query.as_of.isoformat()})}" if selection.query.as_of else "",
    )


def _beside(court: CourtEntry, standing: Standing, ids: frozenset[str]) -> Beside:
    sign = court.court_id.upper() if court.court_type == CourtType.NATIONAL else CIRCUIT_SIGNS[court.circuit]
    return Beside(court.court_id, sign, court.short_name, standing, blocks([standing]), court.court_id in ids)


def _beside_order(item: tuple[CourtEntry, Standing]) -> tuple[int, str]:
    circuits = list(CIRCUIT_SIGNS)
    court = item[0]
    numbered = court.court_type != CourtType.NATIONAL and court.circuit in circuits
    return (list(CIRCUIT_WORDS).index(court.circuit) if numbered else 0, court.court_id)
