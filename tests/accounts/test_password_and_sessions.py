"""Changing one's password, and the sessions that end with it or by hand."""

import pytest
from django.test import Client

from accounts.models import Session, User
from accounts.own_sessions import browser_words
from events.models import Event
from tests.accounts.mails import texts
from tests.accounts.people import attorney, code_in, sign_in, try_password
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
CHANGE, SESSIONS = "/accounts/password/change/", "/accounts/sessions/"
NEW = "Engine-of-1843-runs!"
ANSWERS = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}


@pytest.fixture
def jane(client: Client) -> User:
    user = attorney()
    sign_in(client, user)
    return user


def test_this_session_goes_on_under_a_new_key_and_every_other_ends(client: Client, jane: User) -> None:
    elsewhere, key = sign_in(Client(), jane), client.session.session_key
    assert client.post(CHANGE, ANSWERS)["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert client.session.session_key != key
    assert elsewhere.get("/account/").status_code == 302
    assert Session.objects.filter(user=jane).count() == 1
    jane.refresh_from_db()
    assert jane.credentials_version == 2
    assert try_password(Client(), jane.username, PASSWORD).status_code == 422
    assert try_password(Client(), jane.username, NEW).status_code == 302
    assert len(texts(to=jane.email, kind="password_changed")) == 1
    assert Event.objects.filter(type="account.password_changed", object_id=str(jane.pk)).count() == 1


def test_the_old_password_is_asked_for_and_guessing_it_is_counted(client: Client, jane: User) -> None:
    answers = [client.post(CHANGE, {**ANSWERS, "oldpassword": "Wrong-Guess-2026!"}) for _try in range(6)]
    assert [code_in(answer) for answer in answers] == ["invalid_credentials"] * 5 + ["too_many_attempts"]
    assert client.post(CHANGE, ANSWERS).status_code == 429
    assert try_password(Client(), jane.username).status_code == 302, "signing in is counted apart"


@pytest.mark.parametrize("new", ["short", PASSWORD, "my-name-is-Jane-Roe!", "x" * 60])
def test_a_new_password_that_will_not_do_changes_nothing(client: Client, jane: User, new: str) -> None:
    assert client.post(CHANGE, {**ANSWERS, "password1": new, "password2": new}).status_code == 422
    assert try_password(Client(), jane.username).status_code == 302


def test_whoever_has_a_factor_uses_it_in_this_session_first(client: Client) -> None:
    user = attorney(factor=True)
    client.force_login(user)
    assert "reauthenticate" in client.post(CHANGE, ANSWERS)["Location"]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_raised_version_ends_sessions_at_their_next_request(client: Client, jane: User) -> None:
    assert client.get("/account/").status_code == 200
    User.objects.filter(pk=jane.pk).update(credentials_version=2)
    assert client.get("/account/").status_code == 302


def test_the_list_shows_every_living_session_and_ends_the_one_that_is_chosen(client: Client, jane: User) -> None:
    second = sign_in(Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"}), jane)
    third = sign_in(Client(), jane)
    page = client.get(SESSIONS).content.decode()
    assert page.count('name="end"') == 2
    assert "Firefox on Windows" in page
    chosen = Session.objects.get(user_agent__contains="Firefox")
    assert client.post(SESSIONS, {"end": chosen.session_key})["Location"] == SESSIONS
    assert second.get("/account/").status_code == 302
    assert third.get("/account/").status_code == client.get("/account/").status_code == 200
    client.post(SESSIONS, {"others": "1"})
    assert third.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200
    assert Event.objects.filter(type="account.session_ended").count() == 2


def test_a_session_that_would_not_be_let_in_is_not_shown(client: Client, jane: User) -> None:
    sign_in(Client(), jane)
    assert client.get(SESSIONS).content.decode().count('name="end"') == 1
    stale = Session.objects.filter(user=jane).earliest("started_at")
    User.objects.filter(pk=jane.pk).update(credentials_version=2)
    jane.refresh_from_db()
    fresh = Client()
    sign_in(fresh, jane)
    page = fresh.get(SESSIONS).content.decode()
    assert stale.session_key not in page
    assert 'name="end"' not in page


def test_nobody_ends_sessions_of_others_nor_their_own_by_mistake(client: Client, jane: User) -> None:
    other = sign_in(Client(), attorney("joan.poe.esq"))
    for row in Session.objects.all():
        client.post(SESSIONS, {"end": row.session_key})
    assert other.get("/account/").status_code == client.get("/account/").status_code == 200


def test_keys_are_stored_hashed(client: Client, jane: User) -> None:
    key = str(client.session.session_key)
    assert not Session.objects.filter(session_key=key).exists()
    thief = Client()
    thief.cookies["portal_session"] = Session.objects.get(user=jane).session_key
    assert thief.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605 Version/17.0 Safari/605.1", "Safari on Mac"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537 Chrome/130.0 Mobile Safari/537", "Chrome on Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/130.0 Safari/537 Edg/130.0", "Edge on Windows"),
        ("curl/8.0", "A browser that doesn’t say what it is"),
    ],
)
def test_browsers_are_called_by_their_names(header: str, words: str) -> None:
    assert browser_words(header) == words
