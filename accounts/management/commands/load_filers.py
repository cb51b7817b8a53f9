"""`manage.py load_filers`: the roster of a court's filer accounts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import RosterKind
from accounts.rosters.columns import FILER_COLUMNS
from accounts.rosters.console import RosterRun, add_switches
from courts.models import Court


class Command(BaseCommand):
    help = (
        "Load a court's filer accounts from a CSV or XLSX file. Says what would change; with --apply, changes it. "
        f"Columns: {','.join(column.name for column in FILER_COLUMNS)}. Columns that the file lacks are left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("court", metavar="COURT", help="court ID, such as canb")
        add_switches(parser)

    def handle(self, *, court: str, **options: Any) -> None:
        found = Court.objects.select_related("hosted_by").filter(pk=court.lower()).first()
        if found is None:
            raise CommandError(f"There is no court {court!r}. Load the courts first: manage.py load_courts.")
        RosterRun(self, kind=RosterKind.FILERS, court=found.host, options=options).run()
