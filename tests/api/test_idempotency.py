"""A POST with an Idempotency-Key is done once; whoever sends it again gets the same answer."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cmecf_portal.sweeps import SWEEPS
from linking import idempotency
from linking.models import KeptAnswer, Link, PendingLink
from tests.api.own import COURT_PASSWORD, Own, make_filer, make_own, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Own:
    return make_own()


def test_the_same_request_again_gets_the_same_answer_and_does_nothing(own: Own) -> None:
    filer = make_filer()
    first, second = own.start(filer, key="one"), own.start(filer, key='"one"')
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert second["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert second["Cache-Control"] == "no-store"
    assert PendingLink.objects.count() == 1
    third = own.start(filer, key="two")
    assert third.json()["id"] != first.json()["id"]


def test_every_post_that_makes_something_takes_a_key(own: Own) -> None:
    question = own.start(make_filer(), key="start").json()
    confirmed = own.post(f"links/{question['id']}/confirm/", key="confirm")
    undone = own.post(f"links/{question['id']}/undo/", key="undo")
    assert own.post(f"links/{question['id']}/confirm/", key="confirm").json() == confirmed.json()
    assert own.post(f"links/{question['id']}/undo/", key="undo").json() == undone.json()
    assert own.start(make_filer(), key="start").json()["code"] == "idempotency_key_reused"


def test_the_key_of_another_request_is_refused_before_anything_is_done(own: Own) -> None:
    own.start(make_filer(), key="one")
    refused = own.start(make_filer(), key="one")
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
    assert refused["Content-Type"] == "application/problem+json"
    assert PendingLink.objects.count() == 1


def test_a_refusal_is_kept_and_its_repetition_uses_up_no_try(own: Own) -> None:
    filer = make_filer()
    first, again = own.start(filer, password="wrong", key="one"), own.start(filer, password="wrong", key="one")
    assert (first.status_code, again.status_code) == (422, 422)
    assert again["Content-Type"] == "application/problem+json"
    assert first.json() == again.json()
    assert own.start(filer, password="wrong").json()["tries_left"] == first.json()["tries_left"] - 1


def test_what_was_refused_before_it_began_may_be_sent_again(own: Own) -> None:
    filer = make_filer()
    own = Own(client=sign_in(own.account, factor=False), account=own.account)
    assert own.start(filer, key="one").status_code == 403
    assert own.post("links/", {"court_id": "canb"}, key="two").status_code == 400
    assert not KeptAnswer.objects.exists()


def test_keys_are_each_persons_and_each_sessions_own(own: Own) -> None:
    filer = make_filer()
    answers = [
        other.start(filer, key="one").json()["id"]
        for other in (own, make_own(), Own(client=sign_in(own.account), account=own.account))
    ]
    assert len(set(answers)) == 3


@pytest.mark.parametrize("key", ["", "   ", "x" * 256, "key\u00e9"])
def test_a_key_that_can_be_none_is_named(own: Own, key: str) -> None:
    refused = own.start(make_filer(), key=key)
    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, "Idempotency-Key")


def test_neither_password_nor_key_is_kept(own: Own) -> None:
    own.start(make_filer(), key="a-key-to-be-found")
    row = KeptAnswer.objects.values_list().get()
    assert COURT_PASSWORD.strip() not in str(row)
    assert "a-key-to-be-found" not in str(row)


def test_after_a_day_the_key_is_new_and_the_sweep_forgets_it(own: Own) -> None:
    filer = make_filer()
    first = own.start(filer, key="one").json()["id"]
    yesterday = timezone.now() - timedelta(hours=25)
    KeptAnswer.objects.update(taken_at=yesterday, held_until=yesterday + timedelta(minutes=1))
    assert own.start(filer, key="one").json()["id"] != first
    KeptAnswer.objects.update(taken_at=yesterday, held_until=yesterday + timedelta(minutes=1))
    sweep = next(sweep for sweep in SWEEPS if sweep.name == "answers")
    assert (sweep.run(timezone.now()), KeptAnswer.objects.count()) == (1, 0)


def test_a_request_still_at_work_is_waited_for_and_a_killed_one_is_taken_over(own: Own) -> None:
    filer = make_filer()
    first = own.start(filer, key="one").json()["id"]
    now = timezone.now()
    KeptAnswer.objects.update(status=None, content="", held_until=now + timedelta(seconds=30))
    waiting = own.start(filer, key="one")
    assert (waiting.status_code, waiting.json()["code"]) == (409, "idempotency_key_in_use")
    assert waiting["Retry-After"] == "1"
    KeptAnswer.objects.update(taken_at=now - timedelta(minutes=2), held_until=now - timedelta(minutes=1))
    taken_over = own.start(filer, key="one").json()["id"]
    assert taken_over != first
    assert own.start(filer, key="one").json()["id"] == taken_over


def test_whoever_lost_the_key_meanwhile_keeps_no_answer(own: Own) -> None:
    now = timezone.now()
    facts: dict[str, Any] = {"user_id": own.account.user_id, "session_key": "s", "key": "k", "request": b"r"}
    late = idempotency.claim(**facts, now=now)
    heir = idempotency.claim(**facts, now=now + timedelta(minutes=2))
    assert isinstance(late, idempotency.Claim)
    assert isinstance(heir, idempotency.Claim)
    idempotency.keep(late, idempotency.Answer(200, "late"))
    idempotency.release(late)
    idempotency.keep(heir, idempotency.Answer(200, "heir"))
    assert idempotency.claim(**facts, now=now + timedelta(minutes=2)) == idempotency.Answer(200, "heir")


@pytest.mark.parametrize(
    "wrong",
    [{"status": 202}, {"content": "{}"}, {"status": 500, "content": "{}"}, {"held_until": timezone.now()}],
)
def test_the_database_refuses_half_an_answer(own: Own, wrong: dict[str, Any]) -> None:
    now = timezone.now()
    fields = {"taken_at": now, "held_until": now + timedelta(minutes=1)} | wrong
    if "held_until" in wrong:
        fields["taken_at"] = wrong["held_until"]
    with pytest.raises(IntegrityError), transaction.atomic():
        KeptAnswer.objects.create(user=own.account.user, key_hash="k", request_hash="r", **fields)


def test_the_database_refuses_a_key_twice(own: Own) -> None:
    now = timezone.now()
    fields: dict[str, Any] = {"taken_at": now, "held_until": now + timedelta(minutes=1), "request_hash": "r"}
    KeptAnswer.objects.create(user=own.account.user, key_hash="k", **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        KeptAnswer.objects.create(user=own.account.user, key_hash="k", **fields)


def race(rivals: int, work: Callable[[], Any]) -> list[Any]:
    """Each rival on a connection of its own; they begin together."""
    start, answers = Barrier(rivals, timeout=20), []

    def run() -> None:
        try:
            start.wait()
            answers.append(work())
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(rivals)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


@pytest.mark.django_db(transaction=True)
def test_of_ten_at_once_one_does_the_work_and_the_others_get_its_answer_or_wait() -> None:
    own, filer = make_own(), make_filer()
    answers = race(10, lambda: own.start(filer, key="one"))
    assert len(answers) == 10
    made = {answer.json()["id"] for answer in answers if answer.status_code == 202}
    others = {answer.json()["code"] for answer in answers if answer.status_code != 202}
    assert len(made) == PendingLink.objects.count() == 1
    assert others <= {"idempotency_key_in_use"}
    assert all(answer["Retry-After"] for answer in answers if answer.status_code == 409)
    assert own.start(filer, key="one").json()["id"] in made


@pytest.mark.django_db(transaction=True)
def test_without_a_key_four_at_once_are_four_questions() -> None:
    """The control: it is the key that makes them one. Four, because five tries at once are the limit."""
    own, filer = make_own(), make_filer()
    answers = race(4, lambda: own.start(filer))
    assert len({answer.json()["id"] for answer in answers}) == PendingLink.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_twenty_confirms_at_once_make_one_link_with_keys_or_without() -> None:
    own, filer = make_own(), make_filer()
    question = own.start(filer).json()["id"]
    answers = race(10, lambda: own.post(f"links/{question}/confirm/"))
    answers += race(10, lambda: own.post(f"links/{question}/confirm/", key="yes"))
    receipts = {answer.json()["receipt"] for answer in answers if answer.status_code == 200}
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert receipts == {Link.objects.get().receipt}
