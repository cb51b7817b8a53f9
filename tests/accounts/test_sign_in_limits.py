"""Who is slowed down by whom: guessing is, colleagues are not, a firm behind one address is not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts import limits
from accounts.client import Client as From
from accounts.keys import name_key
from accounts.models import FailureCount, User
from accounts.second_factor import CodeRefused, accept_code
from accounts.simulation import TOTP_SECRET
from accounts.totp import code_of, step_at
from tests.accounts.people import attorney, try_password

pytestmark = pytest.mark.django_db
WRONG = "Wrong-Guess-2026!"


def browser(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def address(number: int) -> str:
    return f"198.18.{number // 250}.{number % 250 + 1}"


@pytest.fixture
def jane() -> User:
    return attorney()


def test_a_stranger_cannot_lock_a_colleague_out_who_signed_in_here_before(jane: User) -> None:
    own = browser("192.0.2.7")
    assert try_password(own, jane.username).status_code == 302
    own.post("/accounts/logout/")
    # The stranger sits in the same office, behind the same address.
    stranger = browser("192.0.2.7")
    for _try in range(8):
        last = try_password(stranger, jane.username, WRONG)
    assert last.status_code == 429
    assert try_password(own, jane.username).status_code == 302


def test_strangers_elsewhere_never_take_the_first_three_tries(jane: User) -> None:
    for number in range(60):
        assert try_password(browser(address(number)), jane.username, WRONG).status_code == 422
    new = browser("192.0.2.99")
    assert [try_password(new, jane.username, WRONG).status_code for _try in range(2)] == [422, 422]
    assert try_password(new, jane.username).status_code == 302


def test_spraying_one_login_from_many_addresses_gets_three_tries_from_each(jane: User) -> None:
    for number in range(30):
        try_password(browser(address(number)), jane.username, WRONG)
    late = browser("192.0.2.50")
    statuses = [try_password(late, jane.username, WRONG).status_code for _try in range(4)]
    assert statuses == [422, 422, 422, 429]


def test_spraying_many_logins_from_one_address_ends() -> None:
    rule = limits.RULES[limits.Action.SIGN_IN]

    def guess(number: int) -> None:
        attempt = limits.Attempt(
            action=limits.Action.SIGN_IN, who="address:192.0.2.1", subject=f"login{number}", address="192.0.2.1"
        )
        limits.take_try(attempt, now=timezone.now())

    for number in range(rule.address):
        guess(number)
    with pytest.raises(limits.TooManyFailures):
        guess(rule.address)


def test_addresses_of_one_ipv6_network_count_as_one(jane: User) -> None:
    statuses = [try_password(browser(f"2001:db8:1:2::{n}"), jane.username, WRONG).status_code for n in range(1, 7)]
    assert statuses == [422] * 5 + [429]
    assert try_password(browser("2001:db8:1:3::1"), jane.username).status_code == 302


def test_a_firm_of_sixty_behind_one_address_signs_in_on_one_morning() -> None:
    for number in range(60):
        user, own = attorney(f"colleague.{number:02}"), browser("192.0.2.1")
        for _slip in range(3):
            assert try_password(own, user.username, WRONG).status_code == 422
        assert try_password(own, user.username).status_code == 302


def test_waiting_gives_the_tries_back_and_a_second_round_waits_twice_as_long(jane: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        waits = []
        for _round in range(3):
            own = browser("192.0.2.1")
            answers = [try_password(own, jane.username, WRONG) for _try in range(6)]
            assert [answer.status_code for answer in answers] == [422] * 5 + [429]
            waits.append(round(int(answers[-1]["Retry-After"]) / 60))
            clock.shift(timedelta(seconds=int(answers[-1]["Retry-After"]) + 1))
    assert waits == [15, 30, 60]


def test_a_clerk_gives_the_tries_back(jane: User) -> None:
    own = browser("192.0.2.1")
    for _try in range(6):
        try_password(own, jane.username, WRONG)
    assert limits.clear(action=limits.Action.SIGN_IN, subject=name_key(jane.username)) > 0
    assert try_password(own, jane.username).status_code == 302


def test_the_count_names_nobody(jane: User) -> None:
    try_password(browser("192.0.2.1"), jane.username, WRONG)
    for row in FailureCount.objects.all():
        assert jane.username not in row.key + row.subject_key
        assert "192.0.2.1" not in row.key + row.subject_key


def parallel(count: int, work: Callable[[int], object]) -> list[object]:
    def one(number: int) -> object:
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.django_db(transaction=True)
def test_a_hundred_guesses_at_once_get_no_more_tries_than_a_hundred_in_a_row() -> None:
    user = attorney()
    statuses = parallel(24, lambda _: try_password(browser("192.0.2.1"), user.username, WRONG).status_code)
    assert statuses.count(422) == 5
    assert statuses.count(429) == 19


@pytest.mark.django_db(transaction=True)
def test_control_a_look_before_and_a_write_after_would_let_more_through() -> None:
    """Why `take_try` counts first: the same limiter, asked by `check` and written after, lets everybody in."""
    now, count = timezone.now(), 12
    attempt = limits.Attempt(action=limits.Action.SIGN_IN, who="address:x", subject="jane", address=None)
    limits.take_try(attempt, now=now)

    def look_then_write(_: int) -> bool:
        try:
            limits.check(attempt, now=now)
        except limits.TooManyFailures:
            return False
        return True

    assert parallel(count, look_then_write) == [True] * count


@pytest.mark.django_db(transaction=True)
def test_of_two_that_bring_one_code_at_the_same_instant_one_passes() -> None:
    user = attorney(factor=True)
    now = timezone.now()
    code = code_of(TOTP_SECRET, step=step_at(now))

    def bring(number: int) -> bool:
        try:
            accept_code(user, code, client=From(address=address(number)), session_key=f"session{number}", now=now)
        except CodeRefused:
            return False
        return True

    assert sorted(parallel(4, bring)) == [False, False, False, True]  # type: ignore[type-var]
