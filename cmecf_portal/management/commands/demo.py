"""`manage.py demo`: the accounts with which a newcomer tries everything."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.simulation import PORTAL_PASSWORD
from cmecf_portal.demo_accounts import CourtsMissing, make_demo_accounts


class Command(BaseCommand):
    help = "Make the demo accounts. Never changes one that exists; --reset does, and ends its links."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="bring accounts that exist back to how they began")

    def handle(self, *, reset: bool, **_options: Any) -> None:
        if not settings.PORTAL_DEMO:
            raise CommandError("Demo accounts have published passwords: set PORTAL_DEMO=on to have them.")
        try:
            done = make_demo_accounts(reset=reset)
        except CourtsMissing as missing:
            courts = ", ".join(sorted(missing.court_ids))
            raise CommandError(f"These courts are not loaded: {courts}. Run manage.py load_courts first.") from None
        self.stdout.write(f"Demo log-ins, password {PORTAL_PASSWORD}")
        for login, what in done:
            self.stdout.write(f"  {login.username:<14} {what:<6} {login.is_what}")
