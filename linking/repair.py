"""What a court's staff do to links: end, move, release, change a role. Each with a reason, in one transaction."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import limits
from accounts.models import FilerAccount, FilerRole, PacerAccount
from accounts.staff import ChangedMeanwhile, ReasonMissing
from events.kinds import EventType
from events.record import Actor, record
from linking.confirm import make_link
from linking.credentials import limit_subject
from linking.eligibility import names_differ, pair_obstacles, standing_obstacles
from linking.mails import mail_link_ended, mail_link_released
from linking.models import Case, Link
from linking.obstacles import Code
from linking.undo import close_cases, end_link_row


class RepairRefused(Exception):
    """Nothing was changed; `.sentence` says why, in words for the clerk."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@transaction.atomic(durable=True)
def unlink(link_id: UUID, *, reason: str, actor: Actor, now: datetime) -> Link:
    """End a held link; both sides are told why. Raises ReasonMissing, RepairRefused."""
    reason, link = _demand(reason), _held(link_id)
    end_link_row(link, Link.Ending.UNLINKED, reason=reason, now=now)
    _record(EventType.LINK_ENDED, link, actor=actor, now=now, reason=reason)
    close_cases(link, outcome=reason, now=now)
    mail_link_ended(link)
    return link


def move_link(link_id: UUID, *, account_number: str, reason: str, actor: Actor, now: datetime) -> Link:
    """End a held link and link its filer account to another PACER account; the new link.

    The new owner must be one who could link by themselves, but for the court's clock and the second factor. Raises
    ReasonMissing, RepairRefused.
    """
    try:
        return _move(link_id, account_number=account_number, reason=reason, actor=actor, now=now)
    except IntegrityError:
        # A rival linked one of the two meanwhile; the second look says which.
        return _move(link_id, account_number=account_number, reason=reason, actor=actor, now=now)


@transaction.atomic(durable=True)
def _move(link_id: UUID, *, account_number: str, reason: str, actor: Actor, now: datetime) -> Link:
    reason = _demand(reason)
    # The filer account before its link, as `change_role` locks them: two that meet wait, and never for each other.
    list(FilerAccount.objects.filter(links=link_id).select_for_update(no_key=True, of=("self",)))
    link = _held(link_id)
    to = PacerAccount.objects.select_related("user").filter(account_number=account_number.strip()).first()
    if to is None:
        raise RepairRefused(_("There is no PACER account with this number."))
    if to.pk == link.account_id:
        raise RepairRefused(_("The link belongs to this PACER account already."))
    end_link_row(link, Link.Ending.MOVED, reason=reason, now=now)
    if found := [*standing_obstacles(to), *pair_obstacles(to, link.filer)]:
        # Said of the other account, to a clerk, who may not know more of it than that it can't be linked.
        raise RepairRefused(str(_CANNOT_TAKE.get(found[0].code, _("That PACER account cannot be linked here now."))))
    _record(EventType.LINK_MOVED, link, actor=actor, now=now, reason=reason)
    close_cases(link, outcome=reason, now=now)
    mail_link_ended(link)
    return make_link(to, link.filer, differ=names_differ(to, link.filer), actor=actor, now=now)


_CANNOT_TAKE = {
    Code.ACCOUNT_NOT_INDIVIDUAL: gettext_lazy("That PACER account is shared; only an individual one is linked."),
    Code.ACCOUNT_LEGACY: gettext_lazy("That PACER account is a Legacy one. Its owner upgrades it first."),
    Code.ACCOUNT_DISABLED: gettext_lazy("Filing is switched off for that PACER account."),
    Code.ALREADY_LINKED: gettext_lazy("That PACER account is linked at this court in this role already."),
    Code.FILER_INACTIVE: gettext_lazy("This filer account is closed or suspended. Open it first."),
}


@transaction.atomic(durable=True)
def release_link(link_id: UUID, *, reason: str, actor: Actor, now: datetime) -> Link:
    """Let a paused link work again: the court has found that it is right. Raises ReasonMissing, RepairRefused."""
    reason, link = _demand(reason), _held(link_id)
    if link.frozen_at is None:
        raise RepairRefused(_("This link is not paused."))
    link.frozen_at = None
    link.save(update_fields=["frozen_at"])
    _record(EventType.LINK_UNFROZEN, link, actor=actor, now=now, reason=reason)
    close_cases(link, outcome=reason, now=now)
    mail_link_released(link, reason=reason, instant=int(now.timestamp()))
    return link


