"""/account/upgrade/: Person, Address, Security. Answers wait in the session; only the last step changes anything."""

from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import PacerAccount, User
from accounts.second_factor import has_second_factor
from accounts.upgrade import (
    Address,
    Obstacle,
    Person,
    UpgradeRefused,
    UsernameTaken,
    upgrade_account,
    upgrade_obstacle,
)
from accounts.upgrade_forms import AddressForm, IsThisYouForm, SecurityForm

DRAFT = "upgrade"  # in the session: {"account": id, "person": {…}, "address": {…}}
PERSON_FIELDS = ("first_name", "middle_name", "last_name", "suffix", "organization", "date_of_birth", "user_type")
ADDRESS_FIELDS = ("address", "address_more", "city", "state", "county", "zip", "phone")


def _own_account(request: HttpRequest) -> PacerAccount | None:
    key = getattr(request.user, "username_key", "")
    return PacerAccount.objects.select_related("user").filter(user__username_key=key).first()


def _legacy_account(request: HttpRequest) -> PacerAccount | HttpResponse:
    """The account to be upgraded, or the page that says why there is none."""
    account = _own_account(request)
    obstacle = upgrade_obstacle(account)
    if obstacle == Obstacle.ALREADY_UPGRADED:
        return redirect("account_upgrade_done")
    if account is None or obstacle is not None:
        return render(request, "accounts/upgrade_refused.html", {"account": account, "code": obstacle}, status=409)
    return account


def _steps() -> list[str]:
    return [_("Person"), _("Address"), _("Security")]


def _draft(request: HttpRequest, account: PacerAccount) -> dict[str, Any]:
    """What this session has answered so far for this account."""
    draft = request.session.get(DRAFT)
    return draft if isinstance(draft, dict) and draft.get("account") == account.pk else {"account": account.pk}


def _remember(request: HttpRequest, account: PacerAccount, part: str, answers: Person | Address) -> None:
    draft = _draft(request, account)
    draft[part] = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(answers).items()
    }
    request.session[DRAFT] = draft


def _initial(request: HttpRequest, account: PacerAccount, part: str, fields: tuple[str, ...]) -> dict[str, Any]:
    """The answers given so far, else what the account has."""
    return _draft(request, account).get(part) or {name: getattr(account, name) for name in fields}


def _show(request: HttpRequest, template: str, step: int, **facts: Any) -> HttpResponse:
    form = facts["form"]
    facts |= {"steps": _steps(), "step": step}
    return render(request, template, facts, status=422 if form.is_bound and form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """Step 1: is this you, and what is your name? Whoever says no is told what a shared account means."""
    account = _legacy_account(request)
    if isinstance(account, HttpResponse):
        return account
    initial = _initial(request, account, "person", PERSON_FIELDS)
    if "person" in _draft(request, account):
        initial["is_me"] = "yes"
    form = IsThisYouForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.says_no:
        return render(request, "accounts/upgrade_not_mine.html", {"account": account})
    if form.is_valid():
        _remember(request, account, "person", form.person())
        return redirect("account_upgrade_address")
    return _show(request, "accounts/upgrade_person.html", 1, form=form, account=account)


@never_cache
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Step 2. The county comes after the state: with scripts at once, without by the button beside the state."""
    account = _legacy_account(request)
    if isinstance(account, HttpResponse):
        return account
    if "person" not in _draft(request, account):
        return redirect("account_upgrade")
    initial = _initial(request, account, "address", ADDRESS_FIELDS)
    if request.method == "POST" and "show_counties" in request.POST:
        form = AddressForm(initial=request.POST.dict())
    else:
        form = AddressForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        _remember(request, account, "address", form.address_given())
        return redirect("account_upgrade_security")
    return _show(request, "accounts/upgrade_address.html", 2, form=form, account=account)


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def security(request: HttpRequest) -> HttpResponse:
    """Step 3: the new username and password; then the account is upgraded."""
    account = _legacy_account(request)
    if isinstance(account, HttpResponse):
        return account
    draft = _draft(request, account)
    if "person" not in draft or "address" not in draft:
        return redirect("account_upgrade_address" if "person" in draft else "account_upgrade")
    person_given = Person(**{**draft["person"], "date_of_birth": date.fromisoformat(draft["person"]["date_of_birth"])})
    form = SecurityForm(request.POST if request.method == "POST" else None, account=account, person=person_given)
    if form.is_valid():
        try:
            upgrade_account(
                account.pk,
                person=person_given,
                address=Address(**draft["address"]),
                username=form.cleaned_data["username"],
                password_hash=make_password(form.cleaned_data["password1"]),
                at=timezone.now(),
                keep_signed_in=partial(_keep_signed_in, request),
            )
        except UpgradeRefused:
            return redirect("account_upgrade_done")
        except UsernameTaken:
            form.add_error("username", _("Somebody else has this username. Choose another one."))
        else:
            return redirect("account_upgrade_done")
    return _show(request, "accounts/upgrade_security.html", 3, form=form, account=account)


def _keep_signed_in(request: HttpRequest, user: User) -> None:
    """Let this session outlive the change of the password, and forget the answers that were waiting in it."""
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    request.session.pop(DRAFT, None)
    request.session.save()


@never_cache
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """What the upgrade has changed, and what comes next."""
    account = _own_account(request)
    if account is None or upgrade_obstacle(account) != Obstacle.ALREADY_UPGRADED:
        return redirect("account_upgrade")
    facts = {"account": account, "second_factor": has_second_factor(account.user)}
    return render(request, "accounts/upgrade_done.html", facts)
