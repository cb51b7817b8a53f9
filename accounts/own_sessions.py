"""Where a person is signed in, from the store of sessions itself; ending one or all others."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import HASH_SESSION_KEY
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Session, User
from events.kinds import EventType
from events.record import person, record

SHOWN = 50  # newest

_SYSTEMS = [
    ("Windows", r"Windows"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("Chromebook", r"CrOS"),
    ("Linux", r"Linux"),
]
_BROWSERS = [
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
]


@dataclass(frozen=True, slots=True)
class OwnSession:
    """`id` is good for ending the session, not for using it."""

    id: str
    is_this: bool
    browser: str
    address: str
    started_at: datetime
    seen_at: datetime


def own_sessions(user: User, *, this: str) -> list[OwnSession]:
    """The sessions that would be let in now, this one first; `this` is the stored (hashed) key of the asker's."""
    rows = Session.objects.of(user).order_by("-seen_at")[:SHOWN]
    alive = [row for row in rows if row.get_decoded().get(HASH_SESSION_KEY) == user.get_session_auth_hash()]
    shown = [
        OwnSession(
            id=row.session_key,
            is_this=row.session_key == this,
            browser=browser_words(row.user_agent),
            address=row.address or "",
            started_at=row.started_at,
            seen_at=row.seen_at,
        )
        for row in alive
    ]
    return sorted(shown, key=lambda session: not session.is_this)


def end_sessions(user: User, *, this: str, only: str | None = None, at: datetime) -> int:
    """End the session `only`, or all but this one; how many ended. Never this one: that is what signing out does."""
    rows = Session.objects.filter(user=user).exclude(session_key=this)
    if only is not None:
        rows = rows.filter(session_key=only)
    with transaction.atomic(durable=True):
        ended, _deleted = rows.delete()
        if ended:
            actor, subject = person(user.pk), ("user", user.pk)
            record(EventType.SESSION_ENDED, actor=actor, subject=subject, facts={"sessions": ended}, at=at)
    return ended


def browser_words(user_agent: str) -> str:
    """`Firefox on Windows`; what cannot be told is left out."""
    browser = next((name for name, pattern in _BROWSERS if re.search(pattern, user_agent)), "")
    system = next((name for name, pattern in _SYSTEMS if re.search(pattern, user_agent)), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser that doesn’t say what it is")
