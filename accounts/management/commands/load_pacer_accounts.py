"""`manage.py load_pacer_accounts`: PACER accounts with their log-ins."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.models import RosterKind
from accounts.rosters.columns import ACCOUNT_COLUMNS
from accounts.rosters.console import RosterRun, add_switches


class Command(BaseCommand):
    help = (
        "Load PACER accounts from a CSV or XLSX file. Says what would change; with --apply, changes it. "
        f"Columns: {','.join(column.name for column in ACCOUNT_COLUMNS)}. Columns that the file lacks are left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_switches(parser)

    def handle(self, **options: Any) -> None:
        RosterRun(self, kind=RosterKind.ACCOUNTS, court=None, options=options).run()
