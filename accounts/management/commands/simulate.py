"""`manage.py simulate`: attorneys in bulk, for load tests and rehearsals."""

import re
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.progress import track

from accounts.simulation import BATCH, NumbersExhausted, Simulated, simulate
from courts.models import Court

MOST = 1_000_000


class Command(BaseCommand):
    help = "Make N upgraded PACER accounts with an unlinked filer account each. Repeating it makes what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--attorneys", type=int, required=True, metavar="N", help="how many, from number 0 on")
        parser.add_argument("--court", required=True, metavar="ID", help="the court of the filer accounts: canb")
        parser.add_argument("--prefix", required=True, metavar="P", help="usernames and logins are P000000, P000001, …")

    def handle(self, *, attorneys: int, court: str, prefix: str, **_options: Any) -> None:
        if not settings.PORTAL_DEMO:
            raise CommandError("Made-up attorneys are for demo installations: set PORTAL_DEMO=on.")
        if not 0 < attorneys <= MOST:
            raise CommandError(f"--attorneys: give a number from 1 to {MOST:,}.")
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", prefix):
            raise CommandError("--prefix: up to 40 letters, digits, dots, hyphens and underscores.")
        found = Court.objects.select_related("hosted_by").filter(pk=court.lower()).first()
        if found is None:
            raise CommandError(f"--court: there is no court {court!r}. Load the courts first: manage.py load_courts.")
        self._run(attorneys=attorneys, court=found.host, prefix=prefix)

    def _run(self, *, attorneys: int, court: Court, prefix: str) -> None:
        made = Simulated()
        steps = simulate(attorneys=attorneys, court=court, prefix=prefix)
        batches = -(-attorneys // BATCH)
        try:
            for step in track(steps, total=batches, description="Attorneys", disable=not sys.stderr.isatty()):
                made = step
        except NumbersExhausted:
            raise CommandError("No 7-digit account numbers are left for simulated attorneys.") from None
        self.stdout.write(
            f"{made.accounts:,} PACER accounts and {made.filers:,} filer accounts at {court.pk} made; "
            f"{attorneys - made.accounts:,} accounts existed."
        )
