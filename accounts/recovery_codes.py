"""Ten codes for the day on which no authenticator app is at hand: shown once, kept hashed, each works once."""

import secrets
from datetime import datetime
from hashlib import sha256

from accounts.models import RecoveryCode, User

COUNT = 10
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that reads like something else
LENGTH = 10  # 49 random bits: a hash without salt or stretching keeps it


def _hashed(user: User, code: str) -> str:
    return sha256(f"{user.pk}:{code}".encode()).hexdigest()


def make(user: User, *, now: datetime) -> list[str]:
    """Ten new codes, as they are shown; older ones stop working. To be called in the caller's transaction."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(COUNT)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, code_hash=_hashed(user, code), made_at=now) for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def left(user: User) -> int:
    """How many of the person's codes still work."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def use(user: User, typed: str, *, now: datetime) -> int | None:
    """Use a code up; its row's id, or None if there is no such unused code. Dashes and capitals don't matter."""
    rows = RecoveryCode.objects.filter(
        user=user, code_hash=_hashed(user, typed.replace("-", "").casefold()), used_at=None
    )
    found = rows.values_list("pk", flat=True).first()
    if found is None or not rows.update(used_at=now):
        return None
    return found
