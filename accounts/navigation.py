"""Where people go next: back to where they were going, if that is a page of ours."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from accounts.models import PacerAccount, User

NEXT = "next"
LONGEST = 2000  # characters; nobody's way through the portal is longer


def safe_next(request: HttpRequest) -> str:
    """The `next` of this request, empty unless it is an address of this very site."""
    target = request.POST.get(NEXT) or request.GET.get(NEXT, "")
    allowed = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if allowed and len(target) <= LONGEST else ""


def with_next(name: str, target: str) -> str:
    """The address of the page `name`, which leads on to `target`."""
    return f"{reverse(name)}?{urlencode({NEXT: target})}" if target else reverse(name)


def here(request: HttpRequest) -> str:
    """The address of this page, with the `next` that its form carries along."""
    target = safe_next(request)
    return f"{request.path}?{urlencode({NEXT: target})}" if target else request.path


def after_sign_in(user: User) -> str:
    """The first page of whoever was going nowhere in particular: their own, or the clerk's desk."""
    if user.is_staff and not PacerAccount.objects.filter(user=user).exists():
        return reverse("admin:index")
    return reverse("account")
