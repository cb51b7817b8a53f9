"""Gives committed events their position and seal, so that readers who page by position miss nothing.

Sequence numbers are handed out before commit: on PostgreSQL a transaction can commit a lower number after a higher
one was already read. Positions are given afterwards, by one sequencer at a time, without gaps.
"""

from collections.abc import Iterator
from hashlib import sha256
from json import dumps

from django.db import transaction

from events.models import Event, EventCursor


def seal_of(event: Event, *, previous: str, position: int) -> str:
    """SHA-256 (hex) over the court's previous seal and everything in the row: a changed row breaks the chain."""
    row = [
        previous,
        position,
        event.sequence,
        event.type,
        event.at.isoformat(),
        event.court_id,
        event.object_kind,
        event.object_id,
        event.actor_kind,
        event.actor_id,
        event.request_id,
        event.facts,
    ]
    return sha256(dumps(row, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def assign_positions(*, limit: int = 500) -> int:
    """Position and seal up to `limit` committed events; the number done. Rival sequencers wait for each other."""
    if not Event.objects.filter(position=None).exists():
        return 0
    with transaction.atomic(durable=True):
        EventCursor.objects.get_or_create(pk=1)
        cursor = EventCursor.objects.select_for_update().get(pk=1)
        seals: dict[str, str] = {}
        waiting = list(Event.objects.filter(position=None).order_by("sequence")[:limit])
        for event in waiting:
            cursor.position += 1
            if event.court_id not in seals:
                seals[event.court_id] = _last_seal(event.court_id)
            seal = seal_of(event, previous=seals[event.court_id], position=cursor.position)
            Event.objects.filter(pk=event.pk).update(position=cursor.position, seal=seal)
            seals[event.court_id] = seal
        cursor.save(update_fields=["position"])
    return len(waiting)


def broken_seals() -> Iterator[Event]:
    """Every positioned event whose seal does not follow from the one before it at its court."""
    seals: dict[str, str] = {}
    for event in Event.objects.filter(position__isnull=False).order_by("position").iterator(chunk_size=2000):
        previous = seals.get(event.court_id, "")
        if event.position is None or event.seal != seal_of(event, previous=previous, position=event.position):
            yield event
        seals[event.court_id] = event.seal


def _last_seal(court_id: str) -> str:
    last = Event.objects.filter(court_id=court_id, position__isnull=False).order_by("-position")
    return last.values_list("seal", flat=True).first() or ""
