"""The cast of the linking tests: Jane Roe, her filer account at canb, and what she does."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.client import Client
from accounts.models import FilerAccount, PacerAccount
from courts.models import Court
from linking.confirm import confirm_link
from linking.credentials import Session, start_link
from linking.models import Link, PendingLink
from tests.accounts.people import attorney
from tests.factories import FilerAccountFactory

COURT_PASSWORD = "Court-Demo-2026!"
GO_LIVE = datetime(2021, 2, 16, 8, 0, tzinfo=UTC)  # midnight in San Francisco
LIVE = datetime(2021, 3, 1, 17, 0, tzinfo=UTC)
CLIENT = Client(address="192.0.2.7")


def jane(username: str = "jane.roe.esq", **fields: Any) -> PacerAccount:
    """An upgraded attorney with a second factor."""
    return attorney(username, factor=True, **fields).pacer_account


def filer(login: str = "jroe", *, password: str = COURT_PASSWORD, **fields: Any) -> FilerAccount:
    """Jane's filer account at canb, whose password is COURT_PASSWORD."""
    made: FilerAccount = FilerAccountFactory.create(login=login, password=make_password(password), **fields)
    return made


def session(key: str = "s" * 64, *, factor: bool = True) -> Session:
    return Session(key=key, factor_used_at=timezone.now() if factor else None)


def start(account: PacerAccount | None, court: Court, login: str = "jroe", **more: Any) -> PendingLink:
    """`start_link` as Jane calls it, after go-live."""
    given: dict[str, Any] = {
        "password": COURT_PASSWORD,
        "session": session(),
        "client": CLIENT,
        "at": LIVE,
        "now": timezone.now(),
    } | more
    return start_link(account=account, court=court, login=login, **given)


def confirm(pending: PendingLink | UUID, account: PacerAccount | None, court: Court, **more: Any) -> Link:
    """`confirm_link` as Jane calls it, a moment later."""
    key = pending.pk if isinstance(pending, PendingLink) else pending
    given: dict[str, Any] = {
        "session": session(),
        "acknowledged": False,
        "at": LIVE,
        "now": timezone.now() + timedelta(seconds=1),
    } | more
    return confirm_link(key, account=account, court=court, **given)


def linked(account: PacerAccount, to: FilerAccount) -> Link:
    """A link made as a person makes one."""
    return confirm(start(account, to.court, to.login), account, to.court, acknowledged=True)
