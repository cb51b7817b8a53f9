"""What happened to a row, from the record, as staff may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from events.models import Event

SHOWN = 100  # newest


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a history: when, what, by whom, and the reason where staff gave one."""

    at: datetime
    sentence: str
    who: str
    reason: str


def history_of(subjects: Iterable[tuple[str, object]], *, court_id: str | None = None) -> list[Happening]:
    """The newest events about these subjects, (kind, id) each; with `court_id` only those of that court."""
    about = Q()
    for kind, key in subjects:
        about |= Q(object_kind=kind, object_id=str(key))
    events = Event.objects.filter(about)
    if court_id is not None:
        events = events.filter(court_id=court_id)
    newest = list(events.order_by("-sequence")[:SHOWN])
    names = _names(newest)
    return [
        Happening(event.at, event.sentence, _who(event, names), str(event.facts.get("reason", ""))) for event in newest
    ]


def _names(events: list[Event]) -> dict[str, str]:
    ids = {event.actor_id for event in events if event.actor_id.isdigit()}
    return {str(pk): name or username for pk, name, username in _users(ids)}


def _users(ids: set[str]) -> Iterable[tuple[int, str, str]]:
    return User.objects.filter(pk__in=ids).values_list("pk", "display_name", "username")


def _who(event: Event, names: dict[str, str]) -> str:
    if event.actor_kind == Event.ActorKind.SYSTEM:
        return _("Portal")
    if event.actor_kind == Event.ActorKind.CLERK:
        return names.get(event.actor_id, _("Staff"))
    return _("The account holder")
