"""What staff change about accounts: states and roles. Each with a reason, in one transaction with its event."""

from django.db import transaction
from django.db.models import F

from accounts.models import FilerAccount, FilerStatus, FilingState, PacerAccount, StaffRole, User
from accounts.roles import Role
from courts.models import Court
from events.kinds import EventType
from events.record import Actor, record


class ReasonMissing(Exception):
    """Staff say why: the person concerned may read it."""


def _demand(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    return reason[:500]


@transaction.atomic(durable=True)
def change_filer_status(filer: FilerAccount, *, status: FilerStatus, reason: str, actor: Actor) -> bool:
    """Close, suspend or reopen a filer account; whether anything changed. Raises ReasonMissing."""
    reason = _demand(reason)
    changed = FilerAccount.objects.filter(pk=filer.pk).exclude(status=status).update(status=status)
    if changed:
        record(
            EventType.FILER_STATE_CHANGED,
            actor=actor,
            court_id=filer.court_id,
            subject=("filer", filer.pk),
            facts={"status": status, "reason": reason},
        )
    filer.refresh_from_db()
    return bool(changed)


@transaction.atomic(durable=True)
def change_filing_state(account: PacerAccount, *, state: FilingState, reason: str, actor: Actor) -> bool:
    """Suspend, disable, deactivate or restore filing; whether anything changed. Raises ReasonMissing.

    Ends every session of the account: whoever may not file any more must hear of it at the next request.
    """
    reason = _demand(reason)
    changed = PacerAccount.objects.filter(pk=account.pk).exclude(filing_state=state).update(filing_state=state)
    if changed:
        if state != FilingState.ACTIVE:
            User.objects.filter(pk=account.user_id).update(credentials_version=F("credentials_version") + 1)
        record(
            EventType.ACCOUNT_STATE_CHANGED,
            actor=actor,
            subject=("account", account.pk),
            facts={"filing_state": state, "reason": reason},
        )
    account.refresh_from_db()
    return bool(changed)


@transaction.atomic
def give_role(user: User, *, court: Court | None, role: Role, actor: Actor) -> StaffRole:
    """Make `user` staff of the court (None: of the whole system) in this role, instead of an earlier one there."""
    given, _created = StaffRole.objects.update_or_create(user=user, court=court, defaults={"role": role})
    _raise_credentials_version(user)
    record(
        EventType.STAFF_ROLE_CHANGED,
        actor=actor,
        court_id=court.pk if court else "",
        subject=("user", user.pk),
        facts={"role": role},
    )
    return given


@transaction.atomic
def take_role(given: StaffRole, *, actor: Actor) -> None:
    """End a staff role. The person's sessions end with it."""
    record(
        EventType.STAFF_ROLE_CHANGED,
        actor=actor,
        court_id=given.court_id or "",
        subject=("user", given.user_id),
        facts={"role": "", "was": given.role},
    )
    user = given.user
    given.delete()
    _raise_credentials_version(user)


def _raise_credentials_version(user: User) -> None:
    User.objects.filter(pk=user.pk).update(credentials_version=F("credentials_version") + 1)
