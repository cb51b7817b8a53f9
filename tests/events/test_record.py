"""Writing to the record, and that nothing gets out of it again."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from events.context import RequestFacts, current_request
from events.kinds import EventType
from events.models import Event, EventAddress
from events.record import _listeners as listeners
from events.record import listen, record, system

CLOCK = system("test")


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record(EventType.COURT_LOADED, actor=CLOCK)
    with transaction.atomic():
        record(EventType.COURT_LOADED, actor=CLOCK)
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_event_goes_with_the_change_that_is_undone() -> None:
    with transaction.atomic():
        record(EventType.COURT_LOADED, actor=CLOCK)
        transaction.set_rollback(True)
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_an_event_names_the_request_and_keeps_its_address_apart() -> None:
    token = current_request.set(RequestFacts(request_id="r1", address="192.0.2.7", user_agent="Firefox"))
    try:
        event = record(
            EventType.LINK_MADE, actor=CLOCK, court_id="canb", subject=("link", 7), facts={"role": "attorney"}
        )
    finally:
        current_request.reset(token)
    event.refresh_from_db()
    assert (event.request_id, event.court_id, event.object_kind, event.object_id) == ("r1", "canb", "link", "7")
    assert "192.0.2.7" not in str(Event.objects.values().get(pk=event.pk))
    assert EventAddress.objects.get(event=event).address == "192.0.2.7"


@pytest.mark.django_db
def test_a_listener_that_raises_undoes_the_change() -> None:
    def refuse(event: Event) -> None:
        raise ZeroDivisionError

    listen(EventType.LINK_UNDONE, refuse)
    try:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record(EventType.LINK_UNDONE, actor=CLOCK)
    finally:
        listeners[EventType.LINK_UNDONE].remove(refuse)
    assert not Event.objects.exists()


CHANGES: dict[str, Callable[[Event], object]] = {
    "update": lambda event: Event.objects.filter(pk=event.pk).update(court_id="cand"),
    "delete": lambda event: Event.objects.filter(pk=event.pk)._raw_delete(using="default"),
    "save": lambda event: Event(pk=event.pk, type=event.type, at=event.at, actor_kind="system").save(),
}


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_database_refuses_to_change_the_record(change: Callable[[Event], object]) -> None:
    event = record(EventType.COURT_LOADED, actor=CLOCK, court_id="canb")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(event)
    event.refresh_from_db()
    assert event.court_id == "canb"


def test_every_event_type_has_a_sentence() -> None:
    assert all(str(kind.label) and str(kind.label) != kind.value for kind in EventType)
    assert len({str(kind.label) for kind in EventType}) == len(EventType)
