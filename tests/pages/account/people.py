"""Jane Roe in her browser: signed in, her second factor used, and what is linked to her account."""

import re
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.models import PacerAccount
from events.record import system
from linking.confirm import make_link
from linking.models import Link
from tests.api.own import sign_in
from tests.factories import FilerAccountFactory, PacerAccountFactory


def jane(**fields: Any) -> PacerAccount:
    account: PacerAccount = PacerAccountFactory.create(**fields)
    account.user.email_verified_at = timezone.now()
    account.user.save(update_fields=["email_verified_at"])
    return account


def browser_of(account: PacerAccount, *, factor: bool = True) -> Client:
    return sign_in(account, factor=factor)


def linked(account: PacerAccount, court_id: str, **fields: Any) -> Link:
    filer = FilerAccountFactory.create(court_id=court_id, court=None, **fields)
    with transaction.atomic():
        return make_link(account, filer, differ=False, actor=system("tests"), now=timezone.now())


def found_by_address(account: PacerAccount, court_id: str, **fields: Any) -> None:
    """A filing account that nobody has linked has the person's address."""
    FilerAccountFactory.create(court_id=court_id, court=None, email=account.user.email.upper(), **fields)


def text(client: Client, path: str) -> str:
    """What the page says between header and footer, as words."""
    main = client.get(path).content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+(?=[.,])", "", " ".join(strip_tags(main.replace("<", " <")).split()))
