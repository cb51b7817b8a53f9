"""Two clerks press the button in the same instant: the row's lock lets one pass, and the other hears of it."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from courts.changes import ChangeCode, ChangeRefused, GoLive, set_go_live, shown
from courts.models import Court
from events.record import clerk
from tests.factories import CourtFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
FIELDS = ("nextgen_go_live", "go_live_time")


def _race(court: Court, *, with_seen: bool) -> list[str]:
    """Both look, both wait for each other, both write; what each of them got."""
    both, outcomes = Barrier(2, timeout=20), []

    def write(day: date) -> None:
        seen = shown(Court.objects.get(pk=court.pk), FIELDS) if with_seen else None
        both.wait()
        try:
            set_go_live(
                court, GoLive(day=day), actor=clerk(1), reason="", now=timezone.now(), may_move_past=False, seen=seen
            )
        except ChangeRefused as refusal:
            outcomes.append(refusal.code.value)
        else:
            outcomes.append("set")
        finally:
            connection.close()

    threads = [Thread(target=write, args=(date(2099, 6, day),)) for day in (2, 3)]
    _all(threads, Thread.start)
    _all(threads, Thread.join)
    return sorted(outcomes)


def _all(threads: list[Thread], do: Callable[[Thread], None]) -> None:
    for thread in threads:
        do(thread)


@pytest.mark.parametrize(
    ("with_seen", "outcomes"),
    [(True, [ChangeCode.CHANGED_MEANWHILE.value, "set"]), (False, ["set", "set"])],  # the control: both would win
)
def test_of_two_who_saw_the_same_one_wins(with_seen: bool, outcomes: list[str]) -> None:
    court = CourtFactory.create(nextgen_go_live=date(2099, 5, 1))
    assert _race(court, with_seen=with_seen) == outcomes
