"""What is mailed about links: to the PACER address and to the address that the court has on file, each once."""

from typing import Any

from django.urls import reverse

from accounts.mail import enqueue_mail
from courts.words import instant_words
from linking.models import Link
from linking.tokens import absolute, not_me_path


def mail_link_made(link: Link) -> None:
    """Say that the accounts are linked, with the receipt and "This wasn't me"."""
    _both(link, kind="link_made", key=f"link-made:{link.pk}")


def mail_link_undone(link: Link) -> None:
    """Say that its owner has undone the link."""
    _both(link, kind="link_undone", key=f"link-undone:{link.pk}")


def mail_link_frozen(link: Link) -> None:
    """Say that the link is paused. A link may be paused again after it was released, hence the instant in the key."""
    instant = int(link.frozen_at.timestamp()) if link.frozen_at else 0
    _both(link, kind="link_frozen", key=f"link-frozen:{link.pk}:{instant}")


def mail_link_released(link: Link, *, reason: str, instant: int) -> None:
    """Say that the court has looked at a paused link and released it."""
    _both(link, kind="link_released", key=f"link-released:{link.pk}:{instant}", reason=reason)


def mail_link_ended(link: Link) -> None:
    """Say that the court has ended the link, and why."""
    _both(link, kind="link_ended", key=f"link-ended:{link.pk}", reason=link.end_reason)


def _both(link: Link, *, kind: str, key: str, **more: Any) -> None:
    """One mail to each side; to both even when they are one address, for each says whose it is."""
    facts = _facts(link) | more
    enqueue_mail(key=f"{key}:pacer", kind=kind, to=link.account.user.email, context=facts | {"side": "pacer"})
    enqueue_mail(key=f"{key}:filer", kind=kind, to=link.filer.email, context=facts | {"side": "filer"})


def _facts(link: Link) -> dict[str, Any]:
    court = link.court
    return {
        "court": court.short_name,
        "court_id": court.pk,
        "receipt": link.receipt,
        "account_number": link.account.account_number,
        "username": link.account.user.username,
        "login": link.filer.login,
        "role": link.get_role_display(),
        "linked_words": instant_words(link.linked_at, court.time_zone),
        "undo_words": instant_words(link.undo_until, court.time_zone) if link.undo_until > link.linked_at else "",
        "not_me_url": absolute(not_me_path(link.pk)),
        "filing_url": absolute(reverse("cmecf", args=[court.pk])),
        "receipt_url": absolute(reverse("link_receipt", args=[court.pk, link.pk])),
        "help_desk_phone": court.help_desk_phone,
        "help_desk_email": court.help_desk_email,
    }
