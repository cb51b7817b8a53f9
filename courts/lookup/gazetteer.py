"""Every US city and ZIP code with its county, prepared once at load into one small payload.

The payload is a compressed JSON document and, after it, one 16-bit number for each possible ZIP code. Cities stay
text until somebody asks for them: 29,000 objects would cost every process time and memory for a handful of questions.
"""

import json
import struct
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

import zipcodes

from courts.lookup.normalise import county_key, key
from courts.states import STATES

FORMAT = b"places4\n"
LARGER = 3  # ordinary ZIP codes
_CODES = 100_000
_NOWHERE = 0xFFFF  # a ZIP code that lies in no district

# Rows of `zipcodes` whose county is missing or wrong and can't be had from the other rows of their city: the post
# offices of 15439 to 97635 lie just inside a state whose neighbor the row names; the last four are boxes and single
# receivers, put into another district than the city they belong to.
MENDED: Mapping[str, str] = {
    "00721": "Rio Grande",
    "18005": "Lehigh",
    "18768": "Luzerne",
    "90140": "Los Angeles",
    "90205": "Los Angeles",
    "15439": "Fayette",
    "24619": "Tazewell",
    "25410": "Jefferson",
    "30138": "Polk",
    "58439": "Dickey",
    "69212": "Cherry",
    "97635": "Lake",
    "99950": "Ketchikan Gateway",
    "38704": "Washington",
    "53702": "Dane",
    "79942": "El Paso",
    "93592": "San Bernardino",
}
_MILITARY = frozenset({"Apo", "Dpo", "Fpo"})
# Territories whose rows name no county: the county of a town that isn't called like it.
_TOWNS: Mapping[str, str] = {"Christiansted": "St. Croix", "Frederiksted": "St. Croix", "Kingshill": "St. Croix"}
PLACED = frozenset({*STATES, "AS"})  # American Samoa has no court of its own: Hawaii's serves it
_ONE_COUNTY: Mapping[str, str] = {"DC": "District of Columbia", "GU": "Guam", "AS": "American Samoa"}


