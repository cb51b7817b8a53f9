"""People who sign in, and what they do in tests: with real passwords, codes and sessions."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from accounts import totp
from accounts.models import PacerAccount, TotpDevice, User
from accounts.second_factor import add_totp_device
from accounts.simulation import TOTP_SECRET
from tests.factories import PASSWORD, PacerAccountFactory

LOGIN, CODE = "/accounts/login/", "/accounts/2fa/authenticate/"


def attorney(username: str = "jane.roe.esq", *, factor: bool = False, **fields: Any) -> User:
    """An attorney whose password is PASSWORD; with `factor`, an authenticator app too."""
    given = {"user__password": make_password(PASSWORD), "user__email_verified_at": timezone.now(), **fields}
    account: PacerAccount = PacerAccountFactory.create(user__username=username, **given)
    if factor:
        add_totp_device(account.user, "Phone", TOTP_SECRET)
    return account.user


def code_now(user: User) -> str:
    """The code that the person's app shows, or the next one where this one was used."""
    device = TotpDevice.objects.filter(user=user).earliest("pk")
    step = totp.step_at(timezone.now())
    return totp.code_of(TOTP_SECRET, step=step if device.last_step < step else step + 1)


def try_password(client: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": username, "password": password, **more})


def sign_in(client: Client, user: User) -> Client:
    """Through both pages, as a person does."""
    assert try_password(client, user.username).status_code == 302
    if TotpDevice.objects.filter(user=user).exists():
        assert client.post(CODE, {"code": code_now(user)}).status_code == 302
    assert is_signed_in(client)
    return client


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def code_in(answer: Any) -> str | None:
    """The `data-code` of the page's alert."""
    _before, found, after = answer.content.decode().partition('data-code="')
    return after.partition('"')[0] if found else None
