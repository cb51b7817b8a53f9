"""Six-digit codes in a mail: who types one in reads that mailbox. Few tries, a short life, one use."""

import secrets
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.crypto import salted_hmac

from accounts import limits
from accounts.client import Client
from accounts.mail import enqueue_mail
from accounts.models import MailedCode, User
from accounts.second_factor import CodeRefused

LIFE = timedelta(minutes=15)  # from sending to typing in
PROOF_LIFE = timedelta(minutes=30)  # from typing in to what it was asked for
DIGITS = 6
TRIES = 5


class CodeExpired(Exception):
    """The code is too old, used up, or never was this person's: a new one has to be sent."""


def send_code(user: User, *, purpose: MailedCode.Purpose, email: str, client: Client, now: datetime) -> MailedCode:
    """Mail a code to `email`. Its id is for the asking session alone. Raises TooManyFailures after five an hour."""
    limits.take_try(_sending(user, purpose, client), now=now)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    with transaction.atomic(durable=True):
        row = MailedCode(user=user, purpose=purpose, email=email, sent_at=now, expires_at=now + LIFE, tries_left=TRIES)
        row.code_hash = _hashed(row.pk, code)
        row.save(force_insert=True)
        enqueue_mail(
            key=f"code:{row.pk}",
            kind=f"code_{purpose}",
            to=email,
            context={"code": code, "username": user.username, "minutes": LIFE.seconds // 60},
        )
    return row


def prove_code(
    row_id: UUID, typed: str, *, user: User, purpose: MailedCode.Purpose, client: Client, now: datetime
) -> MailedCode:
    """Take a code from whoever reads the mailbox. Raises CodeRefused, CodeExpired.

    A try is taken before the code is looked at: of a hundred guesses at once five are looked at.
    """
    rows = MailedCode.objects.filter(pk=row_id, user=user, purpose=purpose, used_at=None, proven_at=None)
    with transaction.atomic(durable=True):
        if not rows.filter(tries_left__gt=0, expires_at__gt=now).update(tries_left=F("tries_left") - 1):
            raise CodeExpired
        row = rows.get()
        typed = "".join(typed.split()).replace("-", "")
        right = compare_digest(_hashed(row.pk, typed), row.code_hash)
        if right:
            rows.update(proven_at=now, expires_at=now + PROOF_LIFE)
            limits.succeed(_sending(user, purpose, client))
    if not right:
        raise CodeRefused(row.tries_left)
    row.refresh_from_db()
    return row


def is_proven(row_id: UUID | None, *, user: User, purpose: MailedCode.Purpose, now: datetime) -> bool:
    """Whether the code was typed in and what it was asked for may still be done."""
    return row_id is not None and _proven(row_id, user, purpose, now).exists()


def use_proof(row_id: UUID, *, user: User, purpose: MailedCode.Purpose, now: datetime) -> str:
    """Use a proven code up for what it was asked for; its address. Of two that try, one does. Raises CodeExpired.

    To be called in the transaction of that change.
    """
    if not _proven(row_id, user, purpose, now).update(used_at=now):
        raise CodeExpired
    return MailedCode.objects.values_list("email", flat=True).get(pk=row_id)


def forget_old_codes(*, now: datetime) -> int:
    """Delete codes that ended a day ago; the number deleted."""
    deleted, _ = MailedCode.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()
    return deleted


def _proven(row_id: UUID, user: User, purpose: MailedCode.Purpose, now: datetime) -> QuerySet[MailedCode]:
    return MailedCode.objects.filter(
        pk=row_id, user=user, purpose=purpose, proven_at__isnull=False, used_at=None, expires_at__gt=now
    )


def _sending(user: User, purpose: MailedCode.Purpose, client: Client) -> limits.Attempt:
    return limits.Attempt(
        action=limits.Action.CODE, who=f"account:{user.pk}", subject=f"{purpose}:{user.pk}", address=client.address
    )


def _hashed(row_id: UUID, code: str) -> str:
    # Keyed: six digits alone are found in a moment by whoever has a copy of the table.
    return salted_hmac("accounts.mailed_codes", f"{row_id}:{code}", algorithm="sha256").hexdigest()
