from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.models import Event
from events.sequencer import broken_seals


class Command(BaseCommand):
    help = "Check the seals of the record of events: names each line that was changed after it was written."

    def handle(self, *_args: Any, **_options: Any) -> None:
        broken = list(broken_seals())
        for event in broken:
            self.stderr.write(f"position {event.position}: {event} does not match its seal")
        if broken:
            raise CommandError(f"{len(broken)} lines do not match their seal.")
        count = Event.objects.filter(position__isnull=False).count()
        self.stdout.write(f"{count} lines, every seal holds.")
