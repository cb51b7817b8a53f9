"""Registering: a number of one's own, a username that nobody else has, a mailbox that is confirmed by a code."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts import registration
from accounts.client import Client as From
from accounts.limits import RULES, Action
from accounts.models import PacerAccount, User
from accounts.registration import NumbersExhausted, Registration, register
from accounts.upgrade import UsernameTaken
from events.models import Event
from tests.accounts.mails import code_in_mail
from tests.accounts.people import attorney, code_in, is_signed_in
from tests.factories import PacerAccountFactory

pytestmark = pytest.mark.django_db
SIGN_UP, CONFIRM = "/accounts/signup/", "/accounts/confirm-email/"
ANSWERS = {
    "first_name": "Ada",
    "last_name": "Byron",
    "email": "ada@byronlaw.example",
    "date_of_birth": "1985-12-10",
    "username": "ada.byron.esq",
    "password1": "Engine-of-1843-runs!",
    "password2": "Engine-of-1843-runs!",
}


def test_an_account_is_made_and_can_be_used_at_once(client: Client) -> None:
    answer = client.post(SIGN_UP, {**ANSWERS, "next": "/courts/canb/"})
    assert (answer.status_code, answer["Location"]) == (302, f"{CONFIRM}?next=%2Fcourts%2Fcanb%2F")
    account = PacerAccount.objects.select_related("user").get()
    assert (account.is_legacy, account.kind, account.date_of_birth) == (False, "individual", date(1985, 12, 10))
    assert len(account.account_number) == 7
    assert account.account_number.isdigit()
    assert is_signed_in(client)
    assert account.user.email_verified_at is None
    code = code_in_mail(to="ada@byronlaw.example", kind="code_email")
    confirmed = client.post(CONFIRM, {"code": code, "next": "/courts/canb/"})
    assert confirmed["Location"] == "/courts/canb/"
    account.user.refresh_from_db()
    assert account.user.email_verified_at
    assert Event.objects.filter(type="account.registered", object_id=str(account.pk)).count() == 1


def test_the_new_log_in_signs_in(client: Client) -> None:
    client.post(SIGN_UP, ANSWERS)
    again = Client()
    answer = again.post("/accounts/login/", {"login": "ADA.byron.esq", "password": ANSWERS["password1"]})
    assert answer.status_code == 302
    assert is_signed_in(again)


def test_whoever_gives_no_birthday_and_has_one_name_can_register(client: Client) -> None:
    assert client.post(SIGN_UP, {**ANSWERS, "first_name": "", "date_of_birth": ""}).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("last_name", ""),
        ("email", "not an address"),
        ("email", ""),
        ("date_of_birth", "2999-01-01"),
        ("username", "short"),
        ("username", "12345678"),
        ("username", "with blanks in"),
        ("password1", "Short-1!"),
        ("password1", "engine-of-1843-runs!"),
        ("password1", "ENGINE-OF-1843-RUNS!"),
        ("password1", "EngineOf1843Runs"),
        ("password1", "My-Byron-Engine-1843!"),
        ("password1", "my-byronlaw-Engine!"),
        ("password1", "Engine-of-1843-runs!" * 3),
        ("password2", "Engine-of-1844-runs!"),
    ],
)
def test_answers_that_will_not_do_make_nothing(client: Client, field: str, value: str) -> None:
    given = {**ANSWERS, field: value}
    if field == "password1":
        given["password2"] = value
    answer = client.post(SIGN_UP, given)
    assert (answer.status_code, b"Error:" in answer.content) == (422, True)
    assert ANSWERS["password2"] not in answer.content.decode()
    assert not User.objects.exists()


def test_one_address_may_have_several_accounts(client: Client) -> None:
    attorney(user__email=ANSWERS["email"])
    assert client.post(SIGN_UP, ANSWERS).status_code == 302


def test_a_username_that_exists_is_refused_and_asking_is_counted(client: Client) -> None:
    attorney("Ada.Byron.ESQ")
    answers = [client.post(SIGN_UP, ANSWERS) for _try in range(RULES[Action.SIGN_UP].pair + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {422}
    assert "Somebody else has this username" in answers[0].content.decode()
    assert (answers[-1].status_code, code_in(answers[-1])) == (429, "too_many_attempts")


def test_a_firm_of_sixty_registers_on_one_morning() -> None:
    for number in range(60):
        given = Registration(
            first_name="A", last_name="B", email="a@b.example", date_of_birth=None, username=f"colleague.{number:02}"
        )
        register(given, password_hash="!", client=From(address="192.0.2.1"), at=timezone.now())
    assert PacerAccount.objects.count() == 60


@pytest.mark.django_db(transaction=True)
def test_of_two_that_want_one_username_at_the_same_instant_one_gets_it_and_numbers_differ() -> None:
    def want(username: str) -> str:
        try:
            given = Registration(first_name="", last_name="B", email="", date_of_birth=None, username=username)
            user = register(given, password_hash="!", client=From(address=None), at=timezone.now())
        except UsernameTaken:
            return "taken"
        else:
            return user.username
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(want, ["Same.Name", "same.name", "SAME.NAME", "other.name"]))
    assert outcomes.count("taken") == 2
    assert "other.name" in outcomes
    assert PacerAccount.objects.count() == 2


def test_a_number_that_is_given_already_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """With two numbers in all and one of them given, the other one is found; with both given, nothing is made."""
    monkeypatch.setattr(registration, "FIRST_NUMBER", 2_000_000)
    monkeypatch.setattr(registration, "LAST_NUMBER", 2_000_001)
    PacerAccountFactory.create(account_number="2000000")
    given = Registration(first_name="", last_name="B", email="", date_of_birth=None, username="ada.byron.esq")
    user = register(given, password_hash="!", client=From(address=None), at=timezone.now())
    assert PacerAccount.objects.get(user=user).account_number == "2000001"
    more = Registration(first_name="", last_name="C", email="", date_of_birth=None, username="carl.byron.esq")
    with pytest.raises(NumbersExhausted):
        register(more, password_hash="!", client=From(address=None), at=timezone.now())
    assert not User.objects.filter(username="carl.byron.esq").exists()
