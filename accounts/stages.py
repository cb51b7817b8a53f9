"""The second factor as a stage of allauth's sign-in: between the right password and the session."""

from typing import Any

import allauth.account.internal.flows  # noqa: F401 - first: it and the stages import each other in a circle
from allauth.account.stages import LoginStage, LoginStageController
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.second_factor import has_second_factor

VERSION = "credentials_version"


class SecondFactorStage(LoginStage):  # type: ignore[misc]
    """Holds the sign-in until a code is accepted; lets people without an authenticator app through.

    allauth keeps the half sign-in in the session for 15 minutes (ACCOUNT_LOGIN_TIMEOUT).
    """

    key = "second_factor"
    urlname = "mfa_authenticate"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if not has_second_factor(self.login.user):
            return None, True
        # What was proved is the password of this version: a change meanwhile makes it worthless.
        self.state[VERSION] = self.login.user.credentials_version
        if self.request.session.session_key:
            self.request.session.cycle_key()
        return HttpResponseRedirect(reverse("mfa_authenticate")), True

    def is_resumable(self, request: Any) -> bool:
        user = self.login.user
        return bool(user and user.is_active and self.state.get(VERSION) == user.credentials_version)


def waiting_stage(request: HttpRequest) -> SecondFactorStage | None:
    """The half sign-in of this session, where one waits for its second factor."""
    stage: SecondFactorStage | None = LoginStageController.enter(request, SecondFactorStage.key)
    return stage
