"""/accounts/email/ and /accounts/confirm-email/: giving an address, and showing that it is one's own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.client import Client, client_of
from accounts.email_change import OldAddressMissing, Purpose, confirm_email, needs_old_address
from accounts.email_forms import ConfirmEmailForm, EmailForm
from accounts.limits import Action, TooManyFailures
from accounts.mailed_codes import CodeExpired, is_proven, prove_code, send_code
from accounts.models import User
from accounts.navigation import here, safe_next, with_next
from accounts.refusals import Refusal, answer, expired_code, invalid_code, too_many_attempts
from accounts.second_factor import CodeRefused, has_second_factor, used_second_factor_at
from accounts.signed_in import signed_in_user

PENDING = "email_code"  # in the session: {"email": address, "code": id, "old": id or None}


def send_codes(request: HttpRequest, user: User, email: str, *, now: datetime) -> None:
    """Mail a code to `email`, and one to the old address where that is asked for. Raises TooManyFailures."""
    client = client_of(request, user=user)
    code = send_code(user, purpose=Purpose.EMAIL, email=email, client=client, now=now)
    old = None
    if needs_old_address(user, email):
        old = send_code(user, purpose=Purpose.OLD, email=user.email, client=client, now=now)
    request.session[PENDING] = {"email": email, "code": str(code.pk), "old": str(old.pk) if old else None}


@never_cache
@require_http_methods(["GET", "POST"])
def email(request: HttpRequest) -> HttpResponse:
    """The address on record, and the form for another one."""
    user, target, now = signed_in_user(request), safe_next(request), timezone.now()
    if has_second_factor(user) and used_second_factor_at(request.session) is None:
        return redirect(with_next("mfa_reauthenticate", here(request)))
    form = EmailForm(request.POST if request.method == "POST" else None, initial={"email": user.email})
    refusal: Refusal | None = None
    if form.is_valid():
        if form.cleaned_data["email"] == user.email and user.email_verified_at:
            messages.info(request, _("This is your address already, and it is confirmed."))
            return redirect(target or "account_email")
        try:
            send_codes(request, user, form.cleaned_data["email"], now=now)
        except TooManyFailures as limit:
            refusal = too_many_attempts(limit, now=now)
        else:
            return redirect(with_next("account_email_verification_sent", target))
    context = {"next": target, "owner": user}
    return answer(request, "account/email.html", context, form=form, refusal=refusal)


@never_cache
@sensitive_post_parameters("code", "old_code")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Take the mailed code or codes; the address then counts."""
    user, target, now = signed_in_user(request), safe_next(request), timezone.now()
    pending = request.session.get(PENDING) or {"email": user.email, "code": None, "old": None}
    if not pending["email"] or (user.email_verified_at and not pending["code"]):
        return redirect(with_next("account_email", target))
    sending = "send" in request.POST
    form = ConfirmEmailForm(
        request.POST if request.method == "POST" and not sending else None,
        ask_old=bool(pending["old"]),
    )
    refusal: Refusal | None = None
    try:
        if sending:
            send_codes(request, user, pending["email"], now=now)
            return redirect(with_next("account_email_verification_sent", target))
        if form.is_valid():
            _confirm(user, pending, form.cleaned_data, client=client_of(request, user=user), now=now)
            request.session.pop(PENDING, None)
            messages.success(request, _("Your email address is confirmed."))
            return redirect(target or "account")
    except CodeRefused as refused:
        refusal = invalid_code(tries_left=refused.tries_left, action=Action.CODE)
    except (CodeExpired, OldAddressMissing):
        refusal = expired_code()
    except TooManyFailures as limit:
        refusal = too_many_attempts(limit, now=now)
    context = {"next": target, "email": pending["email"], "old": pending["old"] and user.email}
    context |= {"sent": bool(pending["code"]), "demo": settings.PORTAL_DEMO}
    return answer(request, "account/confirm_email.html", context, form=form, refusal=refusal)


def _confirm(user: User, pending: dict[str, Any], given: dict[str, str], *, client: Client, now: datetime) -> None:
    """Each code is proved once; one that was right stays so while the other is typed again."""
    proofs = {}
    for purpose, key, field in ((Purpose.EMAIL, "code", "code"), (Purpose.OLD, "old", "old_code")):
        row_id = UUID(pending[key]) if pending[key] else None
        proofs[purpose] = row_id
        if row_id and not is_proven(row_id, user=user, purpose=purpose, now=now):
            prove_code(row_id, given[field], user=user, purpose=purpose, client=client, now=now)
    if (proof := proofs[Purpose.EMAIL]) is None:
        raise CodeExpired
    confirm_email(user, proof=proof, old_proof=proofs[Purpose.OLD], at=now)
