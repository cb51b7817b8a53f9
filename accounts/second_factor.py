"""Second factors: who has one, whether a session used one, and checking a code so that none counts twice."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import limits, recovery_codes, resent, totp
from accounts.client import Client
from accounts.crypto import decrypt, encrypt
from accounts.models import TotpDevice, User
from accounts.simulation import TOTP_SECRET
from events.kinds import EventType
from events.record import person, record

SESSION_KEY = "second_factor"


class CodeRefused(Exception):
    """The code is wrong or was used before; `.tries_left` more may be tried."""

    def __init__(self, tries_left: int) -> None:
        super().__init__(tries_left)
        self.tries_left = tries_left


@dataclass(frozen=True, slots=True)
class UsedFactor:
    """Which factor was accepted: `kind` is `totp` or `recovery_code`, `id` its row's."""

    kind: str
    id: int


def has_second_factor(user: User | AnonymousUser) -> bool:
    """Whether this person has an authenticator app enrolled."""
    return isinstance(user, User) and TotpDevice.objects.filter(user=user).exists()


def used_second_factor_at(session: Any) -> datetime | None:
    """When this session last proved a second factor (aware), or None. Works for the session of a request."""
    used = session.get(SESSION_KEY)
    return datetime.fromtimestamp(used["at"], tz=UTC) if used else None


def remember_in_session(session: Any, used: UsedFactor, *, at: datetime) -> None:
    """Note in the session which factor it has proved. Its rights have grown: the caller renews its key."""
    session[SESSION_KEY] = {"at": int(at.timestamp()), "kind": used.kind, "id": used.id}


def staff_ready(request: HttpRequest) -> bool:
    """Whether this is staff who have proved a second factor in this session: what anything in /admin/ demands."""
    user = request.user
    return user.is_authenticated and user.is_staff and used_second_factor_at(request.session) is not None


def add_totp_device(user: User, name: str, secret: str) -> TotpDevice:
    """Enrol an app by its secret (base32), without any question: for commands and the end of an enrolment.

    A device of the same name gets the new secret.
    """
    device, _created = TotpDevice.objects.update_or_create(
        user=user, name=name[:60], defaults={"secret_sealed": encrypt(secret), "last_step": 0, "last_used_at": None}
    )
    return device


def accept_code(user: User, code: str, *, client: Client, session_key: str, now: datetime) -> UsedFactor:
    """Accept a code of any of the person's apps, or a recovery code, once. Raises CodeRefused, TooManyFailures.

    Sent again from the same session (`session_key` is its cookie's) within a minute, it gets the same answer.

    The limit is the account's, not the login's: who comes so far knows the password. A browser known from an
    earlier sign-in keeps its own count, so that a thief of the password cannot lock the owner out.
    """
    who = f"device:{client.device}" if client.device else "strangers"
    attempt = limits.Attempt(
        action=limits.Action.SECOND_FACTOR,
        who=who,
        subject=str(user.pk),
        address=None if client.device else client.address,
    )
    tries_left = limits.take_try(attempt, now=now)
    typed = "".join(code.split()).replace("-", "")
    with transaction.atomic(durable=True):
        used = _use(user, typed, now=now)
        if used is not None:
            resent.note_use(session_key, typed, kind=used.kind, factor_id=used.id, now=now)
            if used.kind == "recovery_code":
                record(EventType.RECOVERY_CODE_USED, actor=person(user.pk), subject=("user", user.pk))
        elif noted := resent.noted_use(session_key, typed, now=now):
            used = UsedFactor(*noted)
        if used is None:
            record(EventType.FACTOR_FAILED, actor=person(user.pk), subject=("user", user.pk))
        else:
            limits.succeed(attempt)
    if used is None:
        raise CodeRefused(tries_left)
    return used


def _use(user: User, typed: str, *, now: datetime) -> UsedFactor | None:
    if len(typed) == totp.DIGITS and typed.isascii() and typed.isdigit():
        for device in TotpDevice.objects.filter(user=user):
            if _use_totp(device, typed, now=now):
                return UsedFactor("totp", device.pk)
        return None
    used = recovery_codes.use(user, typed, now=now)
    return UsedFactor("recovery_code", used) if used else None


def _use_totp(device: TotpDevice, code: str, *, now: datetime) -> bool:
    """Use a code up: of two that bring the same one at the same time, the UPDATE lets one pass."""
    for step in totp.steps_of(code, secret=decrypt(device.secret_sealed), at=now):
        rows = TotpDevice.objects.filter(pk=device.pk, last_step__lt=step)
        if rows.update(last_step=step, last_used_at=now):
            return True
    return False


def demo_code(user: User) -> str | None:
    """The code that works now, for accounts with the published demo secret in a demonstration; else None."""
    if not settings.PORTAL_DEMO:
        return None
    now = timezone.now()
    for device in TotpDevice.objects.filter(user=user):
        if decrypt(device.secret_sealed) == TOTP_SECRET:
            step = totp.step_at(now)
            # Used already in this half minute: the next one works too, a clock may be that far ahead.
            return totp.code_of(TOTP_SECRET, step=step if device.last_step < step else step + 1)
    return None
