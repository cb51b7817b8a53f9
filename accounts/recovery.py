"""Getting a username or password back by mail, without telling anybody whether an address is known.

The page only writes a row, the same for every address. The worker answers it: one mail that lists the accounts of
the address, each with a link of its own, or no mail at all.
"""

from datetime import datetime, timedelta

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from accounts import limits
from accounts.client import Client
from accounts.crypto import decrypt, encrypt
from accounts.mail import enqueue_mail
from accounts.models import OutgoingMail, RecoveryRequest, User
from events.kinds import EventType
from events.record import record, system

MOST_ACCOUNTS = 50  # in one mail; a firm's mailbox may have many
MAILS_AN_HOUR = 5  # to one address, whoever asks
KEPT = timedelta(days=7)  # answered requests


class LinkTokens(PasswordResetTokenGenerator):
    """One-time links. A change of password, of rights or of the address makes them worthless; a sign-in does not."""

    key_salt = "accounts.recovery.LinkTokens"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{user.pk}:{user.credentials_version}:{user.email}:{timestamp}"


tokens = LinkTokens()


def ask_for_recovery(email: str, *, client: Client, now: datetime) -> None:
    """Write the question down. Raises TooManyFailures; whether the address is known plays no part."""
    attempt = limits.Attempt(
        action=limits.Action.RECOVERY,
        who=f"address:{client.network}",
        subject=f"recovery:{email.casefold()}",
        address=client.address,
    )
    limits.take_try(attempt, now=now)
    RecoveryRequest.objects.create(email_sealed=encrypt(email), asked_at=now)


def answer_recovery_requests(*, now: datetime, batch: int = 50) -> int:
    """Answer what waits; how many were answered. Run by the worker, in several at once if need be."""
    waiting = RecoveryRequest.objects.filter(answered_at=None).order_by("asked_at", "pk")
    return sum(_answer(request, now=now) for request in waiting[:batch])


@transaction.atomic(durable=True)
def _answer(request: RecoveryRequest, *, now: datetime) -> bool:
    # Mark and mail in one transaction: a worker killed before its end leaves the question waiting, and of two
    # workers the UPDATE lets one go on.
    if not RecoveryRequest.objects.filter(pk=request.pk, answered_at=None).update(answered_at=now):
        return False
    email = decrypt(request.email_sealed)
    users = list(
        User.objects.alias(folded=Lower("email"))
        .filter(folded=email.lower(), is_active=True)
        .order_by("username_key")[:MOST_ACCOUNTS]
    )
    # To the address as each account has it, not as it was typed: look-alike letters lead nowhere else.
    for address in {user.email for user in users}:
        _mail(request, address, [user for user in users if user.email == address], now=now)
    return True


def _mail(request: RecoveryRequest, address: str, users: list[User], *, now: datetime) -> None:
    lately = OutgoingMail.objects.filter(kind="recovery", to=address, created_at__gt=now - timedelta(hours=1))
    if lately.count() >= MAILS_AN_HOUR:
        return
    accounts = [{"username": user.username, "path": _path(user)} for user in users]
    enqueue_mail(
        key=f"recovery:{request.pk}:{address}"[:120], kind="recovery", to=address, context={"accounts": accounts}
    )
    for user in users:
        record(EventType.PASSWORD_RESET_ASKED, actor=system("recovery"), subject=("user", user.pk), at=now)


def _path(user: User) -> str:
    kwargs = {"uidb36": int_to_base36(user.pk), "key": tokens.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=kwargs)


def user_of_link(uidb36: str, key: str) -> User | None:
    """Whose password this link may change; None when it is used, too old, or made up."""
    try:
        user = User.objects.filter(pk=base36_to_int(uidb36), is_active=True).first()
    except (ValueError, OverflowError):
        return None
    return user if user is not None and tokens.check_token(user, key) else None


def confirm_address(user: User, *, at: datetime) -> None:
    """Who used the link reads the mailbox: its address is confirmed, if it is still the account's."""
    User.objects.filter(pk=user.pk, email=user.email, email_verified_at=None).update(email_verified_at=at)


def forget_old_requests(*, now: datetime) -> int:
    """Delete requests answered a week ago; the number deleted."""
    deleted, _ = RecoveryRequest.objects.filter(answered_at__lt=now - KEPT).delete()
    return deleted
