"""Jane Roe at her own API: signed in, her second factor used, a filing account with a password at canb."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import FilerAccount, PacerAccount
from accounts.second_factor import UsedFactor, add_totp_device, remember_in_session
from accounts.simulation import TOTP_SECRET
from tests.factories import FilerAccountFactory, PacerAccountFactory

COURT_PASSWORD = " Court-Demo-2026! "  # blanks count


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A client of the API, and whose it is."""

    client: Client
    account: PacerAccount

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1/{path}")

    def post(self, path: str, body: object = None, *, key: str | None = None) -> Any:
        headers = {} if key is None else {"Idempotency-Key": key}
        return self.client.post(
            f"/api/v1/{path}", {} if body is None else body, content_type="application/json", headers=headers
        )

    def start(self, filer: FilerAccount, *, password: str = COURT_PASSWORD, key: str | None = None) -> Any:
        body = {"court_id": filer.court_id, "login": filer.login, "password": password}
        return self.post("links/", body, key=key)

    def linked(self, filer: FilerAccount) -> Any:
        """The link, made in both steps."""
        started = self.start(filer)
        assert started.status_code == 202, started.content
        confirmed = self.post(f"links/{started.json()['id']}/confirm/", {"acknowledge_mismatch": True})
        assert confirmed.status_code == 200, confirmed.content
        return confirmed.json()


def sign_in(account: PacerAccount, *, factor: bool = True, client: Client | None = None) -> Client:
    """A browser in which the owner of `account` is signed in, with the second factor used or not."""
    client = client or Client()
    client.force_login(account.user)
    if factor:
        use_factor(client, account, at=timezone.now())
    return client


def use_factor(client: Client, account: PacerAccount, *, at: datetime) -> None:
    device = add_totp_device(account.user, "Phone", TOTP_SECRET)
    session = client.session
    remember_in_session(session, UsedFactor("totp", device.pk), at=at)
    session.save()


def queries_of(client: Client, path: str) -> int:
    """How many queries an answer costs, but for the look at the version of the courts, once a second."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return sum("referencestate" not in query["sql"] for query in asked.captured_queries)


def make_own(**fields: Any) -> Own:
    account = PacerAccountFactory.create(**fields)
    return Own(client=sign_in(account), account=account)


def make_filer(**fields: Any) -> FilerAccount:
    return FilerAccountFactory.create(password=make_password(COURT_PASSWORD), **fields)
