"""What every page knows."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import PacerAccount
from accounts.simulation import PORTAL_PASSWORD
from cmecf_portal.demo_accounts import DEMO_LOGINS, DemoLogin
from courts.words import instant_words


@dataclass(frozen=True, slots=True)
class PortalContext:
    """`as_of_words` tells where a rehearsal's clock stands; `signed_in_name` whose account this is."""

    demo: bool
    as_of_words: str | None
    signed_in_name: str | None
    account: PacerAccount | None
    is_staff: bool
    url: str

    @property
    def demo_logins(self) -> tuple[DemoLogin, ...]:
        """For the sign-in page of a demonstration; empty elsewhere."""
        return DEMO_LOGINS if self.demo else ()

    @property
    def demo_password(self) -> str:
        return PORTAL_PASSWORD if self.demo else ""


def _portal(request: HttpRequest) -> PortalContext:
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    account = PacerAccount.objects.select_related("user").filter(user_id=user.pk).first() if user and known else None
    name = None
    if user and known:
        name = account.name if account else user.get_full_name()
    as_of = settings.PORTAL_AS_OF
    return PortalContext(
        demo=settings.PORTAL_DEMO,
        as_of_words=instant_words(as_of, "America/New_York") if as_of else None,
        signed_in_name=name,
        account=account,
        is_staff=bool(user and known and user.is_staff),
        url=settings.PORTAL_URL,
    )


def portal(request: HttpRequest) -> dict[str, Any]:
    """`portal` for templates; asked for lazily, so that a page that needs none of it pays nothing."""
    return {"portal": SimpleLazyObject(lambda: _portal(request))}
