"""The lists of everyday queries: how they are read, and whether an answer is the expected one."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.facts import read_courts, read_places
from courts.lookup import CourtIndex, Found

FOLDER = Path(__file__).parent
NOTHING, ELSEWHERE = "nothing", "elsewhere"
SHOWN = 5  # the courts beside the first are expected among so many


@dataclass(frozen=True, slots=True)
class Asked:
    """One query of a list: `first` are the ids of which one comes first, `beside` those among the first five."""

    category: str
    query: str
    first: frozenset[str]
    beside: frozenset[str]
    why: str

    def is_met_by(self, found: Found) -> bool:
        """Whether the right court comes first: what the shares count."""
        if self.first == {NOTHING}:
            return not found.matches
        if self.first == {ELSEWHERE}:
            return found.elsewhere is not None
        return bool(found.matches) and found.matches[0].court_id in self.first

    def is_wholly_met_by(self, found: Found) -> bool:
        """Also the courts that belong beside it."""
        return self.is_met_by(found) and self.beside <= {match.court_id for match in found.matches[:SHOWN]}


@cache
def read_list(name: str) -> tuple[Asked, ...]:
    """Every query of `tests/courts/lookup/<name>.txt`."""
    category, asked = "", []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            category = line.strip("[]")
        elif line and not line.startswith("#"):
            query, expected, why = line.split(" | ")
            first, *beside = expected.split()
            asked.append(Asked(category, query, frozenset(first.split("/")), frozenset(beside), why))
    return tuple(asked)


@cache
def everyday_index() -> CourtIndex:
    """The index of the real courts and places."""
    return CourtIndex.build(read_courts(), read_places()[0])
