"""Manage My Account: what a person changes, one form a page. A Legacy account is upgraded first."""

from collections.abc import Callable
from functools import partial, wraps

from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import PacerAccount, User
from accounts.profile import change_address, change_person, change_username
from accounts.upgrade import UsernameTaken
from accounts.upgrade_forms import AddressForm, PersonForm, UsernameForm
from cmecf_portal.views.account import with_own_account


def _upgraded(view: Callable[[HttpRequest, PacerAccount], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Any change leads a Legacy account to its upgrade first, as at PACER."""

    @wraps(view)
    def upgrade_first(request: HttpRequest, account: PacerAccount) -> HttpResponse:
        return redirect("account_upgrade") if account.is_legacy else view(request, account)

    return with_own_account(upgrade_first)


def _answer(request: HttpRequest, form: PersonForm | AddressForm | UsernameForm, template: str) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"portal/{template}.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@_upgraded
def person(request: HttpRequest, account: PacerAccount) -> HttpResponse:
    """Update Personal Information."""
    initial = {name: getattr(account, name) for name in PersonForm.base_fields}
    form = PersonForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        change_person(account, form.person(), at=timezone.now())
        messages.success(request, _("Your personal information is kept."))
        return redirect("account_maintenance")
    return _answer(request, form, "account_person")


@never_cache
@require_http_methods(["GET", "POST"])
@_upgraded
def address(request: HttpRequest, account: PacerAccount) -> HttpResponse:
    """Update Address Information. The button beside the state only brings its counties."""
    if request.method == "POST" and "show_counties" in request.POST:
        return _answer(request, AddressForm(initial=request.POST.dict()), "account_address")
    initial = {name: getattr(account, name) for name in AddressForm.base_fields}
    form = AddressForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        change_address(account, form.address_given(), at=timezone.now())
        messages.success(request, _("Your address is kept. Courts have their own record of it: tell them too."))
        return redirect("account_maintenance")
    return _answer(request, form, "account_address")


@never_cache
@require_http_methods(["GET", "POST"])
@_upgraded
def username(request: HttpRequest, account: PacerAccount) -> HttpResponse:
    """Change Username."""
    form = UsernameForm(
        request.POST if request.method == "POST" else None,
        initial={"username": account.user.username},
        user=account.user,
    )
    if form.is_valid():
        try:
            change_username(
                account,
                form.cleaned_data["username"],
                at=timezone.now(),
                keep_signed_in=partial(_keep_signed_in, request),
            )
        except UsernameTaken:
            form.add_error("username", _("Somebody else has this username. Choose another one."))
        else:
            messages.success(request, _("From now on you sign in with this username."))
            return redirect("account")
    return _answer(request, form, "account_username")


def _keep_signed_in(request: HttpRequest, user: User) -> None:
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    request.session.save()
