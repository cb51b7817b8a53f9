"""Taking a link back oneself, and "this wasn't me"."""

from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db import transaction

from accounts.models import PacerAccount
from events.kinds import EventType
from events.record import Actor, person, record, system
from linking import obstacles as say
from linking.confirm import open_case
from linking.credentials import Session
from linking.mails import mail_link_frozen, mail_link_undone
from linking.models import Case, Link
from linking.obstacles import LinkRefused
from linking.tokens import NOT_ME_LIFE, NOT_ME_SALT


class NoSuchLink(Exception):
    """There is no such link, or it is somebody else's: the asker learns no more."""


def undo_link(link_id: UUID, *, account: PacerAccount, session: Session, now: datetime) -> Link:
    """End one's own link within its undo window; asked again, answers the ended link.

    The same credentials can be linked again at once. Raises NoSuchLink, LinkRefused and FactorNeeded.
    """
    session.demand_factor()
    return _undo(link_id, account=account, now=now)


@transaction.atomic(durable=True)
def _undo(link_id: UUID, *, account: PacerAccount, now: datetime) -> Link:
    rows = Link.objects.select_related("court", "filer", "account__user").select_for_update(no_key=True, of=("self",))
    link = rows.filter(pk=link_id, account=account).first()
    if link is None:
        raise NoSuchLink
    if link.ending == Link.Ending.UNDONE:
        return link
    if link.state == "frozen":
        raise LinkRefused([say.link_frozen(link.court)])
    if not link.may_be_undone(now=now):
        raise LinkRefused([say.undo_window_over(link.court)])
    end_link_row(link, Link.Ending.UNDONE, reason="", now=now)
    record(
        EventType.LINK_UNDONE,
        actor=person(account.user_id),
        court_id=link.court_id,
        subject=("link", link.pk),
        at=now,
    )
    close_cases(link, outcome="The filer has undone the link.", now=now)
    mail_link_undone(link)
    return link


def end_link_row(link: Link, ending: Link.Ending, *, reason: str, now: datetime) -> None:
    """End a held link's row. Runs in the caller's transaction, which holds the row's lock."""
    link.ended_at, link.ending, link.end_reason = max(now, link.linked_at), ending, reason
    link.save(update_fields=["ended_at", "ending", "end_reason"])


def close_cases(link: Link, *, outcome: str, now: datetime) -> int:
    """Close what is open about a link; the number closed. Runs in the caller's transaction."""
    return Case.objects.open().filter(link=link).update(closed_at=now, outcome=outcome[:500])


def link_of_token(token: str) -> Link | None:
    """The link that a mail's "This wasn't me" names; None if the token is wrong or too old."""
    try:
        key = UUID(signing.loads(token, salt=NOT_ME_SALT, max_age=NOT_ME_LIFE))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
    return Link.objects.select_related("court", "filer", "account__user").filter(pk=key).first()


@transaction.atomic(durable=True)
def freeze_link(link_id: UUID, *, said_by: int | None, now: datetime) -> Link:
    """Pause a link whose owner says "this wasn't me", and open a case for the court. Asked again, changes nothing.

    `said_by` is the signed-in user's id; None: the reader of a mail. An ended link stays as it is.
    """
    rows = Link.objects.select_related("court", "filer", "account__user").select_for_update(no_key=True, of=("self",))
    link = rows.get(pk=link_id)
    if link.state != "active":
        return link
    actor: Actor = person(said_by) if said_by is not None else system("mail")
    link.frozen_at = max(now, link.linked_at)
    link.save(update_fields=["frozen_at"])
    record(EventType.LINK_FROZEN, actor=actor, court_id=link.court_id, subject=("link", link.pk), at=now)
    open_case(link, Case.Kind.NOT_ME, actor=actor, now=now)
    mail_link_frozen(link)
    return link
