"""Which courts somebody asks for: one reading of the address for page, API, CSV, JSON and calendar."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from unicodedata import combining, normalize

from django.http import QueryDict
from django.utils.translation import gettext as _

from courts.clock import BadInstant, portal_now, read_instant
from courts.directory import CourtEntry, Directory
from courts.kinds import CourtStatus, CourtType, GoLiveBasis
from courts.lookup import Choice, Elsewhere
from courts.states import STATES

LONGEST_TEXT = 200  # characters of a search that are read; the rest is cut

# What `status` may say: the four statuses, and `live` taken apart by whether its day is on record.
LIVE_DATED = "live_dated"
LIVE_DAY_UNKNOWN = "live_day_unknown"
STATUSES = (*CourtStatus.values, LIVE_DATED, LIVE_DAY_UNKNOWN)
# Every name that an address of the look-up may carry.
FILTERS = frozenset({"q", "type", "state", "county", "city", "circuit", "status", "as_of"})
CIRCUITS = (*(str(number) for number in range(1, 12)), "dc", "fed")


@dataclass(frozen=True, slots=True)
class BadFilter:
    """A filter that can't be used: its name, what was given, and what to give instead."""

    parameter: str
    value: str
    sentence: str


class BadSelection(Exception):
    """Some filters can't be used; `.filters` says which and why, `.rest` is the query without them."""

    def __init__(self, filters: list[BadFilter], rest: "Query") -> None:
        super().__init__("; ".join(bad.sentence for bad in filters))
        self.filters, self.rest = filters, rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked for. Empty means no condition; several values of one filter mean any of them."""

    q: str = ""
    was_cut: bool = False  # the text was longer than LONGEST_TEXT
    types: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()  # USPS codes
    circuits: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    county: str = ""  # "Alameda" or "Alameda, CA"
    city: str = ""
    as_of: datetime | None = None  # aware; None: the portal's clock

    @property
    def instant(self) -> datetime:
        """The instant asked about: `as_of`, or where the portal's clock stands."""
        return self.as_of or portal_now()

    @property
    def is_filtered(self) -> bool:
        return bool(self.types or self.states or self.circuits or self.statuses or self.county or self.city)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One court of the answer: its status then, and in words why the search found it."""

    court: CourtEntry
    status: CourtStatus
    why: str = ""
    is_best: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The answer: best match first for a search, else by short name.

    `counts` tells for each value of `type`, `status`, `state` and `circuit` how many courts it would show together
    with the search and the other filters.
    """

    query: Query
    at: datetime
    rows: tuple[Row, ...]
    counts: Mapping[str, Mapping[str, int]]
    total: int  # courts there are
    read_as: str | None = None  # the search as it was understood, when a misspelling was mended
    choices: tuple[Choice, ...] = ()  # a place name that many states have: which one?
    elsewhere: Elsewhere | None = None  # a court that is none of ours, and where it is found


def read_query(params: QueryDict, *, known: frozenset[str] = FILTERS, also: frozenset[str] = frozenset()) -> Query:
    """The query that an address asks for. Raises BadSelection with every filter that can't be used.

    `known` are the filters that count here; `also` names what else the address may carry. Any other name is refused:
    a filter with a slip in its name would show every court. What mailings add to links (`utm_…`) passes.
    """
    bad = [_unknown(name, known | also) for name in params if name not in known | also and not _of_mailing(name)]
    text = params.get("q", "").replace("\0", " ").strip()
    query = Query(
        q=text[:LONGEST_TEXT].strip(),
        was_cut=len(text) > LONGEST_TEXT,
        types=_among(params, "type", CourtType.values, bad, _lower),
        states=_among(params, "state", STATES, bad, str.upper),
        circuits=_among(params, "circuit", CIRCUITS, bad, _circuit),
        statuses=_among(params, "status", STATUSES, bad, _lower),
        county=_name(params.get("county", "")),
        city=_name(params.get("city", "")),
    )
    if as_of := params.get("as_of", ""):
        try:
            query = replace(query, as_of=read_instant(as_of))
        except BadInstant as error:
            bad.append(BadFilter("as_of", as_of[:60], error.sentence))
    if bad:
        raise BadSelection(bad, query)
    return query


