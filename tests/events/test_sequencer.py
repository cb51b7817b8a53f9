"""Positions come after commit, without gaps; seals show a changed line."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.db.models import F

from events.append_only import protect, unprotect
from events.kinds import EventType
from events.models import Event
from events.record import record, system
from events.sequencer import assign_positions, broken_seals


def write(count: int, *, court_id: str = "canb") -> None:
    with transaction.atomic():
        for number in range(count):
            record(EventType.COURT_CHANGED, actor=system("test"), court_id=court_id, facts={"n": number})


@pytest.mark.django_db(transaction=True)
def test_positions_have_no_gaps_and_come_once() -> None:
    write(3)
    write(2, court_id="cand")
    assert assign_positions() == 5
    assert assign_positions() == 0
    write(1)
    assert assign_positions() == 1
    assert list(Event.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert list(broken_seals()) == []


@pytest.mark.django_db(transaction=True)
def test_a_line_changed_behind_the_triggers_breaks_its_seal() -> None:
    write(3)
    assign_positions()
    unprotect(connection)
    try:
        Event.objects.filter(position=2).update(court_id="canb", object_id=F("object_id"), facts={"n": 99})
    finally:
        protect(connection)
    assert [event.position for event in broken_seals()] == [2]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_rival_sequencers_give_each_event_one_position() -> None:
    write(60)

    def work(_: int) -> int:
        try:
            return sum(assign_positions(limit=7) for _ in range(10))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 60
    assert list(Event.objects.order_by("position").values_list("position", flat=True)) == list(range(1, 61))
    assert list(broken_seals()) == []
