"""Go-live dates as a calendar that people subscribe to (RFC 5545; RFC 7986 for name and refresh)."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration, vUri

from courts.directory import CourtEntry
from courts.words import instant_words

REFRESH = timedelta(hours=12)  # how often a subscription should ask
_ZERO = datetime(2020, 1, 1, tzinfo=UTC)  # SEQUENCE counts seconds from here


def go_live_calendar(courts: Iterable[CourtEntry], *, name: str, path: str) -> bytes:
    """The go-live days and dark periods of these courts, in order of time; courts without dates are left out.

    A panel is left out where the circuit whose CM/ECF it uses is in the list. UIDs stay when dates move, and SEQUENCE
    grows, so that subscriptions move their entry.
    """
    chosen = list(courts)
    hosts = {court.court_id for court in chosen}
    shown = [court for court in chosen if court.hosted_by_id not in hosts]
    calendar = Calendar()
    calendar.add("prodid", "-//CM/ECF Portal//Go-live dates//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, name)
    calendar.add("source", vUri(settings.PORTAL_URL + path))
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    events = [event for court in shown for event in _events(court)]
    for _begins, event in sorted(events, key=lambda pair: (pair[0], str(pair[1]["uid"]))):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(court: CourtEntry) -> Iterable[tuple[datetime, Event]]:
    if court.go_live_at is not None:
        yield court.go_live_at, _go_live(court, court.go_live_at)
    if court.dark_from is not None and court.dark_until is not None:
        yield court.dark_from, _dark(court, court.dark_from, court.dark_until)


def _go_live(court: CourtEntry, at: datetime) -> Event:
    """All day where the court goes live at midnight, so that each reader sees the court's own day; else an instant."""
    event = _event(court, "go-live")
    if at.time() == time(0, 0):
        event.add("dtstart", at.date())
        event.add("dtend", at.date() + timedelta(days=1))
    else:
        event.add("dtstart", at.astimezone(UTC))
    event.add("summary", _("%(court)s goes live on NextGen CM/ECF") % {"court": court.short_name})
    sentences = [
        _("NextGen CM/ECF from %(at)s. From then on you need a linked PACER account to file.")
        % {"at": instant_words(at, court.time_zone)}
    ]
    event.add("description", "\n".join([*sentences, *_contacts(court)]))
    event.add("transp", "TRANSPARENT")
    return event


def _dark(court: CourtEntry, begins: datetime, ends: datetime) -> Event:
    event = _event(court, "dark")
    event.add("dtstart", begins.astimezone(UTC))
    event.add("dtend", ends.astimezone(UTC))
    event.add("summary", _("%(court)s: CM/ECF is down for the move to NextGen") % {"court": court.short_name})
    words = {"from": instant_words(begins, court.time_zone), "until": instant_words(ends, court.time_zone)}
    sentences = [_("CM/ECF is down from %(from)s until %(until)s. Nothing can be filed in it.") % words]
    if court.emergency_contact:
        sentences.append(_("In an emergency: %(contact)s") % {"contact": court.emergency_contact})
    event.add("description", "\n".join([*sentences, *_contacts(court)]))
    event.add("transp", "OPAQUE")
    return event


def _event(court: CourtEntry, kind: str) -> Event:
    changed = court.updated_at.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", f"{kind}.{court.court_id}@cmecf-portal")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", int((changed - _ZERO).total_seconds()))
    event.add("url", vUri(_address(court)))
    event.add("class", "PUBLIC")
    return event


def _contacts(court: CourtEntry) -> list[str]:
    found = [_("Help desk: %(phone)s") % {"phone": court.help_desk_phone}] if court.help_desk_phone else []
    return [*found, _("Steps to take: %(url)s") % {"url": _address(court)}]


def _address(court: CourtEntry) -> str:
    return settings.PORTAL_URL + reverse("court", args=[court.court_id])
