"""Where allauth asks us: which stages a sign-in has, and what follows it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.models import User
from accounts.navigation import after_sign_in


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's stages of signing in with the portal's own second factor; pages, mails and limits are ours."""

    def get_login_stages(self) -> list[str]:
        return ["accounts.stages.SecondFactorStage"]

    def post_login(self, request: HttpRequest, user: User, *, redirect_url: str | None, **_: Any) -> HttpResponse:
        """No message: the name in the header says who is signed in."""
        return HttpResponseRedirect(redirect_url or after_sign_in(user))
