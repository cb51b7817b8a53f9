""" "This wasn't me": the address in the mail, the page that only asks, and the pause."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.crypto import decrypt
from accounts.models import OutgoingMail
from courts.models import Court
from linking.models import Case, Link
from linking.tokens import not_me_path
from linking.undo import freeze_link
from tests.factories import CourtFactory
from tests.linking.setting import filer, jane, linked

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> Link:
    CourtFactory.create()
    return linked(jane(), filer())


def test_the_address_stands_in_both_mails_and_needs_no_sign_in(client: Client, link: Link) -> None:
    mails = OutgoingMail.objects.filter(kind="link_made")
    paths = {
        re.search(r"http://localhost:8000(/not-me/\S+/)", decrypt(mail.text_sealed))[1]  # type: ignore[index]
        for mail in mails
    }
    assert len(mails) == 2
    for path in paths:
        page = client.get(path)
        assert page.status_code == 200
        assert "Was this link not made by you?" in page.content.decode()


def test_following_the_link_changes_nothing_and_the_button_pauses(client: Client, link: Link) -> None:
    path = not_me_path(link.pk)
    for _scanner in range(3):
        client.get(path)
        client.head(path)
    assert Link.objects.get().state == "active"
    assert "The link is paused" in client.post(path).content.decode()
    assert Link.objects.get().state == "frozen"
    assert Case.objects.open().get().kind == Case.Kind.NOT_ME
    assert OutgoingMail.objects.filter(kind="link_frozen").count() == 2


def test_pressing_twice_pauses_once(client: Client, link: Link) -> None:
    path = not_me_path(link.pk)
    client.post(path)
    frozen_at = Link.objects.get().frozen_at
    client.post(path)
    assert Link.objects.get().frozen_at == frozen_at
    assert (Case.objects.count(), OutgoingMail.objects.filter(kind="link_frozen").count()) == (1, 2)


@pytest.mark.parametrize("token", ["nonsense", "a:b:c", "x" * 500])
def test_an_address_that_is_cut_off_says_so(client: Client, link: Link, token: str) -> None:
    page = client.post(f"/not-me/{token}/")
    assert page.status_code == 404
    assert "no longer good" in page.content.decode()
    assert Link.objects.get().state == "active"


def test_the_key_of_another_purpose_opens_nothing(client: Client, link: Link) -> None:
    forged = not_me_path(link.pk).replace(not_me_path(link.pk)[8:20], "AAAAAAAAAAAA")
    assert client.post(forged).status_code == 404


def test_an_ended_link_stays_ended(client: Client, link: Link) -> None:
    now = timezone.now() + timedelta(minutes=1)
    Link.objects.update(ended_at=now, ending=Link.Ending.UNLINKED)
    assert "There is nothing to stop" in client.post(not_me_path(link.pk)).content.decode()
    assert freeze_link(link.pk, said_by=None, now=now).state == "ended"


def test_a_paused_link_shows_no_filing_menus(client: Client, link: Link) -> None:
    assert Court.objects.count() == 1
    freeze_link(link.pk, said_by=None, now=timezone.now())
    client.force_login(link.account.user)
    page = client.get("/cmecf/canb/").content.decode()
    assert 'data-code="link_frozen"' in page
    assert "/cmecf/canb/file/" not in page
    stopped = client.get("/cmecf/canb/file/bankruptcy/")
    assert stopped.status_code == 403
    assert 'data-code="link_frozen"' in stopped.content.decode()
