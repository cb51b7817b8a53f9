"""The second half of linking: the yes to a pair makes the link, once, whoever else tries at the same time."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import FilerAccount, PacerAccount
from courts.models import Court
from events.kinds import EventType
from events.record import Actor, person, record
from linking import obstacles as say
from linking.credentials import Session
from linking.eligibility import account_obstacles, names_differ, pair_obstacles
from linking.mails import mail_link_made
from linking.models import Case, Link, PendingLink
from linking.obstacles import LinkRefused
from linking.receipts import new_receipt


def confirm_link(
    pending_id: UUID,
    *,
    account: PacerAccount | None,
    court: Court,
    session: Session,
    acknowledged: bool,
    at: datetime,
    now: datetime,
) -> Link:
    """Make the link that was asked about, or answer the one that this pair has already.

    `acknowledged`: the person has said that both accounts are theirs although the names differ. `at` is the go-live
    clock, `now` real time (both aware). Raises LinkRefused and FactorNeeded.
    """
    if account is None:
        raise LinkRefused([say.no_pacer_account()])
    session.demand_factor()
    attempt = partial(
        _look_and_write,
        pending_id,
        account_id=account.pk,
        court=court,
        session=session,
        acknowledged=acknowledged,
        at=at,
        now=now,
    )
    try:
        return attempt()
    except IntegrityError:
        # A rival committed between our look and our write, and a constraint decided. A second look sees who won:
        # ourselves, from another tab, or somebody else. No third: what fails twice is no rival.
        return attempt()


@transaction.atomic(durable=True)
def _look_and_write(
    pending_id: UUID,
    *,
    account_id: int,
    court: Court,
    session: Session,
    acknowledged: bool,
    at: datetime,
    now: datetime,
) -> Link:
    pending = PendingLink.objects.filter(pk=pending_id, account_id=account_id, court=court).first()
    if pending is None:
        raise LinkRefused([say.confirmation_expired(court)])
    # Locked against staff and rosters who change them meanwhile, always in this order. The rows that refer to them
    # need not wait.
    accounts = PacerAccount.objects.select_related("user").select_for_update(no_key=True, of=("self",))
    account = accounts.get(pk=account_id)
    filers = FilerAccount.objects.select_related("court").select_for_update(no_key=True, of=("self",))
    filer = filers.get(pk=pending.filer_id)
    linked = Link.objects.active().select_related("court", "filer", "account__user")
    if earlier := linked.filter(account=account, filer=filer).first():
        return earlier
    if not _still_good(pending, account, filer, session=session, now=now):
        raise LinkRefused([*_specific(account, filer), say.confirmation_expired(court)])
    # The court afresh: its go-live may have been moved since the page was drawn.
    court = Court.objects.select_related("hosted_by").get(pk=court.pk)
    if found := [*account_obstacles(account, court, at), *pair_obstacles(account, filer)]:
        raise LinkRefused(found)
    differ = names_differ(account, filer)
    if differ and not acknowledged:
        raise LinkRefused([say.name_mismatch(court)])
    pending.used_at = max(now, pending.created_at)  # another machine's clock may be a little behind
    pending.save(update_fields=["used_at"])
    return make_link(account, filer, link_id=pending.pk, differ=differ, actor=person(account.user_id), now=now)


def _still_good(
    pending: PendingLink, account: PacerAccount, filer: FilerAccount, *, session: Session, now: datetime
) -> bool:
    """Whether everything that was proved and shown is still so, and the answer comes in time from the same session."""
    return (
        pending.used_at is None
        and now < pending.expires_at
        and pending.session_hash == session.key
        and pending.credentials_version == account.user.credentials_version
        and pending.account_identity_version == account.identity_version
        and pending.filer_identity_version == filer.identity_version
        and pending.password_version == filer.password_version
    )


def _specific(account: PacerAccount, filer: FilerAccount) -> list[say.Obstacle]:
    """What says more than "expired": that the link is paused. Of others' links an expired question says nothing."""
    frozen = Link.objects.held().filter(account=account, filer=filer, frozen_at__isnull=False)
    return [say.link_frozen(filer.court)] if frozen.exists() else []


def make_link(
    account: PacerAccount,
    filer: FilerAccount,
    *,
    link_id: UUID | None = None,
    differ: bool,
    actor: Actor,
    now: datetime,
) -> Link:
    """Write the link with its event, mails and, where names differ, its case. Runs in the caller's transaction."""
    link = Link(
        account=account,
        filer=filer,
        court_id=filer.court_id,
        role=filer.role,
        receipt=new_receipt(filer.court_id),
        linked_at=now,
        undo_until=now + timedelta(hours=filer.court.undo_hours),
        names_differed=differ,
    )
    if link_id is not None:
        link.pk = link_id
    link.save(force_insert=True)
    facts = {"account": account.pk, "filer": filer.pk, "names_differed": differ}
    record(EventType.LINK_MADE, actor=actor, court_id=link.court_id, subject=("link", link.pk), facts=facts, at=now)
    if differ:
        open_case(link, Case.Kind.NAMES_DIFFER, actor=actor, now=now)
    mail_link_made(link)
    return link


def open_case(link: Link, kind: Case.Kind, *, actor: Actor, now: datetime) -> None:
    """Ask the court to look at this link; one open case of a kind at a time. Runs in the caller's transaction."""
    case, created = Case.objects.get_or_create(
        link=link, kind=kind, closed_at=None, defaults={"court_id": link.court_id, "opened_at": now}
    )
    if created:
        record(
            EventType.CASE_OPENED,
            actor=actor,
            court_id=link.court_id,
            subject=("case", case.pk),
            facts={"link": str(link.pk), "kind": kind},
            at=now,
        )


def pending_of(
    pending_id: UUID, *, account: PacerAccount, court: Court | None = None, session: Session, now: datetime
) -> PendingLink | None:
    """The question that this session was asked, at `court` or at any, and has not answered, still good; or None."""
    rows = _questions().filter(pk=pending_id, account=account)
    pending = (rows.filter(court=court) if court else rows).first()
    if pending is None or not _still_good(pending, pending.account, pending.filer, session=session, now=now):
        return None
    return pending


def open_questions(account: PacerAccount, *, session: Session, now: datetime) -> list[PendingLink]:
    """Everything that this session was asked and may still answer, the newest first."""
    rows = _questions().filter(account=account, session_hash=session.key, used_at=None, expires_at__gt=now)
    return [row for row in rows if _still_good(row, row.account, row.filer, session=session, now=now)]


def _questions() -> QuerySet[PendingLink]:
    return PendingLink.objects.select_related("filer__court", "account__user", "court")
