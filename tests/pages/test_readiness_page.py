"""Readiness for a visitor: three questions in the address, the steps as the answer."""

import pytest
from django.test import Client
from django.utils.html import strip_tags
from pytest_django.asserts import assertContains, assertNotContains

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_courts", "january")]


def text(client: Client, query: str) -> str:
    return " ".join(strip_tags(client.get(f"/readiness/?{query}").content.decode()).split())


def test_it_asks_three_questions(client: Client) -> None:
    page = text(client, "")
    assert "1. At which courts do you file?" in page
    assert "2. When was your PACER account made" in page
    assert "3. Do you share this account with others?" in page
    assert "is left now" not in page


def test_a_legacy_account_at_two_courts_gets_its_steps_by_court(client: Client) -> None:
    page = text(client, "court=cand&court=canb&account=six&shared=no")
    assert "steps are left now: about" in page
    assert "Upgrade your Legacy account" in page
    assert page.index("California Northern Bankruptcy Court") < page.index("California Northern District Court")
    assert "On or after October 25: link your filing account" in page


def test_without_scripts_a_court_is_looked_for_and_ticked_in_the_same_form(client: Client) -> None:
    page = client.get("/readiness/?court=cand&account=since&q=oakland+bankruptcy")
    assertContains(page, 'id="court-cand" value="cand" checked')
    assertContains(page, 'id="court-canb" value="canb"')
    assertContains(page, 'value="since" checked')
    assertNotContains(page, "left now")


def test_a_missing_answer_is_asked_for(client: Client) -> None:
    assert "Choose at least one court." in text(client, "account=since&shared=no")
    assert "Choose an answer." in text(client, "court=canb&shared=no")


def test_an_open_question_is_named_on_top_and_at_its_place(client: Client) -> None:
    page = client.get("/readiness/?q=&account=since").content.decode()
    assert "<title>Error:" in page
    assert 'href="#look-for"' in page
    assert 'aria-describedby="courts-missing"' in page
    assert 'aria-describedby="shared-missing"' in page
    assert 'aria-describedby="account-missing"' not in page


def test_a_link_that_only_names_a_court_is_no_mistake(client: Client) -> None:
    page = client.get("/readiness/?court=canb").content.decode()
    assert 'value="canb" checked' in page
    assert "Error:" not in page
    assert "Choose an answer." not in page


def test_no_account_needs_no_third_answer(client: Client) -> None:
    assert "Register a PACER account of your own" in text(client, "court=canb&account=none")


@pytest.mark.parametrize("query", ["court=nowhere", "account=maybe", "shared=%3Cb%3E", "court=%00"])
def test_an_address_that_makes_no_sense_gets_a_plain_sentence(client: Client, query: str) -> None:
    page = client.get(f"/readiness/?{query}")
    assert page.status_code == 400
    assertNotContains(page, "<b>", status_code=400)


def test_other_spellings_of_a_court_are_understood(client: Client) -> None:
    assertContains(client.get("/readiness/?court=CANBK"), 'id="court-canb"')


def test_nothing_is_stored(client: Client) -> None:
    assert not client.get("/readiness/?court=canb&account=six&shared=no").cookies
