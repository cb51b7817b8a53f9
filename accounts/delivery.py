"""Sending what waits in the outbox. Run by the worker; safe to run in several at once.

A mail is leased before it is sent and marked after, so a killed worker's mail goes out when the lease ends. Between
the server's "accepted" and our mark lies one moment in which a kill sends the mail again: the Message-ID is then the
same, by which mail programs show it once.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from smtplib import SMTPException
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q

from accounts.crypto import Undecipherable, decrypt
from accounts.models import OutgoingMail

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 12
WAIT_AFTER = [timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1)]

log = structlog.get_logger(__name__)


def deliver_due(*, now: datetime, batch: int = 50) -> int:
    """Send up to `batch` mails that are due at `now` (aware); the number sent."""
    waiting = Q(state=OutgoingMail.State.WAITING, due_at__lte=now)
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    due = OutgoingMail.objects.filter(waiting, free).order_by("due_at", "pk").values_list("pk", flat=True)[:batch]
    return sum(_deliver(pk, now=now) for pk in list(due))


def _deliver(pk: int, *, now: datetime) -> bool:
    mine = OutgoingMail.objects.filter(
        Q(leased_until=None) | Q(leased_until__lt=now), pk=pk, state=OutgoingMail.State.WAITING
    ).update(leased_until=now + LEASE)
    if not mine:
        return False  # another worker took it
    mail = OutgoingMail.objects.get(pk=pk)
    try:
        _message(mail).send()
    except (OSError, SMTPException, Undecipherable, ValueError) as error:  # a bad mail must not hold up the rest
        _put_back(mail, now=now, error=error)
        return False
    mail.state, mail.sent_at, mail.leased_until = OutgoingMail.State.SENT, now, None
    mail.attempts += 1
    if not settings.PORTAL_DEMO:  # the demonstration's mail page shows what was sent
        mail.subject_sealed = mail.text_sealed = mail.html_sealed = ""
    mail.save()
    return True


def _put_back(mail: OutgoingMail, *, now: datetime, error: Exception) -> None:
    mail.attempts += 1
    mail.leased_until = None
    mail.last_error = f"{type(error).__name__}: {error}"[:200]
    mail.due_at = now + WAIT_AFTER[min(mail.attempts, len(WAIT_AFTER)) - 1]
    if mail.attempts >= MAX_ATTEMPTS:
        mail.state = OutgoingMail.State.FAILED
    mail.save()
    log.warning("mail_not_sent", mail=mail.pk, kind=mail.kind, attempts=mail.attempts, error=mail.last_error)


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    host = urlsplit(settings.PORTAL_URL).hostname
    message = EmailMultiAlternatives(
        subject=decrypt(mail.subject_sealed),
        body=decrypt(mail.text_sealed),
        to=[mail.to],
        headers={
            "Message-ID": f"<{sha256(mail.key.encode()).hexdigest()[:40]}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(decrypt(mail.html_sealed), "text/html")
    return message
