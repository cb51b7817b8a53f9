"""/accounts/2fa/totp/…: adding an authenticator app, with a mailed code before the first, and removing one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import recovery_codes, shown_once, totp
from accounts.client import client_of
from accounts.crypto import decrypt, encrypt
from accounts.enrolment import (
    MOST_DEVICES,
    Enrolled,
    FactorNotUsed,
    NameTaken,
    TooManyDevices,
    WrongCode,
    enrol,
    remove_device,
)
from accounts.enrolment_forms import AppForm, MailedCodeForm
from accounts.limits import Action, TooManyFailures
from accounts.mailed_codes import CodeExpired, is_proven, prove_code, send_code
from accounts.models import MailedCode, TotpDevice, User
from accounts.navigation import here, safe_next, with_next
from accounts.qr import draw
from accounts.refusals import Refusal, answer, expired_code, invalid_code, too_many_attempts, wrong_app_code
from accounts.second_factor import (
    SESSION_KEY,
    CodeRefused,
    has_second_factor,
    remember_in_session,
    used_second_factor_at,
)
from accounts.signed_in import signed_in_user

ENROLMENT = "enrolment"  # in the session: {"code": id of the mailed code, "secret": sealed}
PURPOSE = MailedCode.Purpose.ENROL


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The person's devices and how many recovery codes are left."""
    user = signed_in_user(request)
    devices = list(TotpDevice.objects.filter(user=user))
    context = {
        "devices": devices,
        "codes_left": recovery_codes.left(user),
        "may_add": len(devices) < MOST_DEVICES,
        "most": MOST_DEVICES,
    }
    return render(request, "mfa/index.html", context)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """Add an app. The first needs a mailed code, any other a factor used in this session; then on to `next`."""
    user, now = signed_in_user(request), timezone.now()
    if has_second_factor(user):
        if used_second_factor_at(request.session) is None:
            return redirect(with_next("mfa_reauthenticate", here(request)))
        return _app_step(request, user, now=now)
    if is_proven(_mailed_code(request), user=user, purpose=PURPOSE, now=now):
        return _app_step(request, user, now=now)
    return _mail_step(request, user, now=now)


def steps() -> list[str]:
    """Of turning on the first factor."""
    return [_("Your mailbox"), _("Your app"), _("Recovery codes")]


def _mailed_code(request: HttpRequest) -> UUID | None:
    kept = request.session.get(ENROLMENT, {}).get("code")
    return UUID(kept) if kept else None


def _keep(request: HttpRequest, **facts: str) -> None:
    request.session[ENROLMENT] = {**request.session.get(ENROLMENT, {}), **facts}


def _mail_step(request: HttpRequest, user: User, *, now: datetime) -> HttpResponse:
    """Send a code to the address on record; take it back."""
    target, client = safe_next(request), client_of(request, user=user)
    sent, refusal = _mailed_code(request), None
    sending = "send" in request.POST
    form = MailedCodeForm(request.POST if request.method == "POST" and not sending else None)
    try:
        if sending and user.email:
            row = send_code(user, purpose=PURPOSE, email=user.email, client=client, now=now)
            _keep(request, code=str(row.pk))
            return redirect(with_next("mfa_activate_totp", target))
        if form.is_valid():
            prove_code(
                sent or UUID(int=0), form.cleaned_data["code"], user=user, purpose=PURPOSE, client=client, now=now
            )
            return redirect(with_next("mfa_activate_totp", target))
    except CodeRefused as refused:
        refusal = invalid_code(tries_left=refused.tries_left, action=Action.CODE)
    except CodeExpired:
        refusal = expired_code()
    except TooManyFailures as limit:
        refusal = too_many_attempts(limit, now=now)
    context = {"next": target, "email": user.email, "sent": sent, "demo": settings.PORTAL_DEMO, "steps": steps()}
    return answer(request, "mfa/mail_step.html", context, form=form, refusal=refusal)


def _app_step(request: HttpRequest, user: User, *, now: datetime) -> HttpResponse:
    """Show a new secret, take the app's first code."""
    target = safe_next(request)
    sealed = request.session.get(ENROLMENT, {}).get("secret")
    if request.method == "POST" and not sealed:
        return _after(request, target, now=now)  # a second click: the first has enrolled the app
    secret = decrypt(sealed) if sealed else totp.new_secret()
    if not sealed:
        _keep(request, secret=encrypt(secret))
    form = AppForm(request.POST if request.method == "POST" else None, user=user)
    refusal: Refusal | None = None
    if form.is_valid():
        try:
            done = _enrol(request, user, form.cleaned_data, secret=secret, now=now)
        except WrongCode:
            refusal = wrong_app_code()
        except (NameTaken, FactorNotUsed, CodeExpired, TooManyDevices):
            return redirect(with_next("mfa_index", target))  # another tab was quicker
        else:
            _remember(request, done, now=now)
            return _after(request, target, now=now)
    context = {
        "next": target,
        "steps": [] if has_second_factor(user) else steps(),
        "qr": draw(totp.enrolment_uri(secret=secret, username=user.username)),
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
    }
    return answer(request, "mfa/app_step.html", context, form=form, refusal=refusal)


def _enrol(request: HttpRequest, user: User, given: dict[str, Any], *, secret: str, now: datetime) -> Enrolled:
    return enrol(
        user,
        name=given["name"],
        secret=secret,
        code=given["code"],
        proof=_mailed_code(request),
        factor_used_at=used_second_factor_at(request.session),
        now=now,
    )


def _remember(request: HttpRequest, done: Enrolled, *, now: datetime) -> None:
    """This session has used a factor now; its rights have grown, so its key changes."""
    request.session.pop(ENROLMENT, None)
    remember_in_session(request.session, done.used, at=now)
    if done.recovery_codes:
        shown_once.keep(request.session, done.recovery_codes, now=now)
    request.session.cycle_key()


def _after(request: HttpRequest, target: str, *, now: datetime) -> HttpResponse:
    if shown_once.waiting(request.session, now=now):
        return redirect(with_next("mfa_view_recovery_codes", target))
    return redirect(target or "mfa_index")


@never_cache
@require_http_methods(["GET", "POST"])
def deactivate(request: HttpRequest) -> HttpResponse:
    """Remove the app `?device=`, after a look at what that means."""
    user = signed_in_user(request)
    asked = request.POST.get("device") or request.GET.get("device", "")
    devices = list(TotpDevice.objects.filter(user=user))
    device = next((device for device in devices if str(device.pk) == asked), None)
    if device is None:
        if request.method == "POST":
            return redirect("mfa_index")  # a second click
        raise Http404
    used_at = used_second_factor_at(request.session)
    if used_at is None:
        return redirect(with_next("mfa_reauthenticate", f"{request.path}?device={device.pk}"))
    if request.method == "POST":
        remove_device(user, device.pk, factor_used_at=used_at, now=timezone.now())
        if len(devices) == 1:
            request.session.pop(SESSION_KEY, None)
        return redirect("mfa_index")
    return render(request, "mfa/deactivate.html", {"device": device, "is_last": len(devices) == 1})
