"""/account/: Manage My Account. Tabs are pages of their own; whoever has no PACER account is told how to get one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Membership, PacerAccount
from accounts.own_sessions import own_sessions
from accounts.sessions import hashed
from cmecf_portal.my_account import HOME_ZONE, account_box, filing_rows, history_of, last_sign_in
from linking.models import Link
from linking.own_links import links_of


@dataclass(frozen=True, slots=True)
class Tab:
    url: str
    words: str
    is_current: bool


def account_of(request: HttpRequest) -> PacerAccount | None:
    """The PACER account of whoever is signed in; None for others. Asks nothing where there is no session."""
    user = request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    if user is None or not user.is_authenticated:
        return None
    return PacerAccount.objects.select_related("user").filter(user=user.pk).first()


def with_own_account(
    view: Callable[[HttpRequest, PacerAccount], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Gives the view the signed-in person's account; without one, answers the page that says so."""

    @wraps(view)
    def find_first(request: HttpRequest) -> HttpResponse:
        account = account_of(request)
        if account is None:
            return render(request, "portal/account_none.html", {"is_staff": getattr(request.user, "is_staff", False)})
        return view(request, account)

    return find_first


def _tabs(current: str) -> list[Tab]:
    return [
        Tab(reverse(name), words, name == current)
        for name, words in (("account", _("Settings")), ("account_maintenance", _("Maintenance")))
    ]


def _page(request: HttpRequest, account: PacerAccount, name: str, **facts: object) -> HttpResponse:
    box = account_box(account)
    rows = filing_rows(box)
    zone = rows[0].court.time_zone if rows else HOME_ZONE
    context = {"box": box, "account": account, "rows": rows, "zone": zone, "tabs": _tabs(name), **facts}
    return render(request, f"portal/{name}.html", context)


@never_cache
@require_safe
@with_own_account
def settings_tab(request: HttpRequest, account: PacerAccount) -> HttpResponse:
    """The header box, where you file, and the Settings tab."""
    this = hashed(request.session.session_key or "")
    others = [session for session in own_sessions(account.user, this=this) if not session.is_this]
    return _page(request, account, "account", others=others, last_sign_in=last_sign_in(account))


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
    links, now = list(links_of(account)), timezone.now()
    facts = {
        "account": account,
        "links": links,
        "undoable": {link.pk for link in links if link.may_be_undone(now=now)},
        "happenings": history_of(account, links),
    }
    return render(request, "portal/account_history.html", facts)
