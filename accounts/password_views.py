"""/accounts/password/…: changing a password, and getting it back by mail."""

from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.client import client_of
from accounts.credentials import ChangedMeanwhile, PasswordRefused, check_old_password, set_password
from accounts.email_forms import EmailForm
from accounts.limits import TooManyFailures
from accounts.models import User
from accounts.navigation import here, safe_next, with_next
from accounts.recovery import ask_for_recovery, confirm_address, user_of_link
from accounts.refusals import Refusal, answer, changed_meanwhile, too_many_attempts, wrong_old_password
from accounts.second_factor import has_second_factor, used_second_factor_at
from accounts.signed_in import signed_in_user
from accounts.signup_forms import ChangePasswordForm, NewPasswordForm

LINK_KEY = "recovery_link"  # in the session: what stood in the address of the mailed link
SHOWN_KEY = "set"  # instead of it in the address of the page, which may be seen, logged and shared


@never_cache
@sensitive_post_parameters("oldpassword", "password1", "password2")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Another password; this session goes on under a new key, every other one ends."""
    user, target, now = signed_in_user(request), safe_next(request), timezone.now()
    if has_second_factor(user) and used_second_factor_at(request.session) is None:
        return redirect(with_next("mfa_reauthenticate", here(request)))
    form = ChangePasswordForm(request.POST if request.method == "POST" else None, user=user)
    refusal: Refusal | None = None
    if form.is_valid():
        try:
            check_old_password(user, form.cleaned_data["oldpassword"], now=now)
            password_hash = make_password(form.cleaned_data["password1"])
            set_password(user, password_hash, at=now, keep_signed_in=lambda changed: _keep_signed_in(request, changed))
        except PasswordRefused as refused:
            refusal = wrong_old_password(tries_left=refused.tries_left)
        except TooManyFailures as limit:
            refusal = too_many_attempts(limit, now=now)
        except ChangedMeanwhile:
            refusal = changed_meanwhile()
        else:
            messages.success(request, _("Your password is changed. You were signed out everywhere else."))
            return redirect(target or "account")
    return answer(request, "account/password_change.html", {"next": target}, form=form, refusal=refusal)


def _keep_signed_in(request: HttpRequest, user: User) -> None:
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    request.session.cycle_key()


@never_cache
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """Ask for a mail that lists the accounts of an address: the same answer whatever address."""
    form = EmailForm(request.POST if request.method == "POST" else None)
    refusal: Refusal | None = None
    if form.is_valid():
        now = timezone.now()
        try:
            ask_for_recovery(form.cleaned_data["email"], client=client_of(request, user=None), now=now)
        except TooManyFailures as limit:
            refusal = too_many_attempts(limit, now=now)
        else:
            return redirect("account_reset_password_done")
    return answer(request, "account/password_reset.html", {}, form=form, refusal=refusal)


@never_cache
@require_safe
def reset_done(request: HttpRequest) -> HttpResponse:
    """What happens next, in words that fit every address."""
    return render(request, "account/password_reset_done.html")


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def reset_from_key(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """The page behind a mailed link. Nobody is signed in by it: the second factor is still asked for."""
    if key != SHOWN_KEY:
        if user_of_link(uidb36, key) is None:
            return _link_is_over(request)
        request.session[LINK_KEY] = key
        return redirect("account_reset_password_from_key", uidb36=uidb36, key=SHOWN_KEY)
    user, now = user_of_link(uidb36, request.session.get(LINK_KEY, "")), timezone.now()
    if user is None:
        return _link_is_over(request)
    form = NewPasswordForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        try:
            set_password(user, make_password(form.cleaned_data["password1"]), at=now)
        except ChangedMeanwhile:
            return _link_is_over(request)
        confirm_address(user, at=now)
        request.session.pop(LINK_KEY, None)
        return redirect("account_reset_password_from_key_done")
    return answer(request, "account/password_reset_from_key.html", {"owner": user}, form=form)


def _link_is_over(request: HttpRequest) -> HttpResponse:
    return render(request, "account/password_reset_link_over.html", status=409)


@never_cache
@require_safe
def reset_from_key_done(request: HttpRequest) -> HttpResponse:
    return render(request, "account/password_reset_from_key_done.html")
