from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courts.load import load_reference
from courts.reference import COURT_COLUMNS, DATA, BadReferenceData, Fault, Table, read_table
from events.record import system

MOST_KEPT_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Load the courts, their offices and counties from CSV files; without files, the ones that come with the portal."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--overwrite", action="store_true", help="replace also what a court's staff have set themselves"
        )

    def handle(self, *, files: list[Path], overwrite: bool, **_options: Any) -> None:
        try:
            tables = _read(files or sorted(DATA.glob("*.csv")))
            tally = load_reference(tables, actor=system("load_courts"), overwrite=overwrite)
        except BadReferenceData as bad:
            for fault in bad.faults:
                self.stderr.write(str(fault))
            count = len(bad.faults)
            raise CommandError(f"{count} {'fault' if count == 1 else 'faults'}; nothing was changed.") from None
        for word, counted in (
            ("added", tally.added),
            ("changed", tally.changed),
            ("unchanged", tally.unchanged),
            ("removed", tally.removed),
        ):
            self.stdout.write(f"{word}: {_listed(counted)}")
        self.stdout.write(f"kept: {len(tally.kept)}")
        for court_id, name in tally.kept[:MOST_KEPT_SHOWN]:
            self.stdout.write(f"  {court_id}: {name} is kept as the court set it")
        if len(tally.kept) > MOST_KEPT_SHOWN:
            self.stdout.write(f"  and {len(tally.kept) - MOST_KEPT_SHOWN} more")


def _read(files: list[Path]) -> list[Table]:
    """All files, courts first. Raises BadReferenceData with the faults of every file."""
    tables: list[Table] = []
    faults: list[Fault] = []
    for path in files:
        try:
            tables.append(read_table(path))
        except BadReferenceData as bad:
            faults += bad.faults
    if faults:
        raise BadReferenceData(faults)
    return sorted(tables, key=lambda table: table.columns != COURT_COLUMNS)


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in sorted(counted.items())) or "0"
