"""Writing to the record, in the transaction of the change itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from events.context import current_request
from events.kinds import EventType
from events.models import Event, EventAddress

type Listener = Callable[[Event], None]

_listeners: dict[EventType, list[Listener]] = {}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: a person (user id), a clerk (user id), a partner (client id) or the system (a command)."""

    kind: Event.ActorKind
    id: str


def person(user_id: int) -> Actor:
    return Actor(Event.ActorKind.PERSON, str(user_id))


def clerk(user_id: int) -> Actor:
    return Actor(Event.ActorKind.CLERK, str(user_id))


def system(name: str) -> Actor:
    """A command, task or migration that acts without a person, by its name."""
    return Actor(Event.ActorKind.SYSTEM, name)


def listen(event_type: EventType, listener: Listener) -> None:
    """Call `listener` with each event of this type, inside the transaction that writes it.

    To be called in `AppConfig.ready()`. A listener that raises undoes the change.
    """
    _listeners.setdefault(event_type, []).append(listener)


def record(
    event_type: EventType,
    *,
    actor: Actor,
    court_id: str = "",
    subject: tuple[str, object] = ("", ""),
    facts: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> Event:
    """Write one line into the record. `subject` is (kind, id), such as ("link", link.pk).

    Must run in the transaction of the change; raises TransactionManagementError outside one, because then the
    change could be kept without its line, or the line without its change.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record() runs in the transaction of the change it records.")
    now = at or timezone.now()
    request = current_request.get()
    event = Event.objects.create(
        type=event_type,
        at=now,
        court_id=court_id,
        object_kind=subject[0],
        object_id=str(subject[1]),
        actor_kind=actor.kind,
        actor_id=actor.id,
        request_id=request.request_id if request else "",
        facts=dict(facts or {}),
    )
    if request and request.address:
        EventAddress.objects.create(event=event, address=request.address, user_agent=request.user_agent[:200], at=now)
    for listener in _listeners.get(event_type, ()):
        listener(event)
    return event


def record_many(
    lines: Iterable[tuple[EventType, tuple[str, object], Mapping[str, Any]]],
    *,
    actor: Actor,
    court_id: str = "",
    at: datetime | None = None,
) -> int:
    """`record` in bulk, for loads: (type, subject, facts) each, all at one court by one actor; how many."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record_many() runs in the transaction of the changes it records.")
    now = at or timezone.now()
    request = current_request.get()
    events = Event.objects.bulk_create(
        [
            Event(
                type=event_type,
                at=now,
                court_id=court_id,
                object_kind=kind,
                object_id=str(pk),
                actor_kind=actor.kind,
                actor_id=actor.id,
                request_id=request.request_id if request else "",
                facts=dict(facts),
            )
            for event_type, (kind, pk), facts in lines
        ],
        batch_size=1000,
    )
    for event in events:
        for listener in _listeners.get(EventType(event.type), ()):
            listener(event)
    return len(events)
