"""Rows of cells into rows of values: the header's rules, and every fault by line and column. Knows no database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.rosters.columns import BadCell, Column, Value, read_cell
from accounts.rosters.faults import MOST_FAULTS, BadRoster, Fault
from accounts.rosters.sheets import Row

MOST_ROWS = 5_000_000


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One good row: its line in the file, and a value for every column that the file has."""

    line: int
    values: Mapping[str, Value]


@dataclass(slots=True)
class _Faults:
    named: list[Fault] = field(default_factory=list)
    total: int = 0

    def add(self, line: int, column: int, sentence: str) -> None:
        self.total += 1
        if len(self.named) < MOST_FAULTS:
            self.named.append(Fault(line, column, sentence))


def read_header(rows: Iterator[Row], columns: Sequence[Column]) -> list[Column]:
    """The file's columns in its order. Every required one must be there, none twice, none unknown. Raises BadRoster."""
    line, cells = next(rows, (1, []))
    known = {column.name: column for column in columns}
    names = [cell.strip().casefold() for cell in cells]
    while names and not names[-1]:  # a spreadsheet's empty columns at the right
        names.pop()
    faults = []
    for index, name in enumerate(names, 1):
        if name not in known:
            facts = {"name": name[:60], "known": ", ".join(known)}
            faults.append(Fault(line, index, _("there is no column “%(name)s”; known are %(known)s") % facts))
        elif name in names[: index - 1]:
            faults.append(Fault(line, index, _("the column %(name)s is there twice") % {"name": name}))
    missing = [column.name for column in columns if column.required and column.name not in names]
    faults += [Fault(line, len(names) + 1, _("the column %(name)s is missing") % {"name": name}) for name in missing]
    if faults:
        raise BadRoster(faults)
    return [known[name] for name in names]


def read_rows(rows: Iterable[Row], header: Sequence[Column]) -> Iterator[ValueRow]:
    """Stream the good rows; at the end raise BadRoster with the faults of all others, if there were any."""
    faults = _Faults()
    for count, (line, cells) in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise BadRoster([Fault(line, 1, _("more than %(most)s rows; split the file") % {"most": MOST_ROWS})])
        row = _read_row(line, cells, header, faults)
        if row is not None and not faults.total:
            yield row
    if faults.total:
        raise BadRoster(faults.named, total=faults.total)


def _read_row(line: int, cells: Sequence[str], header: Sequence[Column], faults: _Faults) -> ValueRow | None:
    if len(cells) < len(header):
        faults.add(line, len(cells) + 1, _("%(count)s cells are missing") % {"count": len(header) - len(cells)})
        return None
    if any(cell.strip() for cell in cells[len(header) :]):
        faults.add(line, len(header) + 1, _("more cells than the header has columns"))
        return None
    before = faults.total
    values: dict[str, Value] = {}
    for index, column in enumerate(header):
        try:
            values[column.name] = read_cell(column, cells[index])
        except BadCell as bad:
            faults.add(line, index + 1, str(bad))
    _check_order(line, values, header, faults)
    return ValueRow(line, values) if faults.total == before else None


def _check_order(line: int, values: Mapping[str, Value], header: Sequence[Column], faults: _Faults) -> None:
    opened, upgraded = values.get("opened_on"), values.get("upgraded_on")
    if opened and upgraded and str(upgraded) < str(opened):
        column = [column.name for column in header].index("upgraded_on") + 1
        faults.add(line, column, _("upgraded_on is before opened_on"))
