"""What is left to do for whoever is signed in: on /readiness/ and on a court's own page."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed
from pytest_django.fixtures import Settings

from accounts.models import AccountKind, FilerAccount, FilerStatus
from courts import directory
from courts.clock import read_instant
from linking.undo import freeze_link
from tests.api.own import queries_of
from tests.factories import FilerAccountFactory, StaffFactory
from tests.pages.account.people import browser_of, found_by_address, jane, linked, text

MOST_QUERIES = 16

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_courts")]


@pytest.fixture(autouse=True)
def _on_the_day(settings: Settings) -> None:
    settings.PORTAL_AS_OF = read_instant("2021-02-16T09:44:00-08:00")


def test_the_records_answer_instead_of_questions() -> None:
    account = jane()
    linked(account, "canb", login="jroe")
    found_by_address(account, "cand")
    client = browser_of(account)
    page = text(client, "/readiness/")
    assert "One step is left now: about 5 minutes. One more step opens when its court goes live." in page
    assert f"From the records of PACER account {account.account_number}, Jane Roe." in page
    assert page.index("California Northern District Court") < page.index("California Northern Bankruptcy Court")
    assert "Linked as jroe, Attorney" in page
    assert "On or after October 25: link your filing account Later" in page
    response = client.get("/readiness/")
    assertNotContains(response, "When was your PACER account made")
    assertContains(response, f'href="{reverse("cmecf", args=["canb"])}"')
    assert response["Cache-Control"] == "private, no-store"


def test_every_step_has_its_number_and_a_tag() -> None:
    account = jane(opened_on=date(2009, 5, 18))
    found_by_address(account, "canb")
    page = text(browser_of(account, factor=False), "/readiness/")
    for words in (
        "Have a PACER account of your own Done",
        "2 Upgrade your Legacy account To do",
        "3 Turn on a second factor To do",
        "4 Make sure you know your CM/ECF login and password To do",
        "5 Link your filing account To do",
    ):
        assert words in page
    assert "4 steps are left now: about 22 minutes in all." in page


def test_somebody_with_nothing_left_is_told_so_first() -> None:
    account = jane()
    linked(account, "canb")
    assert "have to do? Nothing is left to do now." in text(browser_of(account), "/readiness/")


def test_without_a_court_on_record_a_court_is_looked_for() -> None:
    client = browser_of(jane())
    assert "Your account is ready. At which courts do you file?" in text(client, "/readiness/")
    found = client.get("/readiness/?q=oakland+bankruptcy")
    assertContains(found, 'id="court-canb" value="canb"')
    assertContains(client.get("/readiness/?court=canb"), 'id="plan-canb"')
    assertContains(client.get("/readiness/?q=zzzzqqq"), "No other court matches")


def test_a_court_in_the_address_is_added_and_one_that_is_none_is_named() -> None:
    account = jane()
    linked(account, "canb")
    page = browser_of(account).get("/readiness/?court=NYSDK&court=nysd&court=nowhere")
    assert page.status_code == 400
    assertContains(page, 'id="plan-canb"', status_code=400)
    assertContains(page, 'id="plan-nysd"', status_code=400, count=1)
    assertContains(page, "There is no court “nowhere”", status_code=400)


def test_a_link_that_is_paused_or_whose_filing_account_is_closed_is_stopped() -> None:
    frozen, closed = jane(), jane()
    freeze_link(linked(frozen, "canb").pk, said_by=None, now=timezone.now())
    link = linked(closed, "canb")
    FilerAccount.objects.filter(pk=link.filer_id).update(status=FilerStatus.CLOSED)
    assert "Link your filing account Stopped This link is paused" in text(browser_of(frozen), "/readiness/")
    page = text(browser_of(closed), "/readiness/")
    assert "Somebody else has to settle something before you can file." in page
    assert "Link your filing account Stopped The court has closed or suspended this CM/ECF account." in page


def test_a_shared_account_is_sent_to_register_ones_own() -> None:
    page = text(browser_of(jane(kind=AccountKind.FIRM, organization="Acme"), factor=False), "/readiness/?court=canb")
    assert "Register a PACER account of your own To do The shared account still views cases" in page


def test_staff_without_an_account_and_strangers_get_the_questions(client: Client) -> None:
    staff = Client()
    staff.force_login(StaffFactory.create(court_id="canb", court=None).user)
    for visitor in (client, staff):
        response = visitor.get("/readiness/?court=canb")
        assertTemplateUsed(response, "readiness/_questions.html")


def test_a_courts_page_shows_ones_own_steps() -> None:
    account = jane()
    page = text(browser_of(account), "/courts/canb/")
    assert "2 steps are left for you now, about 7 minutes in all." in page
    assert "Turn on a second factor Done" in page
    assert "Sign in to see" not in page
    linked(account, "canb", login="jroe")
    client = browser_of(account)
    page = text(client, "/courts/canb/")
    assert "Nothing is left: you file here as jroe. File at this court" in page
    assert "Link your filing account Done" in page
    assert client.get("/courts/canb/")["Cache-Control"] == "private, no-store"


def test_a_panels_page_has_the_link_at_its_circuit() -> None:
    account = jane()
    linked(account, "ca9", login="jroe")
    assert "you file here as jroe" in text(browser_of(account), "/courts/bap9/")


def test_a_courts_page_of_a_stopped_link_says_so() -> None:
    account = jane()
    freeze_link(linked(account, "canb").pk, said_by=None, now=timezone.now())
    page = text(browser_of(account), "/courts/canb/")
    assert "One step is stopped: somebody else has to settle it." in page
    assert "File at this court" not in page


def test_a_stranger_is_never_shown_what_was_drawn_for_somebody(client: Client) -> None:
    account = jane()
    linked(account, "canb", login="jroe-of-jane")
    for path in ("/courts/canb/", "/readiness/"):
        before = client.get(path).content
        assertContains(browser_of(account).get(path), "jroe-of-jane")
        assert client.get(path).content == before
        assert b"jroe-of-jane" not in before
    assert 'login/?next=%2Fcourts%2Fcanb%2F"' in client.get("/courts/canb/").content.decode()


@pytest.mark.parametrize("path", ["/readiness/", "/courts/canb/"])
def test_queries_do_not_grow_with_filer_accounts(path: str) -> None:
    account = jane()
    client = browser_of(account)
    directory.current()

    linked(account, "canb")
    found_by_address(account, "nysd")
    client.get(path)
    few = queries_of(client, path)
    assert few <= MOST_QUERIES
    for court_id in ("cacb", "caed", "cand", "casd"):
        linked(account, court_id)
    for court_id in ("nyed", "nynd", "nywd"):
        found_by_address(account, court_id)
        FilerAccountFactory.create_batch(5, court_id=court_id, court=None)
    assert queries_of(client, path) == few
