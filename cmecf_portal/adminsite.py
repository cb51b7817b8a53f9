"""The clerks' admin: Django's own, in the portal's colours, behind the portal's sign-in and a second factor."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.second_factor import has_second_factor, used_second_factor_at


class PortalAdminSite(AdminSite):
    site_header = _("CM/ECF Portal: clerk's desk")
    site_title = _("CM/ECF Portal")
    index_title = _("Clerk's desk")
    site_url = "/"
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff who have used a second factor in this session, with PORTAL_REQUIRE_MFA or without."""
        user = request.user
        return bool(user.is_active and user.is_staff and used_second_factor_at(request.session) is not None)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The portal's own sign-in, then the factor that is still missing, then back to where the person was going."""
        target = {"next": request.GET.get("next") or reverse("admin:index")}
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode(target)}")
        if not request.user.is_staff:
            raise PermissionDenied
        if used_second_factor_at(request.session) is not None:
            return HttpResponseRedirect(reverse("admin:index"))
        step = "mfa_reauthenticate" if has_second_factor(request.user) else "mfa_activate_totp"
        return HttpResponseRedirect(f"{reverse(step)}?{urlencode(target)}")
