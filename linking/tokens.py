"""Addresses in mails that work without signing in."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

NOT_ME_SALT = "linking.not-me"
NOT_ME_LIFE = timedelta(days=90)


def not_me_path(link_id: UUID) -> str:
    """Where "This wasn't me" leads. The page only asks: programs that read mails follow links."""
    return reverse("link_not_me", args=[signing.dumps(str(link_id), salt=NOT_ME_SALT)])


def absolute(path: str) -> str:
    return f"{settings.PORTAL_URL}{path}"
