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
    token = device_token(request)
    keep_device(user, token, now=now)
    set_device_cookie(response, token)


def device_token(request: HttpRequest) -> str:
    """What names this browser, or a new name for it."""
    return _token(request) or secrets.token_urlsafe(24)


def keep_device(user: User, token: str, *, now: datetime) -> None:
    """Note that this browser has signed in to the account."""
    if not KnownDevice.objects.filter(user=user, token_hash=_hashed(token)).update(seen_at=now):
        device = KnownDevice(user=user, token_hash=_hashed(token), seen_at=now)
        KnownDevice.objects.bulk_create([device], ignore_conflicts=True)


def forget_old_devices(*, now: datetime) -> int:
    """Delete devices whose cookie has ended; the number deleted."""
    deleted, _ = KnownDevice.objects.filter(seen_at__lt=now - LIFE).delete()
    return deleted


def set_device_cookie(response: HttpResponseBase, token: str) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(token, salt=SALT),
        max_age=int(LIFE.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
        path="/",
    )
