"""/accounts/2fa/authenticate/ and /accounts/2fa/reauthenticate/: asking for a code, while and after signing in."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.client import client_of
from accounts.limits import TooManyFailures
from accounts.models import User
from accounts.navigation import after_sign_in, safe_next, with_next
from accounts.refusals import Refusal, answer, invalid_code, too_many_attempts
from accounts.resent import leave_behind
from accounts.second_factor import (
    CodeRefused,
    UsedFactor,
    accept_code,
    demo_code,
    has_second_factor,
    remember_in_session,
)
from accounts.signed_in import signed_in_user
from accounts.signin_forms import CodeForm, RecoveryCodeForm
from accounts.signin_views import finish_sign_in
from accounts.stages import waiting_stage


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def authenticate(request: HttpRequest) -> HttpResponse:
    """The second step of signing in."""
    if request.user.is_authenticated:
        return redirect(safe_next(request) or "account")
    stage = waiting_stage(request)
    if stage is None:
        return redirect("account_login")
    if not stage.is_resumable(request):
        return _as_response(stage.abort())
    user, now = stage.login.user, timezone.now()
    form = _form(request)
    used, refusal = _try(request, form, user, now=now)
    if used is None:
        context = {"demo_code": demo_code(user), "recovery": isinstance(form, RecoveryCodeForm)}
        return answer(request, "mfa/authenticate.html", context, form=form, refusal=refusal)
    response = _as_response(stage.exit())
    remember_in_session(request.session, used, at=now)
    finish_sign_in(request, response, user, factor=used.kind)
    return response


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def reauthenticate(request: HttpRequest) -> HttpResponse:
    """A code from somebody who is signed in: what they are about to do asks for a factor used in this session."""
    user, target, now = signed_in_user(request), safe_next(request), timezone.now()
    if not has_second_factor(user):
        return HttpResponseRedirect(with_next("mfa_activate_totp", target))
    form = _form(request)
    used, refusal = _try(request, form, user, now=now)
    if used is None:
        context = {"demo_code": demo_code(user), "recovery": isinstance(form, RecoveryCodeForm), "next": target}
        return answer(request, "mfa/reauthenticate.html", context, form=form, refusal=refusal)
    remember_in_session(request.session, used, at=now)
    request.session.cycle_key()
    return HttpResponseRedirect(target or after_sign_in(user))


def _form(request: HttpRequest) -> CodeForm:
    """The form that is asked for: both take both kinds of code, they only say it differently."""
    kind = RecoveryCodeForm if request.GET.get("use") == "recovery" else CodeForm
    return kind(request.POST if request.method == "POST" else None)


def _try(
    request: HttpRequest, form: CodeForm, user: User, *, now: datetime
) -> tuple[UsedFactor | None, Refusal | None]:
    if not form.is_valid():
        return None, None
    try:
        used = accept_code(
            user,
            form.cleaned_data["code"],
            client=client_of(request, user=user),
            session_key=request.session.session_key or "",
            now=now,
        )
    except CodeRefused as refused:
        return None, invalid_code(tries_left=refused.tries_left)
    except TooManyFailures as limit:
        return None, too_many_attempts(limit, now=now)
    leave_behind(request.session)
    return used, None


def _as_response(response: object) -> HttpResponse:
    """allauth's stages are not typed."""
    assert isinstance(response, HttpResponse)
    return response
