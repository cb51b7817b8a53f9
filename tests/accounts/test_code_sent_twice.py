"""A code that the same browser sends twice: a double click, or a retry whose first answer was lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.http import SimpleCookie
from django.test import Client
from django.utils import timezone

from accounts import recovery_codes
from accounts.models import Session, User
from accounts.resent import RESENT_WITHIN
from events.models import Event
from tests.accounts.people import CODE, LOGIN, attorney, code_in, code_now, is_signed_in, try_password

pytestmark = pytest.mark.django_db


def half_signed_in(user: User) -> Client:
    client = Client()
    assert try_password(client, user.username, next="/courts/canb/").status_code == 302
    return client


def same_browser(client: Client) -> Client:
    """The browser as it was before an answer came: with the cookies of now."""
    before = Client()
    before.cookies = SimpleCookie({name: morsel.value for name, morsel in client.cookies.items()})
    return before


def test_a_retry_whose_first_answer_was_lost_is_signed_in() -> None:
    user = attorney(factor=True)
    client = half_signed_in(user)
    retry, code = same_browser(client), code_now(user)
    assert client.post(CODE, {"code": code})["Location"] == "/courts/canb/"
    answer = retry.post(CODE, {"code": code})
    assert (answer.status_code, answer["Location"]) == (302, "/courts/canb/")
    assert is_signed_in(client)
    assert is_signed_in(retry)
    assert client.session.session_key != retry.session.session_key
    assert not Event.objects.filter(type="account.factor_failed").exists()


def test_the_retry_lasts_as_long_as_any_other_session() -> None:
    user = attorney(factor=True)
    client = half_signed_in(user)
    retry, code = same_browser(client), code_now(user)
    for browser in (client, retry):
        assert browser.post(CODE, {"code": code}).status_code == 302
    hours = [row.expire_date - timezone.now() for row in Session.objects.filter(user=user)]
    assert [left > timedelta(hours=11) for left in hours] == [True, True]
    with time_machine.travel(timezone.now() + RESENT_WITHIN * 2):
        for browser in (client, retry):
            assert browser.get(LOGIN)["Location"] == "/account/", "who is signed in is not asked again"


def test_another_browser_that_has_the_password_too_is_refused_the_same_code() -> None:
    user = attorney(factor=True)
    client, thief = half_signed_in(user), half_signed_in(user)
    code = code_now(user)
    assert client.post(CODE, {"code": code}).status_code == 302
    answer = thief.post(CODE, {"code": code})
    assert (answer.status_code, code_in(answer)) == (422, "invalid_code")
    assert not is_signed_in(thief)


def test_after_a_minute_the_old_cookie_is_worth_nothing() -> None:
    user = attorney(factor=True)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = half_signed_in(user)
        retry, code = same_browser(client), code_now(user)
        assert client.post(CODE, {"code": code}).status_code == 302
        clock.shift(RESENT_WITHIN + timedelta(seconds=1))
        assert retry.post(CODE, {"code": code})["Location"] == "/accounts/login/"
        assert not is_signed_in(retry)


def test_a_new_password_in_between_ends_the_retry() -> None:
    user = attorney(factor=True)
    client = half_signed_in(user)
    retry, code = same_browser(client), code_now(user)
    assert client.post(CODE, {"code": code}).status_code == 302
    User.objects.filter(pk=user.pk).update(credentials_version=user.credentials_version + 1)
    assert retry.post(CODE, {"code": code})["Location"] == "/accounts/login/"
    assert not is_signed_in(retry)


def test_a_recovery_code_sent_twice_is_used_once_and_both_are_signed_in() -> None:
    user = attorney(factor=True)
    code = recovery_codes.make(user, now=timezone.now())[0]
    client = half_signed_in(user)
    retry = same_browser(client)
    for browser in (client, retry):
        assert browser.post(f"{CODE}?use=recovery", {"code": code}).status_code == 302
        assert is_signed_in(browser)
    assert recovery_codes.left(user) == recovery_codes.COUNT - 1
    assert Event.objects.filter(type="account.recovery_code_used").count() == 1


def test_a_code_asked_for_once_more_while_signed_in_may_be_sent_twice() -> None:
    user = attorney(factor=True)
    client = half_signed_in(user)
    assert client.post(CODE, {"code": code_now(user)}).status_code == 302
    retry, code = same_browser(client), code_now(user)
    for browser in (client, retry):
        answer = browser.post("/accounts/2fa/reauthenticate/?next=/courts/canb/", {"code": code})
        assert (answer.status_code, answer["Location"]) == (302, "/courts/canb/")
        assert is_signed_in(browser)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_four_at_the_same_instant_all_are_signed_in_and_the_code_is_used_once() -> None:
    user = attorney(factor=True)
    client = half_signed_in(user)
    browsers, code = [same_browser(client) for _number in range(4)], code_now(user)

    def send(browser: Client) -> Any:
        try:
            return browser.post(CODE, {"code": code})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, browsers))
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/courts/canb/")}
    assert all(is_signed_in(browser) for browser in browsers)
