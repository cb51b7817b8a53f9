"""A new CM/ECF password by mail: asked for without telling whether the login exists, used once, shown to nobody."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.crypto import decrypt
from accounts.models import FilerAccount, FilerStatus, OutgoingMail
from courts.models import Court
from events.record import clerk
from linking.models import FilerReset, ResetRequest
from linking.obstacles import CredentialsRefused, LinkRefused
from linking.repair import RepairRefused
from linking.resets import answer_reset_requests, send_reset
from tests.factories import CourtFactory
from tests.linking.setting import filer, jane, linked, start

pytestmark = pytest.mark.django_db
NEW = {"password1": "brand-new-one", "password2": "brand-new-one"}


@pytest.fixture
def canb() -> Court:
    return CourtFactory.create()


def ask(client: Client, login: str) -> Any:
    return client.post("/cmecf/canb/utilities/reset/", {"login": login})


def mailed_path(kind: str = "filer_reset") -> str:
    text = decrypt(OutgoingMail.objects.filter(kind=kind).latest("pk").text_sealed)
    found = re.search(r"http://localhost:8000(/cmecf/canb/reset/\S+/)", text)
    assert found
    return found[1]


def test_the_page_says_the_same_for_a_login_that_exists_and_one_that_does_not(client: Client, canb: Court) -> None:
    filer()
    client.force_login(jane().user)
    answers = [ask(client, "JROE"), ask(client, "nobody")]
    pages = {re.sub(r'value="[^"]+"', "", answer.content.decode()) for answer in answers}
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(pages) == 1
    assert ResetRequest.objects.count() == 2
    assert answer_reset_requests(now=timezone.now()) == 2
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["jroe@roelaw.example"]
    assert ResetRequest.objects.count() == 0


def test_the_mailed_address_sets_a_password_once(client: Client, canb: Court) -> None:
    hers, account = filer(), jane()
    send_reset(hers.pk, actor=clerk(1), now=timezone.now())
    path = mailed_path()
    for _scanner in range(3):
        assert client.get(path).status_code == 200
    assert "The CM/ECF password is set" in client.post(path, NEW).content.decode()
    assert client.post(path, NEW).status_code == 410
    with pytest.raises(CredentialsRefused):
        start(account, canb)
    assert start(account, canb, password="brand-new-one").filer == hers
    hers.refresh_from_db()
    assert hers.password_version == 2
    assert OutgoingMail.objects.filter(kind="filer_reset_used").count() == 1


def test_no_secret_lies_in_the_table(canb: Court) -> None:
    send_reset(filer().pk, actor=clerk(1), now=timezone.now())
    token = mailed_path().rstrip("/").rpartition("/")[2]
    reset = FilerReset.objects.get()
    assert token not in str(vars(reset))


def test_it_lasts_a_day_and_a_changed_password_voids_it(client: Client, canb: Court) -> None:
    hers = filer()
    send_reset(hers.pk, actor=clerk(1), now=timezone.now() - timedelta(hours=24, seconds=1))
    assert client.get(mailed_path()).status_code == 410
    send_reset(hers.pk, actor=clerk(1), now=timezone.now())
    path = mailed_path()
    assert client.get(path).status_code == 200
    FilerAccount.objects.update(password_version=2)
    assert client.get(path).status_code == 410


def test_another_court_does_not_know_it(client: Client, canb: Court) -> None:
    CourtFactory.create(court_id="cand")
    send_reset(filer().pk, actor=clerk(1), now=timezone.now())
    assert client.get(mailed_path().replace("/canb/", "/cand/")).status_code == 410


def test_a_pause_ends_with_a_new_password(client: Client, canb: Court) -> None:
    hers, account = filer(), jane()
    for _try in range(6):
        with pytest.raises(LinkRefused):
            start(account, canb, password="wrong")
    send_reset(hers.pk, actor=clerk(1), now=timezone.now())
    client.post(mailed_path(), NEW)
    assert start(account, canb, password="brand-new-one").account == account


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"status": FilerStatus.CLOSED}, "closed"), ({"email": ""}, "no email address")],
)
def test_a_clerk_hears_why_no_reset_can_be_sent(canb: Court, fields: dict[str, Any], words: str) -> None:
    with pytest.raises(RepairRefused, match=words):
        send_reset(filer(**fields).pk, actor=clerk(1), now=timezone.now())
    assert OutgoingMail.objects.count() == 0


def test_a_linked_login_gets_no_reset_but_its_reader_hears_of_it(client: Client, canb: Court) -> None:
    hers, account = filer(), jane()
    linked(account, hers)
    with pytest.raises(RepairRefused, match="linked"):
        send_reset(hers.pk, actor=clerk(1), now=timezone.now())
    client.force_login(account.user)
    ask(client, "jroe")
    answer_reset_requests(now=timezone.now())
    assert OutgoingMail.objects.filter(kind="filer_reset_linked").count() == 1
    assert FilerReset.objects.count() == 0


def test_asking_is_limited(client: Client, canb: Court) -> None:
    client.force_login(jane().user)
    assert [ask(client, "jroe").status_code for _try in range(4)] == [200, 200, 200, 429]


@pytest.mark.parametrize(
    "given",
    [{"password1": "short", "password2": "short"}, {"password1": "long enough", "password2": "another one"}, {}],
)
def test_a_password_that_will_not_do_uses_nothing_up(client: Client, canb: Court, given: dict[str, str]) -> None:
    send_reset(filer().pk, actor=clerk(1), now=timezone.now())
    path = mailed_path()
    assert client.post(path, given).status_code == 422
    assert client.post(path, NEW).status_code == 200


def test_appellate_passwords_are_the_service_centers(client: Client) -> None:
    CourtFactory.create(court_id="ca9", court_type="appellate")
    client.force_login(jane().user)
    page = client.post("/cmecf/ca9/utilities/reset/", {"login": "jroe"})
    assert "800-676-6856" in page.content.decode()
    assert ResetRequest.objects.count() == 0
