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

FORMAT = b"places2\n"
_TERRITORIES = frozenset({"GU", "VI", "MP", "DC", "PR"})
_CODES = 100_000
LARGER = 3  # ordinary ZIP codes


@dataclass(frozen=True, slots=True)
class City:
    """A city: its counties (indexes into `Places.counties`, main one first) and its ordinary ZIP codes."""

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
        if place := self.codes[int(code)]:
            return place - 1
        start = int(code[:3]) * 100
        near = Counter(place for place in self.codes[start : start + 100] if place)
        return min(near, key=lambda place: (-near[place], place)) - 1 if near else None

    def has_code(self, code: str) -> bool:
        """Whether this ZIP code of five digits is in use."""
        return bool(self.codes and self.codes[int(code)])


def is_current(payload: bytes) -> bool:
    """Whether `Places.from_bytes` can read this payload; otherwise it has to be prepared anew."""
    return payload.startswith(FORMAT)


def prepare_places(counties: Iterable[tuple[str, str]]) -> bytes:
    """The payload for these counties, (state, county) each; the same for the same input."""
    known: dict[tuple[str, str], str] = {}
    for state, name in sorted(set(counties)):
        known.setdefault((state, county_key(name)), name)
    numbers = {place: number for number, place in enumerate(known)}
    rows = [row for row in zipcodes.list_all() if row["state"] in STATES]  # type: ignore[no-untyped-call]
    codes = array("H", bytes(2 * _CODES))
    cities: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    sizes: Counter[tuple[str, str]] = Counter()
    for row, place in zip(rows, _locate(rows, numbers), strict=True):
        if place is None:
            continue
        codes[int(row["zip_code"])] = place + 1
        for name in (row["city"], *row["acceptable_cities"]):
            cities[name, row["state"]][place] += 1
        sizes[row["city"], row["state"]] += row["zip_code_type"] == "STANDARD"
    written: dict[str, list[str]] = defaultdict(list)
    for (name, state), found in sorted(cities.items()):
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
    """The county of each row; where it is missing or misspelt, that of the nearest row of the state that has one."""
    named = [numbers.get((row["state"], county_key(row["county"]))) for row in rows]
    by_state: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for row, place in zip(rows, named, strict=True):
        if place is not None and row["lat"] and row["long"]:
            by_state[row["state"]].append((float(row["lat"]), float(row["long"]), place))
    only = {state: next(iter(own)) for state, own in _by_state(numbers).items() if len(own) == 1}
    return [
        place if place is not None else _nearest(row, by_state[row["state"]], only.get(row["state"]))
        for row, place in zip(rows, named, strict=True)
    ]


def _by_state(numbers: Mapping[tuple[str, str], int]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for (state, _county), number in numbers.items():
        found[state].add(number)
    # A territory whose towns carry no county: any of its counties leads to its one court.
    return {state: {min(own)} if state in _TERRITORIES else own for state, own in found.items()}


def _nearest(row: Mapping[str, Any], located: list[tuple[float, float, int]], only: int | None) -> int | None:
    if not located or not row["lat"] or not row["long"]:
        return only
    lat, long = float(row["lat"]), float(row["long"])
    return min(located, key=lambda other: (hypot(other[0] - lat, other[1] - long), other[2]))[2]