@transaction.atomic(durable=True)
def close_case(case_id: int, *, outcome: str, actor: Actor, now: datetime) -> Case:
    """Close a case that asks for nothing more, such as names that differ after a marriage.

    A paused link is released, moved or ended instead, which closes its case. Raises ReasonMissing, RepairRefused.
    """
    outcome = _demand(outcome)
    case = Case.objects.select_related("link").select_for_update(no_key=True, of=("self",)).get(pk=case_id)
    if case.closed_at is not None:
        raise RepairRefused(_("This case is closed already."))
    if case.kind == Case.Kind.NOT_ME and case.link.state == "frozen":
        raise RepairRefused(_("The link is paused: release, move or end it. That closes the case."))
    case.closed_at, case.outcome = now, outcome
    case.save(update_fields=["closed_at", "outcome"])
    record(
        EventType.CASE_CLOSED,
        actor=actor,
        court_id=case.court_id,
        subject=("case", case.pk),
        facts={"reason": outcome},
        at=now,
    )
    return case


@transaction.atomic(durable=True)
def unlock_filer(filer_id: int, *, actor: Actor, now: datetime) -> int:
    """Forget everybody's failures at a CM/ECF login, so that linking and resets go on at once; how many counts."""
    filer = FilerAccount.objects.select_related("court").get(pk=filer_id)
    subject = limit_subject(filer.court, filer.login)
    cleared = limits.clear(action=limits.Action.LINK, subject=subject)
    cleared += limits.clear(action=limits.Action.RECOVERY, subject=subject)
    facts = {"counts": cleared}
    record(
        EventType.LIMIT_CLEARED, actor=actor, court_id=filer.court_id, subject=("filer", filer.pk), facts=facts, at=now
    )
    return cleared


def change_role(
    filer_id: int, *, role: FilerRole, reason: str, actor: Actor, now: datetime, seen: str | None = None
) -> FilerAccount:
    """Give a filer account another role; a link it has is replaced by one in the new role.

    `seen` is the role that the asker saw. Raises ReasonMissing, RepairRefused, ChangedMeanwhile.
    """
    change = partial(_change_role, filer_id, role=role, reason=_demand(reason), actor=actor, now=now, seen=seen)
    try:
        return change()
    except IntegrityError:
        # Its owner linked another account in the new role meanwhile; the second look says so.
        return change()


@transaction.atomic(durable=True)
def _change_role(
    filer_id: int, *, role: FilerRole, reason: str, actor: Actor, now: datetime, seen: str | None
) -> FilerAccount:
    rows = FilerAccount.objects.select_related("court").select_for_update(of=("self",))
    filer = rows.get(pk=filer_id)
    if filer.role == role:
        return filer
    if seen is not None and filer.role != seen:
        raise ChangedMeanwhile
    links = Link.objects.held().select_related("court", "account__user").filter(filer=filer)
    held = links.select_for_update(no_key=True, of=("self",)).first()
    if held is not None:
        if held.frozen_at is not None:
            raise RepairRefused(_("The link is paused. Settle that first."))
        if Link.objects.held().filter(account=held.account_id, court=filer.court_id, role=role).exists():
            raise RepairRefused(_("Its owner has another link at this court in that role."))
        end_link_row(held, Link.Ending.RENEWED, reason=reason, now=now)
    filer.role = role
    filer.identity_version = F("identity_version") + 1
    filer.save(update_fields=["role", "identity_version", "updated_at"])
    filer.refresh_from_db()
    facts = {"role": role, "reason": reason}
    record(
        EventType.FILER_CHANGED, actor=actor, court_id=filer.court_id, subject=("filer", filer.pk), facts=facts, at=now
    )
    if held is not None:
        _record(EventType.LINK_ROLE_CHANGED, held, actor=actor, now=now, reason=reason)
        make_link(held.account, filer, differ=False, actor=actor, now=now)
    return filer


def _demand(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    return reason[:500]


def _held(link_id: UUID) -> Link:
    rows = Link.objects.select_related("court", "filer__court", "account__user")
    link = rows.select_for_update(no_key=True, of=("self",)).get(pk=link_id)
    if link.ended_at is not None:
        raise RepairRefused(_("This link has ended already."))
    return link


def _record(kind: EventType, link: Link, *, actor: Actor, now: datetime, reason: str) -> None:
    record(kind, actor=actor, court_id=link.court_id, subject=("link", link.pk), facts={"reason": reason}, at=now)
