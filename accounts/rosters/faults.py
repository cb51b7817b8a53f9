"""What stops a roster."""

from dataclasses import dataclass
from datetime import datetime

MOST_FAULTS = 500  # named one by one; a file with more is wrong as a whole


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a file: line and column count from 1."""

    line: int
    column: int
    sentence: str


class BadRoster(Exception):
    """Nothing was changed; `.faults` names what is wrong, in the order of the file, `.total` counts all of it."""

    def __init__(self, faults: list[Fault], *, total: int | None = None) -> None:
        super().__init__(faults)
        self.faults = sorted(faults)[:MOST_FAULTS]
        self.total = len(faults) if total is None else total


class TooManyClosed(Exception):
    """More than 2 of 100 accounts would be closed, and nobody has said that this is meant. Nothing was changed."""

    def __init__(self, *, closing: int, of: int) -> None:
        super().__init__(closing, of)
        self.closing, self.of = closing, of


class RosterBusy(Exception):
    """Another roster for the same accounts is being applied; `.until` (aware) is when to look again at the latest."""

    def __init__(self, until: datetime | None) -> None:
        super().__init__(until)
        self.until = until


class RosterGone(Exception):
    """This load was applied or discarded meanwhile."""
