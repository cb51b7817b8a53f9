"""/accounts/2fa/recovery-codes/…: ten codes, shown once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import recovery_codes, shown_once
from accounts.enrolment import renew_recovery_codes
from accounts.navigation import here, safe_next, with_next
from accounts.second_factor import has_second_factor, used_second_factor_at
from accounts.signed_in import signed_in_user


@never_cache
@require_http_methods(["GET", "POST"])
def view_codes(request: HttpRequest) -> HttpResponse:
    """New codes until the person has kept them (the POST); afterwards only how many are left."""
    user, target, now = signed_in_user(request), safe_next(request), timezone.now()
    if request.method == "POST":
        shown_once.forget(request.session)
        return redirect(target or "mfa_index")
    codes = shown_once.waiting(request.session, now=now)
    context = {"codes": codes, "next": target, "left": recovery_codes.left(user), "has_app": has_second_factor(user)}
    return render(request, "mfa/recovery_codes.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def generate(request: HttpRequest) -> HttpResponse:
    """Ten new codes instead of the old ones."""
    user, now = signed_in_user(request), timezone.now()
    if not has_second_factor(user):
        return redirect("mfa_index")
    used_at = used_second_factor_at(request.session)
    if used_at is None:
        return redirect(with_next("mfa_reauthenticate", here(request)))
    if request.method == "POST":
        shown_once.keep(request.session, renew_recovery_codes(user, factor_used_at=used_at, now=now), now=now)
        return redirect("mfa_view_recovery_codes")
    return render(request, "mfa/generate_recovery_codes.html", {"left": recovery_codes.left(user)})
