"""/accounts/login/ and /accounts/logout/."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.client import client_of, device_token, set_device_cookie
from accounts.limits import TooManyFailures
from accounts.models import User
from accounts.navigation import after_sign_in, safe_next
from accounts.refusals import answer, invalid_credentials, too_many_attempts
from accounts.signin import SignInRefused, find_user, record_sign_in, record_sign_out, verify_sign_in
from accounts.signin_forms import SignInForm


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Username and password; then the second factor of whoever has one, then on to `next`."""
    target, user = safe_next(request), request.user
    if request.method == "GET" and isinstance(user, User):
        return redirect(target or after_sign_in(user))
    form, refusal = SignInForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        now, typed = timezone.now(), form.cleaned_data["login"]
        found = find_user(typed)
        client = client_of(request, user=found)
        try:
            proved = verify_sign_in(found, form.cleaned_data["password"], login=typed, client=client, now=now)
        except SignInRefused as refused:
            refusal = invalid_credentials(tries_left=refused.tries_left)
        except TooManyFailures as limit:
            refusal = too_many_attempts(limit, now=now)
        else:
            return sign_in(request, proved, target=target)
    return answer(request, "account/login.html", {"next": target}, form=form, refusal=refusal)


def sign_in(request: HttpRequest, user: User, *, target: str) -> HttpResponse:
    """What follows the right password: the page for the second factor, or the session and the page `target`."""
    if request.user.is_authenticated:
        end_session(request)  # somebody else was signed in here; nothing of theirs goes on
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url=target or None))
    if request.user.is_authenticated:
        finish_sign_in(request, response, user, factor="")
    return response


def finish_sign_in(request: HttpRequest, response: HttpResponse, user: User, *, factor: str) -> None:
    """Record the sign-in and know this browser again; all factors were given."""
    token = device_token(request)
    record_sign_in(user, factor=factor, device_token=token, at=timezone.now())
    set_device_cookie(response, token)


@never_cache
@require_http_methods(["GET", "POST"])
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out, or give up a sign-in that waits for its second factor. A mere link changes nothing."""
    if request.method == "GET":
        return render(request, "account/logout.html") if request.user.is_authenticated else redirect("home")
    if isinstance(request.user, User):
        record_sign_out(request.user, at=timezone.now())
    end_session(request)
    return HttpResponseRedirect(safe_next(request) or "/")
