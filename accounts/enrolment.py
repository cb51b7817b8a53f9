"""Authenticator apps and recovery codes: enrolling, removing, making new ones. Rules: design.md, section 7.

The first app needs a code mailed to the person's address, so that a stolen password alone enrols nobody; any
further change needs a factor used in this session. Every change is told by mail.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts import recovery_codes, totp
from accounts.crypto import encrypt
from accounts.mail import enqueue_mail
from accounts.mailed_codes import use_proof
from accounts.models import MailedCode, RecoveryCode, TotpDevice, User
from accounts.second_factor import UsedFactor
from events.kinds import EventType
from events.record import person, record

MOST_DEVICES = 10  # domain.md, section 2.6


class WrongCode(Exception):
    """The app does not make this code: another secret, another clock, or a slip of the finger."""


class NameTaken(Exception):
    """Another app of this person has this name."""


class TooManyDevices(Exception):
    """Ten apps are enrolled: one has to go first."""


class FactorNotUsed(Exception):
    """This change needs a second factor used in this session."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """`recovery_codes` are new ones, to be shown once; empty where the person had some."""

    device: TotpDevice
    used: UsedFactor
    recovery_codes: list[str] = field(default_factory=list)


def enrol(
    user: User,
    *,
    name: str,
    secret: str,
    code: str,
    proof: UUID | None,
    factor_used_at: datetime | None,
    now: datetime,
) -> Enrolled:
    """Add an app that makes right codes. `proof` is the proven mailed code that the first app needs.

    Raises WrongCode, NameTaken, TooManyDevices, FactorNotUsed; CodeExpired where the proof is no more.
    """
    step = max(totp.steps_of("".join(code.split()), secret=secret, at=now), default=None)
    if step is None:
        raise WrongCode
    try:
        return _enrol(user, name=name, secret=secret, step=step, proof=proof, factor_used_at=factor_used_at, now=now)
    except IntegrityError:
        raise NameTaken from None


@transaction.atomic(durable=True)
def _enrol(
    user: User,
    *,
    name: str,
    secret: str,
    step: int,
    proof: UUID | None,
    factor_used_at: datetime | None,
    now: datetime,
) -> Enrolled:
    # Held until the end: of two that enrol at once the second sees the first's app.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    devices = TotpDevice.objects.filter(user=user).count()
    if devices >= MOST_DEVICES:
        raise TooManyDevices
    if devices and factor_used_at is None:
        raise FactorNotUsed
    if not devices:
        email = use_proof(proof or UUID(int=0), user=user, purpose=MailedCode.Purpose.ENROL, now=now)
        User.objects.filter(pk=user.pk, email=email, email_verified_at=None).update(email_verified_at=now)
    device = TotpDevice.objects.create(
        user=user, name=name[:60], secret_sealed=encrypt(secret), last_step=step, added_at=now, last_used_at=now
    )
    record(EventType.FACTOR_ADDED, actor=person(user.pk), subject=("user", user.pk), facts={"device": device.pk})
    _tell(user, "factor_added", key=str(device.pk), name=device.name)
    codes = [] if recovery_codes.left(user) else _new_codes(user, now=now)
    return Enrolled(device, UsedFactor("totp", device.pk), codes)


@transaction.atomic(durable=True)
def remove_device(user: User, device_id: int, *, factor_used_at: datetime | None, now: datetime) -> bool:
    """Remove an app of this person; whether there was one. With the last one the recovery codes go too.

    Raises FactorNotUsed.
    """
    if factor_used_at is None:
        raise FactorNotUsed
    device = TotpDevice.objects.filter(user=user, pk=device_id).first()
    if device is None or not TotpDevice.objects.filter(pk=device.pk).delete()[0]:
        return False
    record(EventType.FACTOR_REMOVED, actor=person(user.pk), subject=("user", user.pk), facts={"device": device_id})
    if not TotpDevice.objects.filter(user=user).exists():
        RecoveryCode.objects.filter(user=user).delete()
    _tell(user, "factor_removed", key=f"{device_id}:{now.timestamp():.0f}", name=device.name)
    return True


@transaction.atomic(durable=True)
def renew_recovery_codes(user: User, *, factor_used_at: datetime | None, now: datetime) -> list[str]:
    """Ten new recovery codes, to be shown once; the old ones stop. Raises FactorNotUsed."""
    if factor_used_at is None:
        raise FactorNotUsed
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    codes = _new_codes(user, now=now)
    _tell(user, "recovery_codes_made", key=f"{user.pk}:{now.timestamp():.3f}")
    return codes


def _new_codes(user: User, *, now: datetime) -> list[str]:
    record(EventType.RECOVERY_CODES_MADE, actor=person(user.pk), subject=("user", user.pk))
    return recovery_codes.make(user, now=now)


def _tell(user: User, kind: str, *, key: str, **facts: str) -> None:
    enqueue_mail(
        key=f"{kind.replace('_', '-')}:{key}", kind=kind, to=user.email, context={"username": user.username, **facts}
    )
