"""Manage My Account: the header box, where a person files, what each entry says now."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains
from pytest_django.fixtures import Settings

from accounts.models import AccountKind, FilingState, Membership, PacerAccount, SearchState
from courts.clock import read_instant
from events.kinds import EventType
from events.record import person, record
from linking.models import Link
from linking.undo import freeze_link
from tests.api.own import queries_of
from tests.factories import FilerAccountFactory, PacerAccountFactory, StaffFactory
from tests.pages.account.people import browser_of, found_by_address, jane, linked, text

MOST_QUERIES = 16

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_courts")]


@pytest.fixture(autouse=True)
def _on_the_day(settings: Settings) -> None:
    settings.PORTAL_AS_OF = read_instant("2021-02-16T09:44:00-08:00")


def test_the_box_says_what_pacer_says() -> None:
    account = jane()
    page = text(browser_of(account), "/account/")
    assert f"Account Number {account.account_number} Username {account.user.username}" in page
    assert "Account Type Upgraded PACER Account" in page
    assert "Case Search Status Active Filing Status Active Second factor On: authenticator app" in page


def test_a_legacy_account_leads_to_its_upgrade_and_one_without_a_factor_to_it() -> None:
    legacy = jane(opened_on=date(2009, 5, 18))
    page = browser_of(legacy, factor=False).get("/account/")
    assertContains(page, "Legacy PACER Account")
    assertContains(page, 'data-code="account_legacy"')
    assertContains(page, reverse("account_upgrade"))
    page = browser_of(jane(), factor=False).get("/account/")
    assertContains(page, 'data-code="second_factor_missing"')
    assertContains(page, reverse("mfa_activate_totp"))


def test_a_shared_account_is_told_that_it_never_files() -> None:
    page = browser_of(jane(kind=AccountKind.ADMINISTRATIVE, organization="Acme"), factor=False).get("/account/")
    assertContains(page, 'data-code="account_not_individual"')
    assertContains(page, "Account Status")
    assertContains(page, "Not with a shared account")


def test_an_account_without_filing_says_whom_to_call() -> None:
    account = jane(filing_state=FilingState.SUSPENDED, search_state=SearchState.INACTIVE)
    linked(account, "canb", login="jroe")
    page = browser_of(account).get("/account/")
    assertContains(page, 'data-code="account_disabled"')
    assertContains(page, 'href="tel:+18006766856"')
    assertContains(page, "Suspended")
    assertNotContains(page, "Nothing left to do")


def test_a_password_that_is_due_is_said_so() -> None:
    account = jane(password_changed_at=timezone.now() - timedelta(days=200))
    assertContains(browser_of(account).get("/account/"), "Change it now")


def test_a_linked_court_leads_to_filing_and_to_its_receipt() -> None:
    account = jane()
    link = linked(account, "canb", login="jroe")
    page = browser_of(account).get("/account/")
    assertContains(page, f'href="{reverse("cmecf", args=["canb"])}"')
    assertContains(page, f'href="{reverse("link_receipt", args=["canb", link.pk])}"')
    assertContains(page, link.receipt)
    assert "as jroe," in text(browser_of(account), "/account/")


def test_a_court_whose_filing_account_has_the_confirmed_address_is_shown_without_its_login() -> None:
    account = jane()
    found_by_address(account, "canb", login="the-login")
    found_by_address(account, "cand", login="the-login")
    page = browser_of(account).get("/account/")
    assertContains(page, f'href="{reverse("link_start", args=["canb"])}"')  # live: may be linked now
    assertContains(page, "opens")
    assertNotContains(page, "the-login")
    account.user.email_verified_at = None
    account.user.save()
    assertNotContains(browser_of(account).get("/account/"), reverse("link_start", args=["canb"]))


def test_a_colleague_who_shares_the_mailbox_is_not_offered_beside_ones_own_link() -> None:
    account = jane()
    linked(account, "canb")
    found_by_address(account, "canb")
    assertContains(browser_of(account).get("/account/"), "court-list--filing", count=1)
    assertNotContains(browser_of(account).get("/account/"), "Not linked yet")


def test_a_frozen_link_says_who_settles_it() -> None:
    account = jane()
    freeze_link(linked(account, "canb").pk, said_by=None, now=timezone.now())
    page = text(browser_of(account), "/account/")
    assert "This link is paused" in page
    assert "Nothing left to do" not in page


def test_two_roles_at_one_court_are_two_rows() -> None:
    account = jane()
    linked(account, "canb", login="attorney1")
    linked(account, "canb", login="trustee1", role="trustee")
    page = text(browser_of(account), "/account/")
    assert "attorney1" in page
    assert "trustee1" in page


def test_entries_tell_their_present_value() -> None:
    account = jane()
    browser_of(account)
    client = browser_of(account)
    with transaction.atomic():
        record(EventType.SIGNED_IN, actor=person(account.user_id), subject=("user", account.user_id))
    page = text(client, "/account/")
    assert "1 authenticator app, 0 recovery codes left" in page
    assert "2 sessions. The other one:" in page
    assert "Last sign-in" in page
    assert "•••••@roelaw.example, confirmed" in page
    page = text(client, "/account/maintenance/")
    assert "0 active, 0 ended" in page
    assert "Not a member of a firm’s billing account" in page


def test_maintenance_names_the_firm_that_is_billed() -> None:
    account, firm = (
        jane(),
        PacerAccountFactory.create(kind=AccountKind.FIRM, first_name="", last_name="", organization="Acme"),
    )
    Membership.objects.create(organization=firm, member=account, since=date(2020, 1, 1))
    assert f"Billed to Acme, account {firm.account_number}" in text(browser_of(account), "/account/maintenance/")


def test_the_history_has_every_link_with_its_receipt_and_how_it_ended() -> None:
    account = jane()
    undone, ended = linked(account, "canb"), linked(account, "nysd")
    now = timezone.now()
    Link.objects.filter(pk=undone.pk).update(ended_at=now, ending=Link.Ending.UNDONE)
    Link.objects.filter(pk=ended.pk).update(ended_at=now, ending=Link.Ending.UNLINKED, end_reason="Wrong pair")
    active = linked(account, "cacb")
    client = browser_of(account)
    page = client.get("/account/history/")
    for link in (undone, ended, active):
        assertContains(page, reverse("link_receipt", args=[link.court_id, link.pk]))
    assertContains(page, reverse("link_undo", args=["cacb", active.pk]))
    assertNotContains(page, reverse("link_undo", args=["canb", undone.pk]))
    words = text(client, "/account/history/")
    assert "Ended by the court: Wrong pair" in words
    assert "Undone" in words
    assert "A filing account was linked, " in words


def test_whoever_has_no_pacer_account_is_told_how_to_get_one() -> None:
    client = Client()
    client.force_login(StaffFactory.create(court_id="canb", court=None).user)
    for path in ("/account/", "/account/maintenance/", "/account/history/"):
        assertContains(client.get(path), 'data-code="no_pacer_account"')


def test_strangers_are_sent_to_sign_in_and_no_page_is_stored(client: Client) -> None:
    assert client.get("/account/")["Location"] == "/accounts/login/?next=/account/"
    account = jane()
    for path in ("/account/", "/account/maintenance/", "/account/history/"):
        assert "no-store" in browser_of(account).get(path)["Cache-Control"]


def test_nobody_sees_anothers_links() -> None:
    linked(jane(), "canb", login="somebody-else")
    other = browser_of(jane())
    for path in ("/account/", "/account/history/"):
        assertNotContains(other.get(path), "somebody-else")


@pytest.mark.parametrize("path", ["/account/", "/account/maintenance/", "/account/history/"])
def test_queries_do_not_grow_with_filer_accounts(path: str) -> None:
    account: PacerAccount = jane()
    client = browser_of(account)

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
