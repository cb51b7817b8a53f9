"""Nobody learns from sign-in, sign-up or recovery whether a log-in or an address exists."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from passlib.hash import sha512_crypt
from pytest_django.fixtures import Settings

from accounts.hashers import PortalArgon2Hasher
from accounts.models import User
from events.models import Event
from tests.accounts.people import attorney, try_password

pytestmark = pytest.mark.django_db
WRONG = "Wrong-Guess-2026!"


class CountingHasher(PortalArgon2Hasher):
    """The portal's own, which also counts how often Argon2 runs."""

    runs = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.runs += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        CountingHasher.runs += 1
        return super().verify(password, encoded)


@pytest.fixture
def argon2_runs(settings: Settings) -> type[CountingHasher]:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher", *settings.PASSWORD_HASHERS[1:]]
    CountingHasher.runs = 0
    return CountingHasher


def stored(password_hash: str, **fields: object) -> User:
    user = attorney("jane.roe.esq")
    User.objects.filter(pk=user.pk).update(password=password_hash, **fields)
    return user


HASHES = {
    "ours": lambda: make_password("Right-Password-1!"),
    "pbkdf2": lambda: PBKDF2PasswordHasher().encode("Right-Password-1!", "saltsalt", 1000),
    "sha512": lambda: sha512_crypt.using(rounds=1000).hash("Right-Password-1!"),
    "unusable": lambda: "!",
}


@pytest.mark.parametrize("kind", HASHES)
def test_a_wrong_password_pays_one_argon2_as_an_unknown_login_does(
    client: Client, argon2_runs: type[CountingHasher], kind: str
) -> None:
    user = stored(HASHES[kind]())
    argon2_runs.runs = 0
    assert try_password(client, "nobody.at.all", WRONG).status_code == 422
    assert argon2_runs.runs == 1
    assert try_password(client, user.username, WRONG).status_code == 422
    assert argon2_runs.runs == 2


def test_the_right_password_of_a_closed_log_in_pays_the_same(client: Client, argon2_runs: type[CountingHasher]) -> None:
    stored(make_password("Right-Password-1!"), is_active=False)
    argon2_runs.runs = 0
    assert try_password(client, "jane.roe.esq", "Right-Password-1!").status_code == 422
    assert argon2_runs.runs == 1


def test_a_try_too_many_pays_none_for_anybody(client: Client, argon2_runs: type[CountingHasher]) -> None:
    attorney()
    for login in ("jane.roe.esq", "nobody.at.all"):
        for _try in range(5):
            try_password(client, login, WRONG)
        argon2_runs.runs = 0
        assert try_password(client, login, WRONG).status_code == 429
        assert argon2_runs.runs == 0


def test_the_pages_differ_in_nothing_but_the_login_that_was_typed() -> None:
    attorney("joan.poe.esq")
    pages = []
    for login in ("joan.poe.esq", "nobody.at.all"):
        page = try_password(Client(), login, WRONG).content.decode()
        token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        pages.append(page.replace(login, "LOGIN").replace(token, "TOKEN"))
    assert pages[0] == pages[1]


def test_both_leave_one_line_in_the_record(client: Client) -> None:
    user = attorney("jane.roe.esq")
    for login in ("jane.roe.esq", "nobody.at.all"):
        try_password(client, login, WRONG)
    lines = Event.objects.filter(type="account.sign_in_failed").order_by("sequence")
    assert [line.object_id for line in lines] == [str(user.pk), ""]


def test_both_cost_the_same_number_of_queries(client: Client) -> None:
    attorney("jane.roe.esq")
    try_password(client, "someone.else", WRONG)
    counts = []
    for login in ("jane.roe.esq", "nobody.at.all"):
        with CaptureQueriesContext(connection) as captured:
            try_password(client, login, WRONG)
        counts.append(len(captured))
    assert counts[0] == counts[1]
