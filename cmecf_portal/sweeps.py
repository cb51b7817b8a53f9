"""What the worker does, and how often. All work lies in rows of ours, so a sweep that dies is simply done again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.client import forget_old_devices
from accounts.delivery import deliver_due
from accounts.limits import forget_old_counts
from accounts.mailed_codes import forget_old_codes
from accounts.models import Session
from accounts.recovery import answer_recovery_requests, forget_old_requests
from accounts.rosters.loads import discard_abandoned
from events.retention import forget_old_addresses
from events.sequencer import assign_positions
from linking.credentials import forget_old_pending
from linking.idempotency import forget_old_answers
from linking.resets import answer_reset_requests, forget_old_resets


@dataclass(frozen=True, slots=True)
class Sweep:
    """One kind of work: `run` gets the time (aware) and gives the number of things done; every `every` seconds."""

    name: str
    every: float
    run: Callable[[datetime], int]


def _end_old_sessions(now: datetime) -> int:
    deleted, _ = Session.objects.filter(expire_date__lt=now).delete()
    return deleted


SWEEPS = [
    Sweep("mails", 1, lambda now: deliver_due(now=now)),
    Sweep("recoveries", 1, lambda now: answer_recovery_requests(now=now)),
    Sweep("filer_resets", 1, lambda now: answer_reset_requests(now=now)),
    Sweep("pending_links", 3600, lambda now: forget_old_pending(now=now)),
    Sweep("old_resets", 3600, lambda now: forget_old_resets(now=now)),
    Sweep("positions", 2, lambda now: assign_positions()),
    Sweep("sessions", 600, _end_old_sessions),
    Sweep("old_recoveries", 3600, lambda now: forget_old_requests(now=now)),
    Sweep("mailed_codes", 3600, lambda now: forget_old_codes(now=now)),
    Sweep("devices", 24 * 3600, lambda now: forget_old_devices(now=now)),
    Sweep("limits", 3600, lambda now: forget_old_counts(now=now)),
    Sweep("rosters", 3600, lambda now: discard_abandoned(now=now)),
    Sweep("answers", 600, lambda now: forget_old_answers(now=now)),
    Sweep("addresses", 3600, lambda now: forget_old_addresses(now=now)),
]


def sweep_once() -> dict[str, int]:
    """Every sweep, once; what each did."""
    return {sweep.name: sweep.run(timezone.now()) for sweep in SWEEPS}
