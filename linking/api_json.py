"""Links, questions, steps and obstacles as programs read them (design, section 9)."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from linking.comparison import compare
from linking.eligibility import names_differ
from linking.models import Link, PendingLink
from linking.obstacles import Obstacle
from linking.readiness import Step
from linking.tokens import absolute


def link_json(link: Link) -> dict[str, Any]:
    """A link that was made."""
    zone = link.court.time_zone
    return {
        "id": str(link.pk),
        "court_id": link.court_id,
        "filer_login": link.filer.login,
        "role": link.role,
        "pacer_account_number": link.account.account_number,
        "state": link.state,
        "linked_at": local(link.linked_at, zone),
        "ended_at": local(link.ended_at, zone),
        "end_reason": link.end_reason or link.ending,
        "undo_until": local(link.undo_until, zone),
        "receipt": link.receipt,
    }


def question_json(pending: PendingLink) -> dict[str, Any]:
    """A link that waits for its yes: the same keys."""
    return {
        "id": str(pending.pk),
        "court_id": pending.filer.court_id,
        "filer_login": pending.filer.login,
        "role": pending.filer.role,
        "pacer_account_number": pending.account.account_number,
        "state": "pending",
        "linked_at": None,
        "ended_at": None,
        "end_reason": "",
        "undo_until": None,
        "receipt": None,
    }


def whole_question_json(pending: PendingLink) -> dict[str, Any]:
    """The same with everything that the page shows which asks for the yes."""
    lines = compare(pending.account, pending.filer)
    return {
        **question_json(pending),
        "confirm_until": local(pending.expires_at, pending.filer.court.time_zone),
        "confirm_url": absolute(reverse("api_link_confirm", args=[pending.pk])),
        "names_differ": names_differ(pending.account, pending.filer),
        "accounts": [
            {
                "code": line.code,
                "label": line.label,
                "pacer": line.pacer,
                "filer": line.filer,
                "likeness": line.likeness.value,
            }
            for line in lines
        ],
    }


def obstacle_json(obstacle: Obstacle) -> dict[str, Any]:
    return {
        "code": obstacle.code.value,
        "detail": obstacle.sentence,
        "next_url": whole_url(obstacle.next_url),
        "next_words": obstacle.next_words,
    }


def step_json(step: Step) -> dict[str, Any]:
    return {
        "code": step.code.value,
        "state": step.state.value,
        "title": step.title,
        "sentence": step.sentence,
        "minutes": step.minutes,
        "due": step.due.isoformat() if step.due else None,
        "next_url": whole_url(step.url),
        "next_words": step.link_words if step.url else "",
    }


def local(at: datetime | None, zone: str) -> str | None:
    """An instant with the offset of the court's zone."""
    return at.astimezone(ZoneInfo(zone)).isoformat() if at else None


def whole_url(url: str) -> str:
    """An address of this portal with its origin; others, and telephone numbers, as they are."""
    return absolute(url) if url.startswith("/") else url
