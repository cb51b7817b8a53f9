"""What the two roster commands share: the switches, and the report."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models.roster import RosterKind, RosterLoad
from accounts.rosters.base import Comparison, NamedRow
from accounts.rosters.faults import BadRoster, RosterBusy, RosterGone, TooManyClosed
from accounts.rosters.loads import apply_load, discard, roster_of, stage
from courts.models import Court
from events.record import system


def add_switches(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV (UTF-8) or XLSX, with a header")
    parser.add_argument("--apply", action="store_true", help="change the accounts; without it only say what would be")
    parser.add_argument("--close-missing", action="store_true", help="close the accounts that the file does not have")
    parser.add_argument("--yes", action="store_true", help="close even more than 2 of 100")


class RosterRun:
    """One run of a roster command: reads, reports, and applies when asked to."""

    def __init__(self, command: BaseCommand, *, kind: RosterKind, court: Court | None, options: dict[str, Any]) -> None:
        self.out, self.err = command.stdout, command.stderr
        self.kind, self.court = kind, court
        self.name = f"load_{'filers' if kind == RosterKind.FILERS else 'pacer_accounts'}"
        self.file: Path = options["file"]
        self.apply, self.yes = bool(options["apply"]), bool(options["yes"])
        self.close_missing = bool(options["close_missing"])

    def run(self) -> None:
        """Raises CommandError, after every fault was written as file:line:column."""
        try:
            load = self._stage()
        except OSError as error:
            raise CommandError(f"{self.file}: {error.strerror}.") from None
        except BadRoster as bad:
            raise self._refusal(bad) from None
        try:
            self._report(load)
            if self.apply:
                self._apply(load)
            else:
                self.out.write("Dry run: nothing was changed. --apply does it.")
        finally:
            discard(load)

    def _stage(self) -> RosterLoad:
        with self.file.open("rb") as opened:
            return stage(
                opened,
                name=self.file.name,
                kind=self.kind,
                court=self.court,
                actor=system(self.name),
                close_missing=self.close_missing,
            )

    def _apply(self, load: RosterLoad) -> None:
        try:
            done = apply_load(load, closing_is_meant=self.yes)
        except BadRoster as bad:
            raise self._refusal(bad) from None
        except TooManyClosed as many:
            raise CommandError(
                f"{many.closing:,} of {many.of:,} accounts would be closed, more than 2 of 100. Nothing was changed; "
                "--yes does it all the same."
            ) from None
        except RosterBusy as busy:
            until = f"{busy.until:%H:%M:%S} UTC" if busy.until else "in a minute"
            raise CommandError(
                f"Another roster is being applied here. Nothing was changed; try again {until}."
            ) from None
        except RosterGone:
            raise CommandError("This roster was applied or discarded meanwhile.") from None
        self.out.write(f"Applied: {done.new:,} new, {done.changed:,} changed, {done.closing:,} closed.")

    def _refusal(self, bad: BadRoster) -> CommandError:
        for fault in bad.faults:
            self.err.write(f"{self.file}:{fault.line}:{fault.column}: {fault.sentence}")
        more = f" (the first {len(bad.faults)} are named)" if bad.total > len(bad.faults) else ""
        faults = "1 fault" if bad.total == 1 else f"{bad.total:,} faults"
        return CommandError(f"{faults}{more}; nothing was changed.")

    def _report(self, load: RosterLoad) -> None:
        found, roster = Comparison(**load.counts), roster_of(load)
        where = self.court.pk if self.court else "PACER accounts"
        fields = ", ".join(f"{name} {number:,}" for name, number in found.fields.items())
        self.out.write(
            f"{where}: {found.rows:,} rows: {found.new:,} new, {found.changed:,} changed"
            f"{f' ({fields})' if fields else ''}, {found.same:,} unchanged."
        )
        self._list("+", roster.named_rows("new"), found.new)
        self._list("~", roster.named_rows("changed"), found.changed)
        if found.held:
            what = (
                "linked: password and role are kept"
                if self.kind == RosterKind.FILERS
                else ("upgraded here: the username is kept")
            )
            self.out.write(f"{found.held:,} {what}.")
            self._list("=", roster.held_rows(), found.held)
        if found.closing:
            self.out.write(
                f"{found.closing:,} of {found.open_before:,} would be closed, {found.missing:,} of them by absence."
            )
        if found.missing:
            absent = [NamedRow(None, name) for _pk, name in roster.missing(limit=20)]
            self._list("-", absent, found.missing)

    def _list(self, sign: str, rows: list[NamedRow], total: int) -> None:
        for row in rows:
            line = f" line {row.line}" if row.line else ""
            fields = f": {', '.join(row.fields)}" if row.fields else ""
            self.out.write(f"  {sign}{line} {row.name}{fields}")
        if total > len(rows):
            self.out.write(f"  {sign} and {total - len(rows):,} more")
