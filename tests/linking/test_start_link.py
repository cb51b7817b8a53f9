"""Credentials: who knows them is asked to confirm; who doesn't learns nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils import timezone

from accounts.models import FilerAccount, FilerStatus
from courts.models import Court
from events.models import Event
from linking.models import PendingLink
from linking.obstacles import Code, CredentialsRefused, FactorNeeded, LinkRefused, TooManyAttempts
from tests.factories import CourtFactory
from tests.linking.setting import GO_LIVE, filer, jane, linked, session, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def canb() -> Court:
    return CourtFactory.create()


def refusal(*args: object, **more: object) -> LinkRefused:
    with pytest.raises(LinkRefused) as refused:
        start(*args, **more)  # type: ignore[arg-type]
    return refused.value


def test_the_right_password_asks_for_the_yes_to_this_pair(canb: Court) -> None:
    account, hers = jane(), filer()
    pending = start(account, canb)
    assert (pending.account, pending.filer, pending.court) == (account, hers, canb)
    assert pending.expires_at - pending.created_at == timedelta(minutes=10)
    assert Event.objects.get(type="link.pending").object_id == str(pending.pk)


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("jroe", "JROE"),
        ("JRoe", " jroe "),
        ("j&r@$*'<roe", "J&R@$*'<ROE"),
        ("Éva.Nagy", "éva.nagy"),
        ("Ｊｒｏｅ", "jroe"),
        ("straße", "STRASSE"),
    ],
)
def test_logins_match_without_regard_to_case_and_with_any_character(canb: Court, kept: str, typed: str) -> None:
    hers = filer(kept)
    assert start(jane(), canb, typed).filer == hers


@pytest.mark.parametrize("password", ["  leading and trailing  ", "<&\"'>%00", "пароль-пароль", "🔑" * 20, " " * 9])
def test_passwords_are_taken_as_they_are(canb: Court, password: str) -> None:
    filer(password=password)
    account = jane()
    assert isinstance(refusal(account, canb, password=password + " "), CredentialsRefused)
    assert start(account, canb, password=password).account == account


def test_a_wrong_login_and_a_wrong_password_are_one_answer(canb: Court) -> None:
    filer()
    account = jane()
    answers = [
        refusal(account, canb, password="wrong"),
        refusal(account, canb, "nobody"),
        refusal(account, canb, "x" * 5000),
        refusal(account, canb, "null\0byte"),
    ]
    assert {(type(answer), answer.code, answer.obstacles[0]) for answer in answers} == {
        (CredentialsRefused, Code.INVALID_CREDENTIALS, answers[0].obstacles[0])
    }
    assert {answer.tries_left for answer in answers if isinstance(answer, CredentialsRefused)} == {4}
    assert PendingLink.objects.count() == 0


def test_what_is_wrong_with_the_pair_is_only_said_after_the_right_password(canb: Court) -> None:
    hers = filer(status=FilerStatus.CLOSED)
    account = jane()
    assert refusal(account, canb, password="wrong").code == Code.INVALID_CREDENTIALS
    assert refusal(account, canb).code == Code.FILER_INACTIVE
    FilerAccount.objects.update(status=FilerStatus.ACTIVE)
    linked(jane("somebody.else"), hers)
    assert refusal(account, canb, password="wrong").code == Code.INVALID_CREDENTIALS
    taken = refusal(account, canb)
    assert taken.code == Code.FILER_LINKED_ELSEWHERE
    assert "somebody" not in taken.obstacles[0].sentence


def test_who_may_not_link_is_told_before_any_password_is_read(canb: Court) -> None:
    filer()
    early = refusal(jane(), canb, at=GO_LIVE - timedelta(seconds=1))
    assert early.code == Code.COURT_NOT_LIVE
    assert refusal(None, canb).code == Code.NO_PACER_ACCOUNT
    assert PendingLink.objects.count() == 0


def test_a_session_that_has_not_used_its_factor_is_asked_for_it(canb: Court) -> None:
    filer()
    with pytest.raises(FactorNeeded):
        start(jane(), canb, session=session(factor=False))


def test_after_five_failures_linking_pauses_even_for_the_right_password(canb: Court) -> None:
    filer()
    account = jane()
    left = [refusal(account, canb, password="wrong") for _try in range(5)]
    assert [answer.tries_left for answer in left if isinstance(answer, CredentialsRefused)] == [4, 3, 2, 1, 0]
    pause = refusal(account, canb)
    assert isinstance(pause, TooManyAttempts)
    assert timedelta(minutes=14) < pause.until - timezone.now() <= timedelta(minutes=15)
    assert start(account, canb, now=pause.until + timedelta(seconds=1)).account == account


def test_strangers_failures_leave_the_owner_the_first_three_tries(canb: Court) -> None:
    filer()
    for number in range(12):
        stranger = jane(f"stranger.{number:02}")
        for _try in range(3):
            assert refusal(stranger, canb, password="guess").code == Code.INVALID_CREDENTIALS
    owner = jane()
    for _try in range(2):
        assert refusal(owner, canb, password="typo").code == Code.INVALID_CREDENTIALS
    assert start(owner, canb).account == owner


def test_one_account_that_tries_many_logins_is_stopped(canb: Court) -> None:
    sprayer = jane()
    codes = [refusal(sprayer, canb, f"login{number}", password="Spring-2026!").code for number in range(16)]
    assert codes == [Code.INVALID_CREDENTIALS] * 15 + [Code.TOO_MANY_ATTEMPTS]


def test_an_old_hash_is_made_anew_at_the_first_success_and_voids_nothing(canb: Court) -> None:
    hers = filer()
    hasher = PBKDF2PasswordHasher()
    FilerAccount.objects.update(password=hasher.encode("Old-Court-2019!", "c2FsdA", iterations=1000))
    pending = start(jane(), canb, password="Old-Court-2019!")
    hers.refresh_from_db()
    assert hers.password.startswith("argon2")
    assert (hers.password_version, pending.password_version) == (1, 1)


def test_every_refusal_leaves_a_line_without_login_or_password(canb: Court) -> None:
    filer()
    account = jane()
    refusal(account, canb, password="my-secret-guess")
    line = Event.objects.get(type="link.attempt_failed")
    assert (line.court_id, line.object_id, line.facts) == ("canb", str(account.pk), {"code": "invalid_credentials"})
