"""The outbox: mails are rows, written with the change that causes them and sent once by the worker."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.crypto import encrypt
from accounts.models import OutgoingMail


def enqueue_mail(
    *, key: str, kind: str, to: str, context: Mapping[str, Any], due_at: datetime | None = None
) -> OutgoingMail | None:
    """Put one mail into the outbox, inside the caller's transaction; the worker sends it after commit.

    `kind` names the templates `mail/<kind>.subject.txt`, `.txt` and `.html`. The same `key` makes one mail only,
    however often it is asked for: None is returned for the later ones. An empty `to` makes none.
    """
    if not to:
        return None
    now = timezone.now()
    facts = {"portal_url": settings.PORTAL_URL, **context}
    mail, created = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "to": to,
            "subject_sealed": encrypt(" ".join(render_to_string(f"mail/{kind}.subject.txt", facts).split())),
            "text_sealed": encrypt(render_to_string(f"mail/{kind}.txt", facts)),
            "html_sealed": encrypt(render_to_string(f"mail/{kind}.html", facts)),
            "created_at": now,
            "due_at": due_at or now,
        },
    )
    return mail if created else None
