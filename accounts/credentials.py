"""Changing a password, and what goes with it: every other session ends, and the person is told.

Hashes are made before; no Argon2 runs inside a transaction.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts import limits
from accounts.keys import name_key
from accounts.mail import enqueue_mail
from accounts.models import PacerAccount, Session, User
from accounts.passwords import verify_password
from events.kinds import EventType
from events.record import person, record


class PasswordRefused(Exception):
    """The password until now is wrong; `.tries_left` more may be tried."""

    def __init__(self, tries_left: int) -> None:
        super().__init__(tries_left)
        self.tries_left = tries_left


class ChangedMeanwhile(Exception):
    """Another tab, a recovery mail or a clerk was quicker. Nothing was changed."""


def check_old_password(user: User, password: str, *, now: datetime) -> None:
    """Raises PasswordRefused, TooManyFailures. Counted apart from sign-ins: a session left open must not become a
    place where passwords are guessed, nor one that locks its owner out."""
    attempt = limits.Attempt(
        action=limits.Action.SIGN_IN, who=f"account:{user.pk}", subject=f"own password:{user.pk}", address=None
    )
    tries_left = limits.take_try(attempt, now=now)
    if not verify_password(password, user.password).ok:
        raise PasswordRefused(tries_left)
    limits.succeed(attempt)


@transaction.atomic(durable=True)
def set_password(
    user: User, password_hash: str, *, at: datetime, keep_signed_in: Callable[[User], None] | None = None
) -> None:
    """Give `user`, as it was read, another password; of two that do, one does. Raises ChangedMeanwhile.

    Ends every session but the one that `keep_signed_in`, called inside the transaction, keeps.
    """
    unchanged = User.objects.filter(pk=user.pk, credentials_version=user.credentials_version, is_active=True)
    if not unchanged.update(password=password_hash, credentials_version=F("credentials_version") + 1):
        raise ChangedMeanwhile
    user.password, user.credentials_version = password_hash, user.credentials_version + 1
    PacerAccount.objects.filter(user=user).update(password_changed_at=at)
    Session.objects.filter(user=user).delete()
    # A clerk or the owner has shown who it is: what failed at this login before is forgotten.
    limits.clear(action=limits.Action.SIGN_IN, subject=name_key(user.username))
    record(EventType.PASSWORD_CHANGED, actor=person(user.pk), subject=("user", user.pk), at=at)
    enqueue_mail(
        key=f"password-changed:{user.pk}:{user.credentials_version}",
        kind="password_changed",
        to=user.email,
        context={"username": user.username},
    )
    if keep_signed_in:
        keep_signed_in(user)
