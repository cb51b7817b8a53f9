"""A new password for a CM/ECF login, by a one-time link to the address that the court has on file.

Nobody is shown it, staff included. A filer may ask without telling whether the login exists; a clerk may send it.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import limits
from accounts.client import Client
from accounts.crypto import Undecipherable, decrypt, encrypt
from accounts.keys import name_key
from accounts.mail import enqueue_mail
from accounts.models import FilerAccount, FilerStatus, PacerAccount
from courts.models import Court
from courts.words import instant_words
from events.kinds import EventType
from events.record import Actor, person, record, system
from linking.credentials import LONGEST_LOGIN, limit_subject
from linking.models import FilerReset, Link, ResetRequest
from linking.repair import RepairRefused
from linking.tokens import absolute

LIFE = timedelta(hours=24)
SHORTEST = 8  # characters; it is typed once more and then retired
LONGEST = 128


class ResetVoid(Exception):
    """This one-time link was used, has expired, never was, or the password has changed since."""


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def ask_reset(*, account: PacerAccount, court: Court, login: str, client: Client, now: datetime) -> None:
    """Keep the question; the worker answers it by mail if the login exists. Raises limits.TooManyFailures."""
    attempt = limits.Attempt(
        action=limits.Action.RECOVERY,
        who=f"account:{account.pk}",
        subject=limit_subject(court, login),
        address=client.address,
    )
    limits.take_try(attempt, now=now)
    ResetRequest.objects.create(
        court=court.host, login_sealed=encrypt(login[:LONGEST_LOGIN]), actor_id=str(account.user_id), asked_at=now
    )


def answer_reset_requests(*, now: datetime, batch: int = 50) -> int:
    """Mail the resets that were asked for; the number of questions answered. Safe to run in several workers."""
    waiting = ResetRequest.objects.order_by("asked_at", "pk").values_list("pk", flat=True)[:batch]
    return sum(_answer(pk, now=now) for pk in list(waiting))


@transaction.atomic(durable=True)
def _answer(pk: int, *, now: datetime) -> bool:
    rows = ResetRequest.objects.select_for_update(skip_locked=True).filter(pk=pk)
    request = rows.first()
    if request is None:
        return False
    try:
        key = name_key(decrypt(request.login_sealed))
    except Undecipherable:
        key = ""
    filer = FilerAccount.objects.select_related("court").filter(court=request.court_id, login_key=key).first()
    if filer is not None and reset_obstacle(filer) is None:
        _send(filer, actor=person(int(request.actor_id)), now=now)
    elif filer is not None and filer.email and filer.status == FilerStatus.ACTIVE:
        _tell_it_is_linked(filer, request)
    request.delete()
    return True


def reset_obstacle(filer: FilerAccount) -> str | None:
    """Why no reset can be mailed, in words for a clerk; None when it can."""
    if filer.status != FilerStatus.ACTIVE:
        return _("This filer account is closed or suspended. Open it first.")
    if not filer.email:
        return _("The court has no email address on file for this filer. Add one with the next roster.")
    if Link.objects.held().filter(filer=filer).exists():
        return _("This CM/ECF login is linked to a PACER account and no longer used.")
    return None


@transaction.atomic(durable=True)
def send_reset(filer_id: int, *, actor: Actor, now: datetime) -> str:
    """What a clerk does: mail a one-time link to the filer; the address it went to. Raises RepairRefused."""
    filer = FilerAccount.objects.select_related("court").select_for_update(no_key=True, of=("self",)).get(pk=filer_id)
    if (why := reset_obstacle(filer)) is not None:
        raise RepairRefused(why)
    _send(filer, actor=actor, now=now)
    return filer.email


def _send(filer: FilerAccount, *, actor: Actor, now: datetime) -> None:
    token = secrets.token_urlsafe(32)
    reset = FilerReset.objects.create(
        filer=filer,
        token_hash=_hashed(token),
        password_version=filer.password_version,
        created_at=now,
        expires_at=now + LIFE,
    )
    court = filer.court
    enqueue_mail(
        key=f"filer-reset:{reset.pk}",
        kind="filer_reset",
        to=filer.email,
        context={
            "court": court.short_name,
            "login": filer.login,
            "reset_url": absolute(reverse("filer_reset", args=[court.pk, token])),
            "until_words": instant_words(reset.expires_at, court.time_zone),
            "help_desk_phone": court.help_desk_phone,
        },
    )
    record(EventType.FILER_RESET_SENT, actor=actor, court_id=court.pk, subject=("filer", filer.pk), at=now)


def _tell_it_is_linked(filer: FilerAccount, request: ResetRequest) -> None:
    court = filer.court
    enqueue_mail(
        key=f"filer-reset-linked:{request.pk}",
        kind="filer_reset_linked",
        to=filer.email,
        context={
            "court": court.short_name,
            "login": filer.login,
            "filing_url": absolute(reverse("cmecf", args=[court.pk])),
            "help_desk_phone": court.help_desk_phone,
        },
    )


def open_reset(token: str, *, court: Court, now: datetime) -> FilerReset:
    """The reset that a mail's link names, still good. Raises ResetVoid."""
    resets = FilerReset.objects.select_related("filer")
    reset = resets.filter(token_hash=_hashed(token), filer__court=court.host).first()
    if reset is None or not _is_good(reset, reset.filer, now=now):
        raise ResetVoid
    return reset


def _is_good(reset: FilerReset, filer: FilerAccount, *, now: datetime) -> bool:
    return (
        reset.used_at is None
        and now < reset.expires_at
        and reset.password_version == filer.password_version
        and reset_obstacle(filer) is None
    )


def use_reset(token: str, *, court: Court, password: str, now: datetime) -> FilerAccount:
    """Set the new password, once. Raises ResetVoid. Hashes, so it must run outside transactions."""
    reset = open_reset(token, court=court, now=now)
    password_hash = make_password(password)
    filer = _use(reset.pk, password_hash, now=now)
    limits.clear(action=limits.Action.LINK, subject=limit_subject(court, filer.login))
    return filer


@transaction.atomic(durable=True)
def _use(reset_id: int, password_hash: str, *, now: datetime) -> FilerAccount:
    """Of two that bring the same link at the same time, the conditional UPDATE lets one pass."""
    reset = FilerReset.objects.get(pk=reset_id)
    filers = FilerAccount.objects.select_related("court").select_for_update(no_key=True, of=("self",))
    filer = filers.get(pk=reset.filer_id)
    if not _is_good(reset, filer, now=now) or not FilerReset.objects.filter(pk=reset_id, used_at=None).update(
        used_at=now
    ):
        raise ResetVoid
    FilerAccount.objects.filter(pk=filer.pk).update(
        password=password_hash, password_version=F("password_version") + 1, updated_at=now
    )
    record(
        EventType.FILER_RESET_USED,
        actor=system("mail"),
        court_id=filer.court_id,
        subject=("filer", filer.pk),
        at=now,
    )
    enqueue_mail(
        key=f"filer-reset-used:{reset_id}",
        kind="filer_reset_used",
        to=filer.email,
        context={
            "court": filer.court.short_name,
            "login": filer.login,
            "help_desk_phone": filer.court.help_desk_phone,
        },
    )
    return filer


def forget_old_resets(*, now: datetime) -> int:
    """Delete one-time links a week after they expired; the number deleted."""
    return FilerReset.objects.filter(expires_at__lt=now - timedelta(days=7)).delete()[0]
