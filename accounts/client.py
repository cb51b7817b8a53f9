"""Whose browser this is, as far as the limits go: its address, and whether it has signed in to the account before."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from accounts.limits import network_of
from accounts.models import KnownDevice, User
from events.context import current_request

COOKIE = "portal_device"
SALT = "accounts.client.device"
LIFE = timedelta(days=180)
REMEMBERED = 20  # devices of one person; the ones not seen for longest are forgotten


@dataclass(frozen=True, slots=True)
class Client:
    """`device` is a short name of a browser known for the account in question, else empty."""

    address: str | None
    device: str = ""

    @property
    def network(self) -> str:
        """The address as limits take it; empty where the network tells none."""
        return network_of(self.address) if self.address else ""


def _token(request: HttpRequest) -> str | None:
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIFE))
    except signing.BadSignature:
        return None


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def client_of(request: HttpRequest, *, user: User | None) -> Client:
    """The client of this request, seen from the account of `user`: None where there is no such account."""
    facts = current_request.get()
    token = _token(request)
    device = ""
    # Asked for logins that don't exist too: both take as long.
    if token and KnownDevice.objects.filter(user_id=user.pk if user else 0, token_hash=_hashed(token)).exists():
        device = _hashed(token)[:16]
    return Client(address=facts.address if facts else None, device=device)


def remember_device(request: HttpRequest, response: HttpResponseBase, user: User, *, now: datetime) -> None:
    """Keep this browser as one that has signed in to the account of `user`, once all its factors were given."""
    token = _token(request) or secrets.token_urlsafe(24)
    _device, created = KnownDevice.objects.update_or_create(
        user=user, token_hash=_hashed(token), defaults={"seen_at": now}
    )
    if created:
        kept = KnownDevice.objects.filter(user=user).order_by("-seen_at", "-pk").values_list("pk", flat=True)
        KnownDevice.objects.filter(pk__in=list(kept[REMEMBERED:])).delete()
    response.set_cookie(
        COOKIE,
        signing.dumps(token, salt=SALT),
        max_age=int(LIFE.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
        path="/",
    )