def select(query: Query, *, directory: Directory) -> Selection:
    """The courts that `query` asks for, ranked, with the counts for every filter."""
    at = query.instant
    found = directory.index.find(query.q) if query.q else None
    if found is None:
        rows = [Row(court=court, status=court.status(at)) for court in directory.courts]
    else:
        rows = [
            Row(court=court, status=court.status(at), why=match.why, is_best=place == 0)
            for place, match in enumerate(found.matches)
            if (court := directory.by_id.get(match.court_id))
        ]
    tests = _tests(query)
    return Selection(
        query=query,
        at=at,
        rows=tuple(row for row in rows if all(test(row) for test in tests.values())),
        counts={name: _count(rows, name, tests) for name in ("type", "status", "state", "circuit")},
        total=len(directory.courts),
        read_as=found.read_as if found else None,
        choices=tuple(found.choices) if found else (),
        elsewhere=found.elsewhere if found else None,
    )


type Test = Callable[[Row], bool]


def _tests(query: Query) -> dict[str, Test]:
    tests: dict[str, Test] = {}
    if query.types:
        tests["type"] = lambda row: row.court.court_type in query.types
    if query.states:
        tests["state"] = lambda row: row.court.state in query.states
    if query.circuits:
        tests["circuit"] = lambda row: row.court.circuit in query.circuits
    if query.statuses:
        tests["status"] = lambda row: not query.statuses.isdisjoint(_statuses_of(row))
    if query.county:
        name, _comma, state = (part.strip() for part in query.county.partition(","))
        names = {_fold(name), _fold(name).removesuffix(" county").removesuffix(" parish")}
        tests["county"] = lambda row: any(
            _fold(county) in names and (not state or code == state.upper()) for code, county in row.court.counties
        )
    if query.city:
        city = _fold(query.city)
        tests["city"] = lambda row: (
            _fold(row.court.city) == city or any(_fold(office.city) == city for office in row.court.offices)
        )
    return tests


@lru_cache(maxsize=8192)  # more than there are names of counties and cities
def _fold(name: str) -> str:
    """A place's name without regard to case and accents: Doña Ana is found as Dona Ana."""
    return "".join(sign for sign in normalize("NFKD", name.casefold()) if not combining(sign))


def _statuses_of(row: Row) -> set[str]:
    if row.status != CourtStatus.LIVE:
        return {row.status}
    unknown = row.court.go_live_basis == GoLiveBasis.LIVE_DAY_UNKNOWN
    return {CourtStatus.LIVE, LIVE_DAY_UNKNOWN if unknown else LIVE_DATED}


def _count(rows: list[Row], name: str, tests: Mapping[str, Test]) -> dict[str, int]:
    others = [test for other, test in tests.items() if other != name]
    values: Mapping[str, Callable[[Row], set[str]]] = {
        "type": lambda row: {row.court.court_type},
        "status": _statuses_of,
        "state": lambda row: {row.court.state},
        "circuit": lambda row: {row.court.circuit},
    }
    return Counter(value for row in rows if all(test(row) for test in others) for value in values[name](row) if value)


def _unknown(name: str, known: frozenset[str]) -> BadFilter:
    words = {"name": name[:40], "known": ", ".join(sorted(known))}
    return BadFilter(name[:40], "", _("There is no filter “%(name)s”. Use one of: %(known)s.") % words)


def _of_mailing(name: str) -> bool:
    return name.startswith("utm_") or name in {"fbclid", "gclid"}


def _among(
    params: QueryDict, name: str, allowed: object, bad: list[BadFilter], tidy: Callable[[str], str]
) -> frozenset[str]:
    known = list(allowed)  # type: ignore[call-overload]
    values = {tidy(part) for given in params.getlist(name) if given for part in given.split(",")}
    for value in sorted(values - set(known)):
        shown = value[:40]
        listed = ", ".join(known) if len(known) < 20 else _("two-letter codes such as CA")
        bad.append(
            BadFilter(
                name,
                shown,
                _("There is no %(name)s “%(value)s”. Use one of: %(known)s.")
                % {"name": name, "value": shown, "known": listed},
            )
        )
    return frozenset(values & set(known))


def _lower(value: str) -> str:
    return value.strip().lower()


def _circuit(value: str) -> str:
    tidy = value.strip().lower().lstrip("0")
    for ending in ("st", "nd", "rd", "th", "d"):
        if tidy.endswith(ending) and tidy[: -len(ending)].isdigit():
            return tidy[: -len(ending)]
    return {"d.c.": "dc", "federal": "fed"}.get(tidy, tidy)


def _name(value: str) -> str:
    return " ".join(value.replace("\0", " ").split())[:80]
