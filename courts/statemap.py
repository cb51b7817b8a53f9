"""The tile map of the states: where each tile stands, and one block in it for each of the state's courts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courts.kinds import CourtStatus, GoLiveBasis


class Standing(StrEnum):
    """Where a court stands, in the order in which blocks are drawn: its status, and whether the day is on record."""

    LIVE = "live"
    SCHEDULED = "scheduled"
    DARK = "dark"
    DAY_UNKNOWN = "live_day_unknown"
    NOT_ANNOUNCED = "not_announced"

    @property
    def words(self) -> str:
        """`Live`, `Down for the move`: the word of the status tag."""
        return str(_WORDS[self])

    @classmethod
    def of(cls, *, status: str, basis: str) -> "Standing":
        if status == CourtStatus.LIVE and basis == GoLiveBasis.LIVE_DAY_UNKNOWN:
            return cls.DAY_UNKNOWN
        return cls(status)


_WORDS: Mapping[Standing, Promise] = {
    Standing.LIVE: gettext_lazy("Live"),
    Standing.SCHEDULED: gettext_lazy("Scheduled"),
    Standing.DARK: gettext_lazy("Down for the move"),
    Standing.DAY_UNKNOWN: gettext_lazy("Live, day unknown"),
    Standing.NOT_ANNOUNCED: gettext_lazy("Not announced"),
}

# (row, column) of each tile.
POSITIONS: Mapping[str, tuple[int, int]] = {
    code: (row, column)
    for row, line in enumerate(
        [
            "AK -- -- -- -- -- -- -- -- -- ME",
            "-- -- -- -- -- WI -- -- -- VT NH",
            "WA ID MT ND MN IL MI -- NY MA --",
            "OR NV WY SD IA IN OH PA NJ CT RI",
            "CA UT CO NE MO KY WV VA MD DE --",
            "-- AZ NM KS AR TN NC SC DC -- --",
            "MP -- -- OK LA MS AL GA -- -- --",
            "GU HI -- TX -- -- -- -- FL PR VI",
        ],
        start=1,
    )
    for column, code in enumerate(line.split(), start=1)
    if code != "--"
}

BAR_WIDTH = 48  # units of the bar's view box
GAP = 1


@dataclass(frozen=True, slots=True)
class Block:
    """One court in a tile's bar: how it stands, and where it is drawn."""

    standing: Standing
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One state or territory, or one court beside the map."""

    code: str
    name: str
    row: int
    column: int
    blocks: tuple[Block, ...]
    words: str  # "8 courts, 3 live, 3 scheduled, 2 live, day unknown"
    has_match: bool
    counts: tuple[int, ...]  # in the order of `Standing`


def blocks(standings: Iterable[Standing]) -> tuple[Block, ...]:
    """The bar for these courts: blocks of one width, in the order of `Standing`."""
    ordered = sorted(standings, key=list(Standing).index)
    width = (BAR_WIDTH - GAP * (len(ordered) - 1)) / max(len(ordered), 1)
    return tuple(
        Block(standing=standing, x=f"{index * (width + GAP):.2f}", width=f"{width:.2f}")
        for index, standing in enumerate(ordered)
    )


def counts_words(counts: Mapping[Standing, int]) -> str:
    """`8 courts, 3 live, 3 scheduled, 2 live, day unknown`."""
    total = sum(counts.values())
    parts = [ngettext("%(n)d court", "%(n)d courts", total) % {"n": total}]
    for standing in Standing:
        if counts.get(standing):
            words = standing.words
            parts.append(f"{counts[standing]} {words[0].lower()}{words[1:]}")
    return ", ".join(parts)


def state_tiles(
    *, standings: Mapping[str, list[Standing]], names: Mapping[str, str], matched: frozenset[str]
) -> list[Tile]:
    """The tiles of the map, row by row as they are seen; `standings` has the courts of each state code.

    A code in `matched` is ringed: it holds a match for the present search.
    """
    tiles = []
    for code, (row, column) in POSITIONS.items():
        counted = Counter(standings.get(code, []))
        tiles.append(
            Tile(
                code=code,
                name=names.get(code, code),
                row=row,
                column=column,
                blocks=blocks(standings.get(code, [])),
                words=counts_words(counted) + (", " + _("has a match") if code in matched else ""),
                has_match=code in matched,
                counts=tuple(counted[standing] for standing in Standing),
            )
        )
    return tiles
