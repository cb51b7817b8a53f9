"""A Legacy account becomes an Upgraded one in three steps, once, whatever tabs and double clicks do."""

from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import OutgoingMail, PacerAccount
from accounts.upgrade import Address, Person, UpgradeRefused, UsernameTaken, upgrade_account
from courts.models import County
from events.models import Event
from tests.factories import CourtFactory, PacerAccountFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

PERSON = {
    "is_me": "yes",
    "first_name": "George",
    "middle_name": "",
    "last_name": "Rivers",
    "suffix": "",
    "organization": "",
    "date_of_birth": "1971-05-04",
    "user_type": "attorney",
}
ADDRESS = {
    "address": "1301 Clay Street",
    "address_more": "",
    "city": "Oakland",
    "state": "CA",
    "county": "Alameda",
    "zip": "94612",
    "phone": "510-555-0178",
}
SECURITY = {"username": "george.rivers", "password1": "Clay-Street-1301!", "password2": "Clay-Street-1301!"}


@pytest.fixture
def legacy() -> PacerAccount:
    for name in ("Alameda", "San Francisco"):
        County.objects.create(court=CourtFactory.create(), state="CA", name=name)
    user = UserFactory.create(username="gr1998", email="george@rivers.example")
    return PacerAccountFactory.create(
        user=user, account_number="1199807", opened_on=date(2009, 5, 18), first_name="George", last_name="Rivers"
    )


@pytest.fixture
def george(legacy: PacerAccount) -> Client:
    client = Client()
    client.force_login(legacy.user)
    return client


def post(client: Client, name: str, answers: dict[str, str]) -> Any:
    return client.post(reverse(name), answers)


def up_to_security(client: Client) -> None:
    assert post(client, "account_upgrade", PERSON).status_code == 302
    assert post(client, "account_upgrade_address", ADDRESS).status_code == 302


def test_three_steps_upgrade_and_keep_the_number(george: Client, legacy: PacerAccount) -> None:
    up_to_security(george)
    legacy.refresh_from_db()
    assert legacy.is_legacy, "only the last step changes anything"
    done = george.post(reverse("account_upgrade_security"), SECURITY, follow=True)
    assert done.status_code == 200
    assert b"george.rivers" in done.content
    account = PacerAccount.objects.select_related("user").get(pk=legacy.pk)
    assert (account.account_number, account.is_legacy, account.county) == ("1199807", False, "Alameda")
    assert account.user.username_key == "george.rivers"
    assert account.user.check_password("Clay-Street-1301!")
    assert (account.date_of_birth, account.identity_version) == (date(1971, 5, 4), 2)
    kinds = list(Event.objects.filter(object_kind="account").order_by("sequence").values_list("type", flat=True))
    assert kinds == ["account.upgraded", "account.username_changed", "account.password_changed"]
    assert OutgoingMail.objects.get().to == "george@rivers.example"


def test_other_sessions_end_and_this_one_goes_on(george: Client, legacy: PacerAccount) -> None:
    elsewhere = Client()
    elsewhere.force_login(legacy.user)
    up_to_security(george)
    post(george, "account_upgrade_security", SECURITY)
    assert george.get(reverse("account_upgrade_done")).status_code == 200
    assert elsewhere.get(reverse("account_upgrade")).status_code == 302
    assert "login" in elsewhere.get(reverse("account_upgrade"))["Location"]


def test_a_second_click_sees_what_the_first_has_done(george: Client, legacy: PacerAccount) -> None:
    up_to_security(george)
    for _click in range(2):
        answer = post(george, "account_upgrade_security", SECURITY)
        assert (answer.status_code, answer["Location"]) == (302, reverse("account_upgrade_done"))
    assert OutgoingMail.objects.count() == 1
    assert Event.objects.filter(type="account.upgraded").count() == 1


def test_whoever_shares_the_account_is_told_to_leave_it(george: Client, legacy: PacerAccount) -> None:
    answer = post(george, "account_upgrade", {"is_me": "no"})
    assert (answer.status_code, 'data-code="account_not_individual"' in answer.content.decode()) == (200, True)
    assert reverse("account_signup") in answer.content.decode()
    assert post(george, "account_upgrade_security", SECURITY)["Location"] == reverse("account_upgrade")


def test_steps_can_not_be_skipped(george: Client) -> None:
    assert george.get(reverse("account_upgrade_security"))["Location"] == reverse("account_upgrade")
    assert george.get(reverse("account_upgrade_address"))["Location"] == reverse("account_upgrade")


