"""Requests that may be sent twice: the first one with a key does the work, the others get its answer.

draft-ietf-httpapi-idempotency-key-header-07. A key is used up by the insert of its row, which only one can make. It
counts for one person in one session, for a day.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from linking.models import KeptAnswer

KEPT_FOR = timedelta(hours=24)
HELD_FOR = timedelta(seconds=60)  # nothing we do takes as long: whoever is not back by then was killed
SALT = "linking.idempotency"


class KeyReused(Exception):
    """The key came with another request before: nothing was done."""


class KeyInUse(Exception):
    """The first request with this key is still at work: nothing was done. Try again in `.retry_after` seconds."""

    retry_after = 1


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do the work of a key, until `until` (aware)."""

    pk: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What the first request with this key was answered."""

    status: int
    content: str


def claim(*, user_id: int, session_key: str, key: str, request: bytes, now: datetime) -> Claim | Answer:
    """Take the work of this key on, or get the answer of whoever did. Raises KeyReused, KeyInUse.

    `request` is everything that makes it this request and no other. The claim is to be settled with `keep` or
    `release`; one that never is, because its process was killed, lapses after a minute.
    """
    key_hash = _hmac(f"{session_key}\0{key}".encode())
    request_hash = _hmac(request)
    try:
        with transaction.atomic(durable=True):
            row = KeptAnswer.objects.create(
                user_id=user_id, key_hash=key_hash, request_hash=request_hash, taken_at=now, held_until=now + HELD_FOR
            )
    except IntegrityError:
        return _after_another(user_id, key_hash, request_hash, now=now)
    return Claim(row.pk, row.held_until)


def _after_another(user_id: int, key_hash: str, request_hash: str, *, now: datetime) -> Claim | Answer:
    """Somebody took this key on before."""
    row = KeptAnswer.objects.filter(user_id=user_id, key_hash=key_hash).first()
    if row is None:  # released in this very instant
        raise KeyInUse
    if now - row.taken_at < KEPT_FOR:
        if row.request_hash != request_hash:
            raise KeyReused
        if row.status is not None:
            return Answer(row.status, row.content)
        if now < row.held_until:
            raise KeyInUse
    # Yesterday's, or of a process that was killed: of several that come for it, the UPDATE lets one pass.
    until = now + HELD_FOR
    mine = KeptAnswer.objects.filter(pk=row.pk, held_until=row.held_until, status=row.status)
    if not mine.update(request_hash=request_hash, taken_at=now, held_until=until, status=None, content=""):
        raise KeyInUse
    return Claim(row.pk, until)


def keep(claimed: Claim, answer: Answer) -> None:
    """Keep the answer for whoever sends the request again; a claim that has lapsed meanwhile keeps nothing."""
    _open(claimed).update(status=answer.status, content=answer.content)


def release(claimed: Claim) -> None:
    """The request came to nothing that is worth keeping: the next one with this key does the work."""
    _open(claimed).delete()


def _open(claimed: Claim) -> QuerySet[KeptAnswer]:
    return KeptAnswer.objects.filter(pk=claimed.pk, held_until=claimed.until, status=None)


def forget_old_answers(*, now: datetime) -> int:
    """Delete what is older than a day; the number deleted."""
    deleted, _ = KeptAnswer.objects.filter(taken_at__lt=now - KEPT_FOR).delete()
    return deleted


def _hmac(value: bytes) -> str:
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()
