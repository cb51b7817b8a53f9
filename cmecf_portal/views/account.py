"""/account/: Manage My Account. Tabs are pages of their own; whoever has no PACER account is told how to get one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Membership, PacerAccount
from cmecf_portal.my_account import account_box, filing_rows, history_of, sessions_of
from linking.models import Link


@dataclass(frozen=True, slots=True)
class Tab:
    url: str
    words: str
    is_current: bool


def with_own_account(
    view: Callable[[HttpRequest, PacerAccount], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Gives the view the signed-in person's account; without one, answers the page that says so."""

    @wraps(view)
    def find_first(request: HttpRequest) -> HttpResponse:
        account = PacerAccount.objects.select_related("user").filter(user__username_key=_key(request)).first()
        if account is None:
            return render(request, "portal/account_none.html", {"is_staff": getattr(request.user, "is_staff", False)})
        return view(request, account)

    return find_first


def _key(request: HttpRequest) -> str:
    return getattr(request.user, "username_key", "")


def _tabs(current: str) -> list[Tab]:
    return [
        Tab(reverse(name), words, name == current)
        for name, words in (("account", _("Settings")), ("account_maintenance", _("Maintenance")))
    ]


def _page(request: HttpRequest, account: PacerAccount, name: str, **facts: object) -> HttpResponse:
    box = account_box(account)
    context = {"box": box, "account": account, "rows": filing_rows(box), "tabs": _tabs(name), **facts}
    return render(request, f"portal/{name}.html", context)


@never_cache
@require_safe
@with_own_account
def settings(request: HttpRequest, account: PacerAccount) -> HttpResponse:
    """The header box, where you file, and the Settings tab."""
    return _page(request, account, "account", sessions=sessions_of(account))


@never_cache
@require_safe
@with_own_account
def maintenance(request: HttpRequest, account: PacerAccount) -> HttpResponse:
    """The header box, where you file, and the Maintenance tab."""
    links = list(Link.objects.filter(account=account).only("ended_at"))
    firm = Membership.objects.filter(member=account, until=None).select_related("organization__user").first()
    return _page(
        request,
        account,
        "account_maintenance",
        active_links=sum(link.ended_at is None for link in links),
        ended_links=sum(link.ended_at is not None for link in links),
        firm=firm.organization if firm else None,
    )


@never_cache
@require_safe
@with_own_account
def history(request: HttpRequest, account: PacerAccount) -> HttpResponse:
    """Every link of the account, ended ones too, and what has happened to it."""
    links = list(Link.objects.filter(account=account).select_related("filer", "court"))
    facts = {"account": account, "links": links, "happenings": history_of(account, links)}
    return render(request, "portal/account_history.html", facts)