def test_counties_come_with_the_state_also_without_scripts(george: Client) -> None:
    post(george, "account_upgrade", PERSON)
    assert b"Alameda" not in george.get(reverse("account_upgrade_address")).content
    shown = post(george, "account_upgrade_address", {**ADDRESS, "county": "", "show_counties": "1"})
    assert (shown.status_code, b"Alameda" in shown.content, b"Oakland" in shown.content) == (200, True, True)
    missing = post(george, "account_upgrade_address", {**ADDRESS, "county": ""})
    assert (missing.status_code, b"Choose the county in California." in missing.content) == (422, True)
    wrong = post(george, "account_upgrade_address", {**ADDRESS, "county": "Cook"})
    assert wrong.status_code == 422
    without = post(george, "account_upgrade_address", {**ADDRESS, "state": "GU", "county": ""})
    assert without.status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "short"),
        ("username", "1234567890"),
        ("username", "has blanks in it"),
        ("username", "jane.roe.esq"),
        ("password1", "too-Short-1!"),
        ("password1", "no-capital-letters!"),
        ("password1", "Rivers-Rivers-2026!"),
        ("password2", "Clay-Street-1302!"),
    ],
)
def test_names_and_passwords_that_will_not_do_change_nothing(
    george: Client, legacy: PacerAccount, field: str, value: str
) -> None:
    UserFactory.create(username="jane.roe.esq")
    up_to_security(george)
    answers = {**SECURITY, field: value}
    if field == "password1":
        answers["password2"] = value
    answer = post(george, "account_upgrade_security", answers)
    assert (answer.status_code, b"Error:" in answer.content) == (422, True)
    assert value not in answer.content.decode() or field == "username", "passwords are not sent back"
    assert PacerAccount.objects.get(pk=legacy.pk).is_legacy


@pytest.mark.parametrize("born", ["", "2999-01-01", "1066-10-14", "yesterday"])
def test_a_birthday_lies_in_the_past(george: Client, born: str) -> None:
    assert post(george, "account_upgrade", {**PERSON, "date_of_birth": born}).status_code == 422


def test_somebody_with_one_name_can_upgrade(george: Client) -> None:
    assert post(george, "account_upgrade", {**PERSON, "first_name": "", "last_name": "Teller"}).status_code == 302


def test_a_firms_account_is_told_kindly_what_to_do(client: Client) -> None:
    firm = PacerAccountFactory.create(kind="firm", opened_on=date(2009, 1, 1))
    client.force_login(firm.user)
    answer = client.get(reverse("account_upgrade"))
    assert (answer.status_code, 'data-code="account_not_individual"' in answer.content.decode()) == (409, True)


def test_staff_without_an_account_are_told_so(client: Client) -> None:
    client.force_login(StaffFactory.create().user)
    answer = client.get(reverse("account_upgrade"))
    assert (answer.status_code, 'data-code="no_pacer_account"' in answer.content.decode()) == (409, True)


def test_an_upgraded_account_has_nothing_left_to_upgrade(client: Client) -> None:
    client.force_login(PacerAccountFactory.create().user)
    assert client.get(reverse("account_upgrade"))["Location"] == reverse("account_upgrade_done")


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get(reverse("account_upgrade")).status_code == 302


def upgrade(account: PacerAccount, username: str) -> None:
    person = {name: value for name, value in PERSON.items() if name != "is_me"}
    upgrade_account(
        account.pk,
        person=Person(**{**person, "date_of_birth": date(1971, 5, 4)}),  # type: ignore[arg-type]
        address=Address(**ADDRESS),
        username=username,
        password_hash="!",
        at=account.updated_at,
        keep_signed_in=lambda user: None,
    )


def test_of_two_tabs_at_the_same_instant_one_upgrades_and_the_other_hears_it(legacy: PacerAccount) -> None:
    outcomes, start = [], Barrier(2, timeout=10)

    def tab(username: str) -> None:
        start.wait()
        try:
            upgrade(legacy, username)
        except UpgradeRefused as refused:
            outcomes.append(refused.obstacle.value)
        else:
            outcomes.append(username)
        finally:
            connection.close()

    tabs = [Thread(target=tab, args=[f"george.rivers.{n}"]) for n in range(2)]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()
    winner = PacerAccount.objects.select_related("user").get().user.username
    assert sorted(outcomes) == sorted([winner, "already_upgraded"])
    assert OutgoingMail.objects.count() == 1


def test_a_username_taken_meanwhile_is_refused_and_nothing_is_changed(legacy: PacerAccount) -> None:
    UserFactory.create(username="George.Rivers")
    with pytest.raises(UsernameTaken):
        upgrade(legacy, "george.rivers")
    assert PacerAccount.objects.get(pk=legacy.pk).is_legacy
    assert not Event.objects.exists()
