"""The outbox as its readers would read it."""

import re

from accounts.crypto import decrypt
from accounts.models import OutgoingMail


def texts(*, to: str | None = None, kind: str | None = None) -> list[str]:
    """The plain texts of the mails that wait, oldest first."""
    mails = OutgoingMail.objects.order_by("created_at", "pk")
    mails = mails.filter(to=to) if to else mails
    return [decrypt(mail.text_sealed) for mail in (mails.filter(kind=kind) if kind else mails)]


def code_in_mail(*, to: str, kind: str) -> str:
    """The six digits of the newest mail of this kind."""
    found = re.search(r"^\d{6}$", texts(to=to, kind=kind)[-1], re.MULTILINE)
    assert found
    return found[0]