@dataclass(frozen=True, slots=True)
class City:
    """A city: its counties (indexes into `Places.counties`, main one first) and a sign of its size: its ZIP codes."""

    name: str
    state: str
    counties: tuple[int, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Places:
    """The gazetteer: counties as (state, key of the name, name), and the cities and ZIP codes that lie in them."""

    counties: Sequence[Sequence[str]]
    written: Mapping[str, str]  # key of a city: its states, as `_write` puts them
    larger: Sequence[str]  # names of the cities with several ordinary ZIP codes
    codes: Sequence[int]  # for each ZIP code the number of its county and one, or 0

    @classmethod
    def from_bytes(cls, payload: bytes) -> "Places":
        """What `prepare_places` made; nothing at all of an empty payload or one of another format."""
        if not is_current(payload):
            return cls((), {}, (), ())
        held = zlib.decompress(payload[len(FORMAT) :])
        (length,) = struct.unpack_from("<I", held)
        document = json.loads(held[4 : 4 + length])
        codes = array("H", held[4 + length :])
        if sys.byteorder == "big":
            codes.byteswap()
        return cls(document["counties"], document["cities"], document["larger"], codes)

    def cities(self, found: str) -> list[City]:
        """The cities whose name has this key, by state."""
        written = self.written.get(found)
        return [_read(entry) for entry in written.split(";")] if written else []

    def county_of(self, code: str) -> int | None:
        """The county of a ZIP code of five digits; for one that nobody has, the main county of its first three."""
        if not self.codes:
            return None
        place = self.codes[int(code)]
        if place:
            return place - 1 if place != _NOWHERE else None
        start = int(code[:3]) * 100
        near = Counter(place for place in self.codes[start : start + 100] if place and place != _NOWHERE)
        return min(near, key=lambda place: (-near[place], place)) - 1 if near else None

    def has_code(self, code: str) -> bool:
        """Whether this ZIP code of five digits is in use."""
        return bool(self.codes and self.codes[int(code)])

    def is_abroad(self, code: str) -> bool:
        """Whether this ZIP code of five digits lies in no district: military and diplomatic post, Palau, Micronesia."""
        return bool(self.codes and self.codes[int(code)] == _NOWHERE)


def is_current(payload: bytes) -> bool:
    """Whether `Places.from_bytes` can read this payload; otherwise it has to be prepared anew."""
    return payload.startswith(FORMAT)


def prepare_places(counties: Iterable[tuple[str, str]]) -> bytes:
    """The payload for these counties, (state, county) each; the same for the same input."""
    known: dict[tuple[str, str], str] = {}
    for state, name in sorted(set(counties)):
        known.setdefault((state, county_key(name)), name)
    numbers = {place: number for number, place in enumerate(known)}
    every = zipcodes.list_all()  # type: ignore[no-untyped-call]
    rows = [row for row in every if row["state"] in PLACED and row["city"] not in _MILITARY]
    codes = array("H", bytes(2 * _CODES))
    for row in every:
        codes[int(row["zip_code"])] = _NOWHERE
    cities: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    villages: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)  # served by a post office of another name
    halves: Counter[tuple[str, str]] = Counter()  # an ordinary ZIP code counts twice what a post-office box does
    for row, place in zip(rows, _locate(rows, numbers), strict=True):
        if place is None:
            continue  # none of the real data: the courts loaded serve no county of that state
        codes[int(row["zip_code"])] = place + 1
        cities[row["city"], row["state"]][place] += 1
        for name in row["acceptable_cities"]:
            villages[name, row["state"]][place] += 1
        halves[row["city"], row["state"]] += 2 if row["zip_code_type"] == "STANDARD" else 1
    sizes = Counter({city: count // 2 for city, count in halves.items()})
    written: dict[str, list[str]] = defaultdict(list)
    for (name, state), found in sorted((villages | cities).items()):
        if city_key := key(name):
            places = [place for place, _count in sorted(found.items(), key=lambda item: (-item[1], item[0]))]
            written[city_key].append(_write(City(name, state, tuple(places), sizes[name, state])))
    document = {
        "counties": [(state, county, known[state, county]) for state, county in known],
        "cities": {city_key: ";".join(entries) for city_key, entries in sorted(written.items())},
        "larger": sorted({name for (name, _state), size in sizes.items() if size >= LARGER}),
    }
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    if sys.byteorder == "big":
        codes.byteswap()
    return FORMAT + zlib.compress(struct.pack("<I", len(text)) + text + codes.tobytes(), 9)


def _write(city: City) -> str:
    return f"{city.name}|{city.state}|{city.size}|{','.join(map(str, city.counties))}"


def _read(entry: str) -> City:
    name, state, size, counties = entry.split("|")
    return City(name, state, tuple(map(int, counties.split(","))), int(size))


def _locate(rows: list[dict[str, Any]], numbers: Mapping[tuple[str, str], int]) -> list[int | None]:
    """The county of each row: as it says; where it says none of its state, the one of its city's other rows, else of
    the nearest row.
    """
    named = [numbers.get((row["state"], county_key(_county_said(row)))) for row in rows]
    by_city: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    by_state: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for row, place in zip(rows, named, strict=True):
        if place is not None:
            by_city[row["city"], row["state"]][place] += 1
            if _has_position(row):
                by_state[row["state"]].append((float(row["lat"]), float(row["long"]), place))
    found: list[int | None] = []
    for row, place in zip(rows, named, strict=True):
        own = by_city.get((row["city"], row["state"]))
        if place is not None:
            found.append(place)
        elif own:
            found.append(min(own, key=lambda known: (-own[known], known)))
        else:
            found.append(_nearest(row, by_state[row["state"]]))
    return found


def _county_said(row: Mapping[str, Any]) -> str:
    if found := MENDED.get(row["zip_code"]) or row["county"] or _ONE_COUNTY.get(row["state"]):
        return str(found)
    return _TOWNS.get(row["city"], row["city"])  # of an island; of a city without a county none is called like it


def _has_position(row: Mapping[str, Any]) -> bool:
    return bool(float(row["lat"] or 0) and float(row["long"] or 0))


def _nearest(row: Mapping[str, Any], located: list[tuple[float, float, int]]) -> int | None:
    if not located or not _has_position(row):
        return None
    lat, long = float(row["lat"]), float(row["long"])
    return min(located, key=lambda other: (hypot(other[0] - lat, other[1] - long), other[2]))[2]
