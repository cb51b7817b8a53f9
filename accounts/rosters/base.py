"""What the rosters have in common: staged rows are matched, compared and counted by the database."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from accounts.models.roster import RosterKind, RosterLoad, StagedRow
from accounts.rosters import sql
from accounts.rosters.columns import Column
from accounts.rosters.faults import MOST_FAULTS, Fault
from accounts.rosters.rows import ValueRow
from events.kinds import EventType
from events.models import Event
from events.record import Actor

SHOWN = 20  # rows of each kind that a report names


type ChangeEvent = tuple[EventType, tuple[str, object], dict[str, Any]]  # type, subject, facts


@dataclass(frozen=True, slots=True)
class Lines:
    """A stretch of a file, both ends included: what one transaction works on."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One row in a report. `line` is None for an account that the file does not have."""

    line: int | None
    name: str
    fields: tuple[str, ...] = ()


@dataclass(slots=True)
class Comparison:
    """What a load would do. `closing` of `open_before` accounts would be closed, `missing` of them by absence."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    held: int = 0  # rows of which something is not written: reported instead
    missing: int = 0
    closing: int = 0
    open_before: int = 0
    fields: dict[str, int] = field(default_factory=dict)

    def as_facts(self) -> dict[str, Any]:
        return asdict(self)


class Roster(ABC):
    """One kind of roster: its columns, and its statements. `s` is a staged row, `t` the account that it is."""

    kind: ClassVar[RosterKind]
    columns: ClassVar[Sequence[Column]]
    staged: ClassVar[type[StagedRow]]
    name_field: ClassVar[str]  # of the staged row: what a person knows the account by
    others: ClassVar[str]  # FROM item(s) for t
    diffs: ClassVar[Mapping[str, str]]  # column name: condition under which the row changes it
    held_back: ClassVar[str]  # condition: something of this row is not written
    closes: ClassVar[str]  # condition: this row closes an account that is open

    def __init__(self, load: RosterLoad) -> None:
        self.load = load
        self.params: dict[str, Any] = {"load": load.pk, "court": load.court_id}
        self.parts = {
            "staged": self.staged._meta.db_table,
            "others": self.others,
            "name": self.name_field,
            "any_diff": " OR ".join(self.diffs.values()),
        }

    # -- what each kind says for itself

    @abstractmethod
    def staged_row(self, row: ValueRow) -> StagedRow: ...

    @abstractmethod
    def match(self, lines: Lines) -> None:
        """Set `target` of these rows."""

    @abstractmethod
    def hold(self, lines: Lines) -> None:
        """Set `held` of these rows."""

    @abstractmethod
    def collisions(self) -> list[Fault]:
        """Rows that can't all be meant, each naming the row or account that it collides with."""

    @abstractmethod
    def lock(self, lines: Lines) -> None:
        """Keep rivals from the accounts of these rows until the transaction ends."""

    @abstractmethod
    def make_room(self, *, now: datetime) -> None:
        """Carry out changes of login among the rows, so that no order of writing makes two of one."""

    @abstractmethod
    def write(self, lines: Lines, *, now: datetime) -> None:
        """Insert the new and update the changed accounts of these rows."""

    @abstractmethod
    def open_accounts(self) -> int: ...

    @abstractmethod
    def missing(self, *, limit: int) -> list[tuple[int, str]]:
        """Open accounts that no row is: (id, name)."""

    @abstractmethod
    def count_missing(self) -> int: ...

    @abstractmethod
    def close(self, ids: Sequence[int], *, now: datetime) -> None: ...

    @abstractmethod
    def change_events(self, lines: Lines, *, moves: bool) -> list[ChangeEvent]:
        """What deserves a line in the record for itself, asked before the write: changes of login, or the others."""

    @abstractmethod
    def closing_event(self) -> tuple[EventType, str, dict[str, Any]]: ...

    # -- what they share

    def span(self, lines: Lines) -> dict[str, Any]:
        return {**self.params, "first": lines.first, "last": lines.last}

    def last_line(self) -> int:
        found = sql.rows("SELECT MAX(line) FROM {staged} WHERE load_id = %(load)s", self.params, **self.parts)
        return int(found[0][0] or 0)

    def set_targets(self, lines: Lines, match: str) -> None:
        """Write what `match` (SQL for an account's id or NULL) finds for these rows, where it isn't there already."""
        sql.run(
            "UPDATE {staged} AS s SET target = {match} WHERE s.load_id = %(load)s"
            " AND s.line BETWEEN %(first)s AND %(last)s AND COALESCE(s.target, 0) <> COALESCE({match}, 0)",
            self.span(lines),
            match=match.format(**self.parts),
            **self.parts,
        )

    def compare(self, lines: Lines) -> None:
        """Match these rows with the accounts and say of each whether it is new, changed or the same."""
        self.match(lines)
        self.hold(lines)
        change = (
            "CASE WHEN s.target IS NULL THEN 'new' WHEN EXISTS"
            " (SELECT 1 FROM {others} WHERE t.id = s.target AND ({any_diff})) THEN 'changed' ELSE 'same' END"
        )
        sql.run(
            "UPDATE {staged} AS s SET change = {change} WHERE s.load_id = %(load)s"
            " AND s.line BETWEEN %(first)s AND %(last)s AND s.change <> {change}",
            self.span(lines),
            change=change.format(**self.parts),
            **self.parts,
        )

    def count(self) -> Comparison:
        """The figures of the comparison; the rows must have been compared."""
        found = Comparison()
        for change, number in sql.rows(
            "SELECT change, COUNT(*) FROM {staged} WHERE load_id = %(load)s GROUP BY change", self.params, **self.parts
        ):
            setattr(found, change, int(number))
            found.rows += int(number)
        counted = ", ".join(
            f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)"
            for condition in [*self.diffs.values(), self.held_back, self.closes]
        )
        sums = sql.rows(
            "SELECT {counted} FROM {staged} s, {others} WHERE s.load_id = %(load)s AND t.id = s.target",
            self.params,
            counted=counted,
            **self.parts,
        )[0]
        numbers = [int(number or 0) for number in sums]
        found.fields = {name: number for name, number in zip(self.diffs, numbers, strict=False) if number}
        found.held, found.closing = numbers[-2], numbers[-1]
        found.open_before = self.open_accounts()
        if self.load.close_missing:
            found.missing = self.count_missing()
            found.closing += found.missing
        return found

    def named_rows(self, change: str, *, limit: int = SHOWN) -> list[NamedRow]:
        """The first rows of a kind, in the order of the file; changed ones with the columns that change."""
        if change == "changed":
            flags = ", ".join(f"CASE WHEN {condition} THEN 1 ELSE 0 END" for condition in self.diffs.values())
            found = sql.rows(
                "SELECT s.line, s.{name}, {flags} FROM {staged} s, {others} WHERE s.load_id = %(load)s"
                " AND s.change = 'changed' AND t.id = s.target ORDER BY s.line LIMIT %(limit)s",
                {**self.params, "limit": limit},
                flags=flags,
                **self.parts,
            )
            return [
                NamedRow(line, name, tuple(n for n, differs in zip(self.diffs, flag, strict=True) if differs))
                for line, name, *flag in found
            ]
        found = sql.rows(
            "SELECT line, {name} FROM {staged} WHERE load_id = %(load)s AND change = %(change)s"
            " ORDER BY line LIMIT %(limit)s",
            {**self.params, "change": change, "limit": limit},
            **self.parts,
        )
        return [NamedRow(line, name) for line, name in found]

    def held_rows(self, *, limit: int = SHOWN) -> list[NamedRow]:
        """The first rows of which something is not written."""
        found = sql.rows(
            "SELECT s.line, s.{name} FROM {staged} s, {others} WHERE s.load_id = %(load)s AND t.id = s.target"
            " AND {held_back} ORDER BY s.line LIMIT %(limit)s",
            {**self.params, "limit": limit},
            held_back=self.held_back,
            **self.parts,
        )
        return [NamedRow(line, name) for line, name in found]

    def column_number(self, name: str) -> int:
        """Where a column stands in the file, from 1."""
        return self.load.header.index(name) + 1 if name in self.load.header else 1

    def doubles(self, staged_field: str) -> list[tuple[int, int, str]]:
        """(line, earlier line, name) of rows that repeat a value which an earlier row has."""
        return sql.rows(
            "SELECT s.line, d.first, s.{name} FROM {staged} s JOIN (SELECT {field} AS value, MIN(line) AS first"
            " FROM {staged} WHERE load_id = %(load)s AND {field} IS NOT NULL GROUP BY {field} HAVING COUNT(*) > 1) d"
            " ON d.value = s.{field} WHERE s.load_id = %(load)s AND s.line > d.first ORDER BY s.line LIMIT %(limit)s",
            {**self.params, "limit": MOST_FAULTS},
            field=staged_field,
            **self.parts,
        )


def actor_of(load: RosterLoad) -> Actor:
    """Who has brought this file."""
    return Actor(kind=Event.ActorKind(load.actor_kind), id=load.actor_id)
