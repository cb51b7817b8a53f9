"""Who may open which address: one table, enforced here for pages and for the API.

A view name that is missing is closed. The admin site guards its own doors (cmecf_portal/adminsite.py).
"""

from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

type Rule = Callable[[HttpRequest], bool]


def anyone(request: HttpRequest) -> bool:
    return True


def signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def staff(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.is_staff


def own_network(request: HttpRequest) -> bool:
    """This machine and private networks, asked directly: what came through a proxy is from outside."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_private
    except ValueError:
        return False


def nobody(request: HttpRequest) -> bool:
    return False


PERMISSIONS: Mapping[str, Rule] = {
    "home": anyone,
    "courts": anyone,
    "courts_csv": anyone,
    "courts_json": anyone,
    "go_live_calendar": anyone,
    "go_live_feed": anyone,
    "pacer_data": anyone,
    "court": anyone,
    "court_calendar": anyone,
    "api_root": anyone,
    "api_courts": anyone,
    "api_court": anyone,
    "api_account": signed_in,
    "api_readiness": signed_in,
    "api_links": signed_in,
    "api_link": signed_in,
    "api_link_confirm": signed_in,
    "api_link_undo": signed_in,
    "api_schema": anyone,
    "api_docs": anyone,
    "api_nothing": anyone,
    "readiness": anyone,
    "help": anyone,
    "robots": anyone,
    "sitemap": anyone,
    "livez": anyone,
    "readyz": anyone,
    "metrics": own_network,
    "demo_mail": anyone,  # 404 outside a demonstration
    "demo_mail_html": anyone,
    "account": signed_in,
    "account_maintenance": signed_in,
    "account_history": signed_in,
    "account_person": signed_in,
    "account_address": signed_in,
    "account_username": signed_in,
    "account_upgrade": signed_in,
    "account_upgrade_address": signed_in,
    "account_upgrade_security": signed_in,
    "account_upgrade_done": signed_in,
    "cmecf": signed_in,
    "cmecf_choose": signed_in,
    "cmecf_query": signed_in,
    "cmecf_reports": signed_in,
    "cmecf_file": signed_in,
    "cmecf_utilities": signed_in,
    "link_start": signed_in,
    "link_confirm": signed_in,
    "link_receipt": signed_in,
    "link_undo": signed_in,
    "filer_reset_ask": signed_in,
    "link_not_me": anyone,  # the address is the key; it was mailed
    "filer_reset": anyone,
    "account_login": anyone,
    "account_logout": anyone,
    "account_signup": anyone,
    "account_email": signed_in,
    "account_email_verification_sent": signed_in,
    "account_change_password": signed_in,
    "account_reset_password": anyone,
    "account_reset_password_done": anyone,
    "account_reset_password_from_key": anyone,  # of whom a link was mailed
    "account_reset_password_from_key_done": anyone,
    "account_sessions": signed_in,
    "mfa_authenticate": anyone,  # of whom a password was right; others are sent to the sign-in
    "mfa_reauthenticate": signed_in,
    "mfa_index": signed_in,
    "mfa_activate_totp": signed_in,
    "mfa_deactivate_totp": signed_in,
    "mfa_view_recovery_codes": signed_in,
    "mfa_generate_recovery_codes": signed_in,
}


class TablePermissionMiddleware:
    """Closes every page that PERMISSIONS does not open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or match.app_name == "admin" or hasattr(view, "cls"):
            return None
        if PERMISSIONS.get(match.view_name, nobody)(request):
            return None
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())


class TablePermission:
    """The same table for REST framework, which asks its permission classes itself."""

    def has_permission(self, request: Any, view: Any) -> bool:
        match = request.resolver_match
        return match is not None and PERMISSIONS.get(match.view_name, nobody)(request)

    def has_object_permission(self, request: Any, view: Any, obj: object) -> bool:
        return True
