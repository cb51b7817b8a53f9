"""Confirming an email address, and changing it: recovery mails go there, so a stolen password alone moves nothing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.mail import enqueue_mail
from accounts.mailed_codes import use_proof
from accounts.models import MailedCode, User
from accounts.second_factor import has_second_factor
from events.kinds import EventType
from events.record import person, record

Purpose = MailedCode.Purpose


class OldAddressMissing(Exception):
    """Whoever has no second factor shows that they read the old mailbox as well."""


def needs_old_address(user: User, new_email: str) -> bool:
    """Whether a code from the old mailbox is asked for: a confirmed address is given up without a second factor."""
    moves = new_email.casefold() != user.email.casefold()
    return bool(moves and user.email and user.email_verified_at) and not has_second_factor(user)


@transaction.atomic(durable=True)
def confirm_email(user: User, *, proof: UUID, old_proof: UUID | None, at: datetime) -> None:
    """Make the address of the proven code `proof` the person's confirmed one; tell the old one if it is another.

    The caller asks people with a second factor to use it in the session. Raises CodeExpired, OldAddressMissing.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    new_email = use_proof(proof, user=user, purpose=Purpose.EMAIL, now=at)
    if needs_old_address(user, new_email):
        old = use_proof(old_proof, user=user, purpose=Purpose.OLD, now=at) if old_proof else ""
        if old != user.email:
            raise OldAddressMissing
    old_email, user.email, user.email_verified_at = user.email, new_email, at
    user.save(update_fields=["email", "email_verified_at"])
    if old_email == new_email:
        return
    record(EventType.EMAIL_CHANGED, actor=person(user.pk), subject=("user", user.pk), at=at)
    enqueue_mail(key=f"email-changed:{proof}", kind="email_changed", to=old_email, context={"username": user.username})
