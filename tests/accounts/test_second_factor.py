"""The code after the password: every code once, every session marked, recovery codes as a way out."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts import recovery_codes, totp
from accounts.models import TotpDevice, User
from accounts.second_factor import SESSION_KEY, add_totp_device
from accounts.simulation import TOTP_SECRET
from events.models import Event
from tests.accounts.people import CODE, attorney, code_in, code_now, is_signed_in, sign_in, try_password
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
AGAIN = "/accounts/2fa/reauthenticate/"


@pytest.fixture
def jane() -> User:
    return attorney(factor=True)


def test_a_password_alone_does_not_sign_in(client: Client, jane: User) -> None:
    assert try_password(client, jane.username, next="/account/history/")["Location"] == CODE
    assert not is_signed_in(client)
    assert client.get("/account/").status_code == 302
    answer = client.post(CODE, {"code": code_now(jane)})
    assert (answer.status_code, answer["Location"]) == (302, "/account/history/")
    assert client.session[SESSION_KEY]["kind"] == "totp"
    assert Event.objects.get(type="account.signed_in").facts == {"factor": "totp"}


def test_without_a_password_there_is_no_second_step(client: Client, jane: User) -> None:
    assert client.get(CODE)["Location"] == "/accounts/login/"
    assert client.post(CODE, {"code": code_now(jane)})["Location"] == "/accounts/login/"


def test_a_code_works_once(client: Client, jane: User) -> None:
    code = code_now(jane)
    for browser, status in ((client, 302), (Client(), 422)):
        try_password(browser, jane.username)
        answer = browser.post(CODE, {"code": code})
        assert answer.status_code == status
    assert code_in(answer) == "invalid_code"
    assert "4 tries are left" in answer.content.decode()


def test_a_code_of_a_clock_that_is_half_a_minute_off_works_and_older_ones_do_not(client: Client, jane: User) -> None:
    step = totp.step_at(timezone.now())
    try_password(client, jane.username)
    assert client.post(CODE, {"code": totp.code_of(TOTP_SECRET, step=step - 3)}).status_code == 422
    assert client.post(CODE, {"code": totp.code_of(TOTP_SECRET, step=step + 1)}).status_code == 302
    again = Client()
    try_password(again, jane.username)
    assert again.post(CODE, {"code": totp.code_of(TOTP_SECRET, step=step)}).status_code == 422, "an older step"


@pytest.mark.parametrize("typed", ["{code}", " {code} ", "{first} {last}", "{first}-{last}"])
def test_blanks_and_dashes_in_a_code_do_not_matter(client: Client, jane: User, typed: str) -> None:
    code = code_now(jane)
    try_password(client, jane.username)
    assert client.post(CODE, {"code": typed.format(code=code, first=code[:3], last=code[3:])}).status_code == 302


@pytest.mark.parametrize("typed", ["", "abcdef", "12345", "１２３４５６", "0" * 39, "x\0y"])
def test_what_is_no_code_is_an_ordinary_refusal(client: Client, jane: User, typed: str) -> None:
    try_password(client, jane.username)
    assert client.post(CODE, {"code": typed}).status_code == 422


def test_after_five_wrong_codes_the_right_one_has_to_wait(client: Client, jane: User) -> None:
    try_password(client, jane.username)
    answers = [client.post(CODE, {"code": "000000"}) for _try in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert client.post(CODE, {"code": code_now(jane)}).status_code == 429
    assert not is_signed_in(client)


def test_a_thief_of_the_password_does_not_lock_the_owner_out(client: Client, jane: User) -> None:
    sign_in(client, jane)
    client.post("/accounts/logout/")
    thief = Client()
    try_password(thief, jane.username)
    for _try in range(8):
        thief.post(CODE, {"code": "000000"})
    sign_in(client, jane)


def test_each_recovery_code_signs_in_once(client: Client, jane: User) -> None:
    codes = recovery_codes.make(jane, now=timezone.now())
    for typed, status in ((codes[0], 302), (codes[0], 422), (codes[1].upper().replace("-", ""), 302)):
        browser = Client()
        try_password(browser, jane.username)
        assert browser.post(CODE, {"code": typed}).status_code == status
    assert recovery_codes.left(jane) == 8
    assert Event.objects.filter(type="account.recovery_code_used").count() == 2


def test_somebody_elses_recovery_code_is_worth_nothing(client: Client, jane: User) -> None:
    codes = recovery_codes.make(attorney("joan.poe.esq"), now=timezone.now())
    try_password(client, jane.username)
    assert client.post(CODE, {"code": codes[0]}).status_code == 422


def test_any_of_several_devices_will_do(client: Client, jane: User) -> None:
    secret = totp.new_secret()
    add_totp_device(jane, "Tablet", secret)
    try_password(client, jane.username)
    code = totp.code_of(secret, step=totp.step_at(timezone.now()))
    assert client.post(CODE, {"code": code}).status_code == 302
    assert TotpDevice.objects.get(name="Tablet").last_used_at


def test_a_change_of_the_password_makes_a_half_sign_in_worthless(client: Client, jane: User) -> None:
    try_password(client, jane.username)
    assert client.get(CODE).status_code == 200
    User.objects.filter(pk=jane.pk).update(credentials_version=2)
    assert client.get(CODE)["Location"] == "/accounts/login/"
    assert client.post(CODE, {"code": code_now(jane)})["Location"] == "/accounts/login/"


def test_closing_the_log_in_makes_a_half_sign_in_worthless(client: Client, jane: User) -> None:
    try_password(client, jane.username)
    assert client.get(CODE).status_code == 200
    User.objects.filter(pk=jane.pk).update(is_active=False)
    assert client.post(CODE, {"code": code_now(jane)})["Location"] == "/accounts/login/"
    assert not is_signed_in(client)


def test_a_half_sign_in_ends_after_a_quarter_of_an_hour(client: Client, jane: User) -> None:
    try_password(client, jane.username)
    assert client.get(CODE).status_code == 200
    session = client.session
    session["account_login"]["initiated_at"] -= timedelta(minutes=16).total_seconds()
    session.save()
    assert client.get(CODE)["Location"] == "/accounts/login/"


def test_a_sign_in_can_be_given_up(client: Client, jane: User) -> None:
    try_password(client, jane.username)
    client.post("/accounts/logout/")
    assert client.get(CODE)["Location"] == "/accounts/login/"


def test_a_session_from_before_the_enrolment_is_asked_for_a_code_and_led_back(client: Client) -> None:
    user = attorney()
    sign_in(client, user)
    add_totp_device(user, "Phone", TOTP_SECRET)
    key = client.session.session_key
    assert client.get(AGAIN, {"next": "/courts/"}).status_code == 200
    wrong = client.post(AGAIN, {"code": "000000", "next": "/courts/"})
    assert (wrong.status_code, code_in(wrong), SESSION_KEY in client.session) == (422, "invalid_code", False)
    right = client.post(AGAIN, {"code": code_now(user), "next": "/courts/"})
    assert (right.status_code, right["Location"]) == (302, "/courts/")
    assert client.session[SESSION_KEY]["kind"] == "totp"
    assert client.session.session_key != key


def test_whoever_has_no_factor_is_led_to_enrolling_one(client: Client) -> None:
    sign_in(client, attorney())
    assert client.get(AGAIN, {"next": "/courts/"})["Location"] == "/accounts/2fa/totp/activate/?next=%2Fcourts%2F"


def test_secrets_stand_in_the_database_and_the_session_only_sealed(client: Client, jane: User) -> None:
    sign_in(client, jane)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = page.partition('id="secret-key">')[2].partition("<")[0].replace(" ", "")
    assert len(secret) == 32
    assert secret not in json.dumps(dict(client.session))
    assert TOTP_SECRET not in TotpDevice.objects.get(user=jane).secret_sealed
    assert PASSWORD not in json.dumps(dict(client.session))


def test_only_a_demonstration_shows_codes_and_only_of_the_published_secret(
    client: Client, jane: User, settings: Settings
) -> None:
    words = "This demonstration’s code right now"
    try_password(client, jane.username)
    assert words not in client.get(CODE).content.decode()
    settings.PORTAL_DEMO = True
    page = client.get(CODE).content.decode()
    assert words in page
    assert client.post(CODE, {"code": page.partition('class="mono">')[2][:6]}).status_code == 302
    joan = attorney("joan.poe.esq")
    add_totp_device(joan, "Phone", totp.new_secret())
    other = Client()
    try_password(other, joan.username)
    assert words not in other.get(CODE).content.decode()
