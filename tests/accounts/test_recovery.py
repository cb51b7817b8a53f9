"""A forgotten password: the page tells nobody anything, the worker answers once, the link works once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import int_to_base36

from accounts import recovery
from accounts.models import OutgoingMail, RecoveryRequest, Session, User
from accounts.recovery import answer_recovery_requests
from cmecf_portal.sweeps import SWEEPS
from events.models import Event
from tests.accounts.mails import texts
from tests.accounts.people import attorney, code_in, sign_in, try_password

pytestmark = pytest.mark.django_db
RESET = "/accounts/password/reset/"
NEW = {"password1": "Engine-of-1843-runs!", "password2": "Engine-of-1843-runs!"}


@pytest.fixture
def jane() -> User:
    return attorney()


def ask(client: Client, email: str) -> None:
    assert client.post(RESET, {"email": email})["Location"] == f"{RESET}done/"


def links(email: str) -> list[str]:
    return re.findall(r"http://localhost:8000(/\S+/key/\S+)", texts(to=email, kind="recovery")[-1])


def link_for(client: Client, user: User) -> str:
    ask(client, user.email)
    answer_recovery_requests(now=timezone.now())
    return links(user.email)[0]


def test_a_known_and_an_unknown_address_get_the_same_answer_for_the_same_work(client: Client, jane: User) -> None:
    answers, queries = [], []
    client.post(RESET, {"email": "warm.up@roelaw.example"})
    for email in (jane.email, "nobody@roelaw.example"):
        with CaptureQueriesContext(connection) as captured:
            answers.append(client.post(RESET, {"email": email}))
        queries.append(len(captured))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert queries[0] == queries[1]
    assert RecoveryRequest.objects.count() == 3
    assert not OutgoingMail.objects.exists(), "nothing is looked up before the answer"
    assert jane.email not in "".join(RecoveryRequest.objects.values_list("email_sealed", flat=True))


def test_the_mail_lists_the_accounts_of_the_address_each_with_its_link(client: Client, jane: User) -> None:
    attorney("joan.poe.esq", user__email=jane.email)
    attorney("closed.one", user__email=jane.email, user__is_active=False)
    attorney("elsewhere", user__email="other@roelaw.example")
    ask(client, jane.email.upper())
    assert answer_recovery_requests(now=timezone.now()) == 1
    text = texts(to=jane.email)[0]
    assert OutgoingMail.objects.count() == 1
    assert len(set(links(jane.email))) == 2
    assert ("jane.roe.esq" in text, "joan.poe.esq" in text) == (True, True)
    assert ("closed.one" in text, "elsewhere" in text) == (False, False)


def test_an_unknown_address_gets_no_mail_and_its_question_is_done(client: Client) -> None:
    ask(client, "nobody@roelaw.example")
    assert answer_recovery_requests(now=timezone.now()) == 1
    assert not OutgoingMail.objects.exists()
    assert answer_recovery_requests(now=timezone.now()) == 0


def test_the_worker_sweeps_the_questions(client: Client, jane: User) -> None:
    ask(client, jane.email)
    sweep = next(sweep for sweep in SWEEPS if sweep.name == "recoveries")
    assert sweep.run(timezone.now()) == 1


def test_a_worker_that_dies_between_mark_and_mail_loses_nothing(
    client: Client, jane: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client, jane.email)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(recovery, "enqueue_mail", killed)
        with pytest.raises(KeyboardInterrupt):
            answer_recovery_requests(now=timezone.now())
    assert RecoveryRequest.objects.get().answered_at is None
    assert answer_recovery_requests(now=timezone.now()) == 1
    assert OutgoingMail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_send_one_mail(client: Client) -> None:
    user = attorney()
    ask(client, user.email)

    def work(_: int) -> int:
        try:
            return answer_recovery_requests(now=timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 1
    assert OutgoingMail.objects.count() == 1


def test_a_mailbox_is_not_flooded(jane: User) -> None:
    for number in range(8):
        ask(Client(REMOTE_ADDR=f"198.18.0.{number}"), jane.email)
    answer_recovery_requests(now=timezone.now())
    assert OutgoingMail.objects.count() == recovery.MAILS_AN_HOUR


@pytest.mark.parametrize("email", ["jane@roelaw.example", "nobody@roelaw.example"])
def test_asking_too_often_is_refused_whatever_the_address(client: Client, email: str) -> None:
    attorney(user__email="jane@roelaw.example")
    for _try in range(3):
        ask(client, email)
    answer = client.post(RESET, {"email": email})
    assert (answer.status_code, code_in(answer)) == (429, "too_many_attempts")
    assert answer["Retry-After"]


def test_the_link_sets_a_password_once_and_ends_every_session(client: Client, jane: User) -> None:
    elsewhere = sign_in(Client(), jane)
    link = link_for(client, jane)
    shown = client.get(link)
    assert shown["Location"].endswith("-set/"), "the secret leaves the address"
    page = client.get(shown["Location"])
    assert jane.username in page.content.decode()
    assert client.post(shown["Location"], NEW)["Location"] == f"{RESET}key/done/"
    assert elsewhere.get("/account/").status_code == 302
    assert not Session.objects.filter(user=jane).exists()
    assert try_password(Client(), jane.username).status_code == 422
    assert try_password(Client(), jane.username, NEW["password1"]).status_code == 302
    again = Client().get(link)
    assert (again.status_code, code_in(again)) == (409, "link_expired")
    assert client.post(shown["Location"], NEW).status_code == 409
    assert "changed just now" in texts(to=jane.email, kind="password_changed")[0]
    assert Event.objects.filter(type="account.password_changed").count() == 1


def test_a_password_that_will_not_do_leaves_the_link_good(client: Client, jane: User) -> None:
    page = client.get(link_for(client, jane))["Location"]
    weak = {"password1": "My-Name-is-Jane-Roe!", "password2": "My-Name-is-Jane-Roe!"}
    assert client.post(page, weak).status_code == 422
    assert client.post(page, NEW).status_code == 302


def test_the_second_factor_is_still_asked_for(client: Client) -> None:
    user = attorney(factor=True)
    client.post(client.get(link_for(client, user))["Location"], NEW)
    assert try_password(client, user.username, NEW["password1"])["Location"] == "/accounts/2fa/authenticate/"


def test_the_link_works_for_two_hours(client: Client, jane: User) -> None:
    link = link_for(client, jane)
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=59), tick=False):
        assert client.get(link).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(hours=2, minutes=1), tick=False):
        assert client.get(link).status_code == 409


@pytest.mark.parametrize("change", [{"email": "new@roelaw.example"}, {"credentials_version": 9}, {"is_active": False}])
def test_what_changes_meanwhile_makes_the_link_worthless(client: Client, jane: User, change: dict[str, object]) -> None:
    link = link_for(client, jane)
    assert client.get(link).status_code == 302
    User.objects.filter(pk=jane.pk).update(**change)
    assert client.get(link).status_code == 409


def test_a_link_of_one_account_opens_no_other(client: Client, jane: User) -> None:
    joan = attorney("joan.poe.esq")
    link = link_for(client, jane)
    forged = re.sub(r"/key/[0-9a-z]+-", f"/key/{int_to_base36(joan.pk)}-", link)
    assert forged != link
    assert client.get(forged).status_code == 409


@pytest.mark.parametrize("key", ["0-0-0", "zzzzzzzzzzzzz-x-y", "1-set"])
def test_made_up_links_are_refused(client: Client, jane: User, key: str) -> None:
    assert client.get(f"{RESET}key/{key}/").status_code == 409


def test_signing_in_meanwhile_does_not_spoil_the_link(client: Client, jane: User) -> None:
    link = link_for(client, jane)
    sign_in(Client(), jane)
    assert client.get(link).status_code == 302
