"""The clerks' admin: Django's own, in the portal's colours, behind the portal's sign-in and a second factor."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.second_factor import has_second_factor, used_second_factor_at
from courts.models import Court
from courts.words import zone_words
from events.models import Event

# Pages of the stock admin that would go round ours: the portal's own change passwords, with their events; "view on
# site" tells of any row of any model whether it exists.
LEFT_OUT = {"password_change", "password_change_done", "view_on_site"}
# Their models stand empty here: roles are declared in code, addresses lie with the log-in.
FOREIGN_APPS = {"auth", "account"}
LATELY = 10  # lines of the index


class PortalAdminSite(AdminSite):
    site_header = _("CM/ECF Portal: clerk's desk")
    site_title = _("CM/ECF Portal")
    index_title = _("Clerk's desk")
    site_url = "/"
    enable_nav_sidebar = True

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) not in LEFT_OUT]

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Leaves out what other people's packages bring along and nobody here uses."""
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        ours = [model for model in models if model._meta.app_label not in FOREIGN_APPS]
        super().register(ours, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff who have used a second factor in this session, with PORTAL_REQUIRE_MFA or without."""
        user = request.user
        return bool(user.is_active and user.is_staff and used_second_factor_at(request.session) is not None)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The portal's own sign-in, then the factor that is still missing, then back to where the person was going."""
        target = {"next": self._next(request)}
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode(target)}")
        if not request.user.is_staff:
            raise PermissionDenied
        if used_second_factor_at(request.session) is not None:
            return HttpResponseRedirect(reverse("admin:index"))
        step = "mfa_reauthenticate" if has_second_factor(request.user) else "mfa_activate_totp"
        return HttpResponseRedirect(f"{reverse(step)}?{urlencode(target)}")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The portal's own signs out, and records it. Django's guard of every page needs the address to be there."""
        return HttpResponseRedirect(reverse("account_logout"))

    def _next(self, request: HttpRequest) -> str:
        asked = request.GET.get("next", "")
        ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
        return asked if ours else reverse("admin:index")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        zone = timezone.get_current_timezone_name()
        return {**super().each_context(request), "desk_of": _desk_of(request), "desk_zone": zone_words(zone)}

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Times are read and written in the zone of the clerk's own court."""

        @wraps(view)
        def local(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            with timezone.override(_zone_of(request)):
                response = view(request, *args, **kwargs)
                return response.render() if isinstance(response, TemplateResponse) else response

        return super().admin_view(local, cacheable)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {**(extra_context or {}), "lately": lately(request)})


def lately(request: HttpRequest) -> list[Event]:
    """What this member of staff did last, where they still are staff: from the record, not from the stock log, which
    keeps names of rows that may have gone out of sight since.
    """
    user = request.user
    if not isinstance(user, User):
        return []
    mine = Event.objects.filter(actor_kind=Event.ActorKind.CLERK, actor_id=str(user.pk))
    if not user.is_national:
        mine = mine.filter(court_id__in=user.court_ids())
    return list(mine.order_by("-sequence")[:LATELY])


def _zone_of(request: HttpRequest) -> str:
    """The zone of the courts at which this person is staff; UTC where they lie in several, and for national staff."""
    user = request.user
    if not isinstance(user, User) or user.is_national:
        return "UTC"
    zones = set(Court.objects.filter(pk__in=user.court_ids()).values_list("time_zone", flat=True))
    return zones.pop() if len(zones) == 1 else "UTC"


def _desk_of(request: HttpRequest) -> str:
    """As what this person sits at the desk: `Court manager, canb`."""
    user = request.user
    if not isinstance(user, User):
        return ""
    roles = [", ".join(filter(None, (str(role.get_role_display()), role.court_id))) for role in user.roles]
    return "; ".join(roles)
