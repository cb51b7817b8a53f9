"""One's own links by id alone, as programs ask for them: a link has the id of the question that it came from."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import PacerAccount
from linking import obstacles as say
from linking.confirm import confirm_link, pending_of
from linking.credentials import Session
from linking.models import HELD, Link, PendingLink
from linking.obstacles import LinkRefused
from linking.undo import NoSuchLink, undo_link


def links_of(account: PacerAccount) -> QuerySet[Link]:
    """Every link of the account, ended ones too, the newest first."""
    return Link.objects.filter(account=account).select_related("court", "filer", "account__user")


_STATES = {
    "active": Q(HELD, frozen_at=None),
    "frozen": Q(HELD, frozen_at__isnull=False),
    "ended": ~HELD,
}


def in_states(states: Iterable[str]) -> Q:
    """Links whose `state` is one of these; none for those that no link can have."""
    found = Q(pk__in=[])
    for state in states:
        found |= _STATES.get(state, Q(pk__in=[]))
    return found


def link_or_question(link_id: UUID, *, account: PacerAccount, session: Session, now: datetime) -> Link | PendingLink:
    """The account's link, or the question of this session that may become it. Raises NoSuchLink."""
    link = links_of(account).filter(pk=link_id).first()
    found = link or pending_of(link_id, account=account, session=session, now=now)
    if found is None:
        raise NoSuchLink
    return found


def confirm_own(
    link_id: UUID, *, account: PacerAccount, session: Session, acknowledged: bool, at: datetime, now: datetime
) -> Link:
    """`confirm_link` for whoever knows no court. A question of another session is as one that never was, unless its
    pair is linked. Raises NoSuchLink, LinkRefused and FactorNeeded.
    """
    pending = PendingLink.objects.select_related("court__hosted_by").filter(pk=link_id, account=account).first()
    active = Link.objects.active().filter(account=account)
    if pending is None:
        return _confirmed_long_ago(link_id, account=account)
    if pending.session_hash != session.key and not active.filter(filer=pending.filer_id).exists():
        raise NoSuchLink
    return confirm_link(
        pending.pk,
        account=account,
        court=pending.court,
        session=session,
        acknowledged=acknowledged,
        at=at,
        now=now,
    )


def _confirmed_long_ago(link_id: UUID, *, account: PacerAccount) -> Link:
    """The link whose question is forgotten by now: its receipt, as long as it is active."""
    link = links_of(account).filter(pk=link_id).first()
    if link is None:
        raise NoSuchLink
    if link.state == "active":
        return link
    frozen = [say.link_frozen(link.court)] if link.state == "frozen" else []
    raise LinkRefused([*frozen, say.confirmation_expired(link.court)])


def undo_own(link_id: UUID, *, account: PacerAccount, session: Session, now: datetime) -> Link:
    """`undo_link`; a question that was not answered yet is not linked. Raises NoSuchLink, LinkRefused, FactorNeeded."""
    try:
        return undo_link(link_id, account=account, session=session, now=now)
    except NoSuchLink:
        pending = pending_of(link_id, account=account, session=session, now=now)
        if pending is None:
            raise
        raise LinkRefused([say.not_linked(pending.court)]) from None
