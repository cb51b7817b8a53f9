"""What staff change about accounts: states and roles. Each with a reason, in one transaction with its event."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts import limits
from accounts.models import FilerAccount, FilerStatus, FilingState, PacerAccount, StaffRole, User
from accounts.roles import Role
from courts.models import Court
from events.kinds import EventType
from events.record import Actor, record


class ReasonMissing(Exception):
    """Staff say why: the person concerned may read it."""


class ChangedMeanwhile(Exception):
    """Somebody else changed it since the asker looked; nothing was written. The row given is fresh again."""


def _demand(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    return reason[:500]


@transaction.atomic(durable=True)
def change_filer_status(
    filer: FilerAccount, *, status: FilerStatus, reason: str, actor: Actor, seen: str | None = None
) -> bool:
    """Close, suspend or reopen a filer account; whether anything changed.

    `seen` is the status that the asker saw. Raises ReasonMissing, ChangedMeanwhile.
    """
    reason = _demand(reason)
    rows = FilerAccount.objects.filter(pk=filer.pk).exclude(status=status)
    changed = (rows if seen is None else rows.filter(status=seen)).update(status=status)
    if not changed and rows.exists():
        raise ChangedMeanwhile
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
def change_filing_state(
    account: PacerAccount, *, state: FilingState, reason: str, actor: Actor, seen: str | None = None
) -> bool:
    """Suspend, disable, deactivate or restore filing; whether anything changed.

    Ends every session of the account: whoever may not file any more must hear of it at the next request.
    `seen` is the state that the asker saw. Raises ReasonMissing, ChangedMeanwhile.
    """
    reason = _demand(reason)
    rows = PacerAccount.objects.filter(pk=account.pk).exclude(filing_state=state)
    changed = (rows if seen is None else rows.filter(filing_state=seen)).update(filing_state=state)
    if not changed and rows.exists():
        raise ChangedMeanwhile
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


@transaction.atomic(durable=True)
def unlock_user(user: User, *, actor: Actor, now: datetime) -> int:
    """Forget the failures at a log-in: passwords, codes, and those of its PACER account at courts; how many counts."""
    cleared = limits.clear(action=limits.Action.SIGN_IN, subject=user.username_key)
    cleared += limits.clear(action=limits.Action.SECOND_FACTOR, subject=str(user.pk))
    account = PacerAccount.objects.filter(user=user).only("pk").first()
    if account is not None:
        cleared += limits.clear_who(action=limits.Action.LINK, who=f"account:{account.pk}")
    record(EventType.LIMIT_CLEARED, actor=actor, subject=("user", user.pk), facts={"counts": cleared}, at=now)
    return cleared


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
