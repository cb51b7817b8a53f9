"""Signing in by username and password, and where it leads."""

from datetime import date

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.models import KnownDevice, Session, User
from events.models import Event
from tests.accounts.people import CODE, LOGIN, attorney, code_in, code_now, is_signed_in, try_password
from tests.factories import PASSWORD, StaffFactory

pytestmark = pytest.mark.django_db


def test_the_right_password_signs_in_and_leads_to_the_account(client: Client) -> None:
    user = attorney()
    answer = try_password(client, "Jane.ROE.esq ")
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Event.objects.get(type="account.signed_in").object_id == str(user.pk)


def test_a_wrong_password_says_how_many_tries_are_left(client: Client) -> None:
    attorney()
    answer = try_password(client, "jane.roe.esq", "Wrong-Guess-2026!")
    page = answer.content.decode()
    assert (answer.status_code, code_in(answer)) == (422, "invalid_credentials")
    assert "4 tries are left; then you wait 15 minutes." in page
    assert "<title>Error: Sign in" in page
    assert 'value="jane.roe.esq"' in page
    assert "Wrong-Guess" not in page
    assert not is_signed_in(client)


def test_after_five_failures_the_page_says_when_to_come_back(client: Client) -> None:
    attorney()
    answers = [try_password(client, "jane.roe.esq", "Wrong-Guess-2026!") for _try in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert code_in(answers[-1]) == "too_many_attempts"
    assert 890 <= int(answers[-1]["Retry-After"]) <= 901
    assert "Try again in 15 minutes, at" in answers[-1].content.decode()
    assert try_password(client, "jane.roe.esq").status_code == 429, "the right password has to wait too"
    assert Event.objects.filter(type="limit.reached").count() == 1


def test_a_success_gives_the_tries_back(client: Client) -> None:
    attorney()
    for _round in range(3):
        for _try in range(4):
            assert try_password(client, "jane.roe.esq", "Wrong-Guess-2026!").status_code == 422
        assert try_password(client, "jane.roe.esq").status_code == 302
        client.post("/accounts/logout/")


@pytest.mark.parametrize("target", ["/courts/canb/?as_of=2021-02-16T00:00:00-08:00", "/account/history/"])
def test_it_leads_back_to_where_the_person_was_going(client: Client, target: str) -> None:
    attorney()
    assert f'value="{target}"' in client.get(LOGIN, {"next": target}).content.decode()
    assert try_password(client, "jane.roe.esq", next=target)["Location"] == target


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil"]
)
def test_it_never_leads_to_another_site(client: Client, target: str) -> None:
    attorney()
    assert "evil" not in client.get(LOGIN, {"next": target}).content.decode()
    assert try_password(client, "jane.roe.esq", next=target)["Location"] == "/account/"


def test_a_legacy_name_of_six_characters_signs_in(client: Client) -> None:
    attorney("gr1998", opened_on=date(2009, 5, 18))
    assert try_password(client, "gr1998").status_code == 302


def test_staff_without_an_account_arrive_at_the_clerks_desk(client: Client) -> None:
    user = StaffFactory.create(user__username="canb.clerk", user__password=make_password(PASSWORD)).user
    assert try_password(client, user.username)["Location"] == "/admin/"


def test_blanks_around_a_password_count(client: Client) -> None:
    user = attorney()
    User.objects.filter(pk=user.pk).update(password=make_password("  two leading blanks "))
    assert try_password(client, "jane.roe.esq", "two leading blanks").status_code == 422
    assert try_password(client, "jane.roe.esq", "  two leading blanks ").status_code == 302


def test_a_closed_log_in_looks_like_a_wrong_password(client: Client) -> None:
    user = attorney()
    assert try_password(client, "jane.roe.esq").status_code == 302
    User.objects.filter(pk=user.pk).update(is_active=False)
    closed = try_password(Client(), "jane.roe.esq")
    assert (closed.status_code, code_in(closed)) == (422, "invalid_credentials")


def test_a_browser_that_has_signed_in_is_known_again_for_this_account_alone(client: Client) -> None:
    jane, joan = attorney(), attorney("joan.poe.esq")
    try_password(client, "jane.roe.esq")
    client.post("/accounts/logout/")
    try_password(client, "jane.roe.esq")
    assert KnownDevice.objects.filter(user=jane).count() == 1
    assert not KnownDevice.objects.filter(user=joan).exists()


@pytest.mark.parametrize("given", [{"login": "", "password": "x"}, {"login": "x", "password": ""}, {}])
def test_an_empty_field_is_named(client: Client, given: dict[str, str]) -> None:
    answer = client.post(LOGIN, given)
    assert answer.status_code == 422
    assert b'role="alert"' in answer.content


@pytest.mark.parametrize("login", ["x\0y", "x" * 5000, "'; DROP TABLE users; --", "<script>", "Éva\u202e"])
def test_odd_input_is_an_ordinary_refusal(client: Client, login: str) -> None:
    answer = try_password(client, login)
    assert answer.status_code == 422
    assert "<script>" not in answer.content.decode()


def test_accented_capitals_are_no_other_name(client: Client) -> None:
    attorney("éva.mária")
    assert try_password(client, "ÉVA.MÁRIA").status_code == 302


def test_whoever_is_signed_in_goes_on(client: Client) -> None:
    client.force_login(attorney())
    assert client.get(LOGIN, {"next": "/courts/"})["Location"] == "/courts/"


def test_signing_in_as_somebody_else_ends_the_first_session(client: Client) -> None:
    jane, joan = attorney(), attorney("joan.poe.esq")
    try_password(client, jane.username)
    client.session["left"] = "behind"
    try_password(client, joan.username)
    assert client.session["_auth_user_id"] == str(joan.pk)
    assert not Session.objects.filter(user=jane).exists()


def test_a_link_signs_nobody_out_but_the_button_does(client: Client) -> None:
    user = attorney()
    try_password(client, user.username)
    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)
    assert client.post("/accounts/logout/").status_code == 302
    assert not is_signed_in(client)
    assert Event.objects.filter(type="account.signed_out").count() == 1


def test_the_key_of_the_session_changes_with_its_rights() -> None:
    user, client = attorney(factor=True), Client()
    client.session.save()
    planted = client.session
    planted["planted"] = True
    planted.save()
    client.cookies["portal_session"] = str(planted.session_key)
    keys = [planted.session_key]
    assert try_password(client, user.username)["Location"] == CODE
    keys.append(client.cookies["portal_session"].value)
    client.post(CODE, {"code": code_now(user)})
    keys.append(client.cookies["portal_session"].value)
    assert len(set(keys)) == 3
    for old in keys[:2]:
        thief = Client()
        thief.cookies["portal_session"] = str(old)
        assert not is_signed_in(thief)
