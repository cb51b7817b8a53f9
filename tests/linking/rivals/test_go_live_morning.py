"""A small go-live morning against a real server: forms sent twice, lost connections, ten who want one account.

The same people and the same promises as `make bench go_live`, which lives through it with a thousand attorneys and
several processes.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from accounts.delivery import deliver_due
from accounts.models import OutgoingMail, PacerAccount
from accounts.simulation import simulate
from bench.aftermath import broken, broken_mails
from bench.browser import Figures
from bench.morning import COURT, Outcome, attorneys_link, rivals_link
from courts.models import Court
from events.models import Event
from linking.models import Link
from tests.factories import CourtFactory
from tests.linking.setting import confirm, start

ATTORNEYS, RIVALS, CONTESTED = 40, 10, "contested000000"


@pytest.fixture
def canb() -> Court:
    return CourtFactory.create(court_id=COURT)


@pytest.fixture
def mails(tmp_path: Path, settings: Any) -> Path:
    """Where mails are put that are sent."""
    backend = "django.core.mail.backends.filebased.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"file_path": str(tmp_path)}}}
    return tmp_path


def made_up(court: Court, prefix: str, number: int) -> list[str]:
    list(simulate(attorneys=number, court=court, prefix=prefix))
    return [f"{prefix}{index:06d}" for index in range(number)]


def send_all() -> None:
    while deliver_due(now=timezone.now()):
        pass


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_forty_attorneys_at_once_with_every_form_sent_twice_lose_double_and_misassign_nothing(
    canb: Court, mails: Path, live_server: Any
) -> None:
    attorneys, rivals = made_up(canb, "atty", ATTORNEYS), made_up(canb, "rival", RIVALS)
    made_up(canb, "contested", 1)
    figures, outcome, chance, port = Figures(), Outcome(), Random(20210216), live_server.thread.port

    async def morning() -> None:
        async with asyncio.timeout(300):
            await asyncio.gather(
                attorneys_link(attorneys, port=port, figures=figures, outcome=outcome, together=8, chance=chance),
                rivals_link(rivals, CONTESTED, port=port, figures=figures, outcome=outcome, chance=chance),
            )

    # In a thread of its own: Playwright keeps an event loop in the thread of a worker that ran a browser before.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, morning()).result()
    send_all()
    faults = [*broken(outcome, attorneys=attorneys, rivals=rivals, contested=CONTESTED), *broken_mails(mails)]
    assert faults == []
    assert not figures.broken
    assert {status for _step, status in figures.statuses} == {200, 302, 303, 409}
    assert len(outcome.receipts) == ATTORNEYS + 1
    assert list(outcome.refusals.values()) == ["filer_linked_elsewhere"] * (RIVALS - 1)
    assert figures.hung_up == ATTORNEYS // 5 * 4


def lose_a_link(links: list[Link], _mails: Path) -> None:
    Link.objects.filter(pk=links[0].pk).delete()


def give_it_to_another(links: list[Link], _mails: Path) -> None:
    one, two = links[:2]
    Link.objects.filter(pk=one.pk).update(ended_at=one.linked_at, ending="moved")
    Link.objects.filter(pk=two.pk).update(receipt=f"{two.receipt[:-1]}!")


def lose_a_mail_of_the_outbox(links: list[Link], _mails: Path) -> None:
    OutgoingMail.objects.filter(key=f"link-made:{links[0].pk}:filer").delete()


def send_a_mail_twice(_links: list[Link], mails: Path) -> None:
    first = next(mails.iterdir())
    (mails / "again.log").write_text(first.read_text())


def lose_a_mail_on_its_way(_links: list[Link], mails: Path) -> None:
    next(mails.iterdir()).unlink()


def leave_a_mail_waiting(_links: list[Link], _mails: Path) -> None:
    OutgoingMail.objects.filter(pk=OutgoingMail.objects.earliest("pk").pk).update(state="waiting", sent_at=None)


def record_a_link_twice(links: list[Link], _mails: Path) -> None:
    event = Event.objects.get(type="link.made", object_id=str(links[0].pk))
    event.pk, event.position, event.seal = None, None, ""
    event.save(force_insert=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "damage",
    [
        lose_a_link,
        give_it_to_another,
        lose_a_mail_of_the_outbox,
        send_a_mail_twice,
        lose_a_mail_on_its_way,
        leave_a_mail_waiting,
        record_a_link_twice,
    ],
)
def test_control_each_damage_is_found_afterwards(
    canb: Court, mails: Path, damage: Callable[[list[Link], Path], None]
) -> None:
    attorneys, [rival] = made_up(canb, "atty", 2), made_up(canb, "rival", 1)
    made_up(canb, "contested", 1)
    outcome = Outcome()
    links = [by_itself(canb, username, username) for username in attorneys] + [by_itself(canb, rival, CONTESTED)]
    outcome.receipts = {link.account.user.username: link.receipt for link in links}
    send_all()

    def faults() -> list[str]:
        found = broken(outcome, attorneys=attorneys, rivals=[rival], contested=CONTESTED)
        return [*found, *broken_mails(mails)]

    assert faults() == []
    damage(links, mails)
    assert faults() != []


def by_itself(court: Court, username: str, login: str) -> Link:
    """The link of one attorney, without a browser."""
    account = PacerAccount.objects.select_related("user").get(user__username=username)
    return confirm(start(account, court, login), account, court, acknowledged=True)
