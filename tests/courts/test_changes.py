"""What staff change about their court: refusals, the event, what loaders keep, and that everybody sees it."""

from datetime import UTC, date, datetime, time

import pytest

from courts.changes import ChangeCode, ChangeRefused, GoLive, set_contacts, set_dark_period, set_go_live
from courts.directory import current
from courts.kinds import CourtStatus
from courts.models import Court
from events.models import Event
from events.record import clerk
from tests.factories import CourtFactory

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = datetime(2021, 1, 20, 17, 0, tzinfo=UTC)
AFTER = datetime(2021, 3, 1, 17, 0, tzinfo=UTC)
ACTOR = clerk(1)


def move(
    court: Court, day: date | None, *, now: datetime, reason: str = "", past: bool = False, at: time = time(0, 0)
) -> None:
    set_go_live(court, GoLive(day=day, at=at), actor=ACTOR, reason=reason, now=now, may_move_past=past)


def refusal(court: Court, day: date | None, *, now: datetime, past: bool = False) -> ChangeCode:
    with pytest.raises(ChangeRefused) as refused:
        move(court, day, now=now, past=past)
    assert refused.value.sentence
    return refused.value.code


def test_a_go_live_ahead_may_be_moved_and_everybody_sees_it() -> None:
    court = CourtFactory.create()
    assert current().by_id["canb"].status(AFTER) == CourtStatus.LIVE
    move(court, date(2021, 4, 5), now=BEFORE, at=time(9, 0))
    entry = current().by_id["canb"]
    assert entry.status(AFTER) == CourtStatus.SCHEDULED
    assert entry.go_live_at is not None
    assert entry.go_live_at.isoformat() == "2021-04-05T09:00:00-07:00"
    event = Event.objects.get(type="court.go_live_changed")
    assert event.facts["before"]["go_live_at"] == "2021-02-16T00:00:00-08:00"
    assert (event.court_id, event.actor_id) == ("canb", "1")
    assert "nextgen_go_live" in Court.objects.get().set_by_clerk


def test_a_time_that_daylight_saving_leaves_out_is_refused() -> None:
    court = CourtFactory.create()
    move(court, date(2021, 3, 14), now=BEFORE, at=time(3, 30))  # so that the refusal has one cause
    with pytest.raises(ChangeRefused) as refused:
        move(court, date(2021, 3, 14), now=BEFORE, at=time(2, 30))
    assert (refused.value.code, refused.value.field) == (ChangeCode.NO_SUCH_TIME, "at")


def test_a_go_live_that_has_passed_is_moved_later_by_national_staff_with_a_reason_only() -> None:
    court = CourtFactory.create()
    assert refusal(court, date(2021, 6, 1), now=AFTER) == ChangeCode.PAST_GO_LIVE
    assert refusal(court, None, now=AFTER) == ChangeCode.PAST_GO_LIVE
    assert refusal(court, date(2021, 6, 1), now=AFTER, past=True) == ChangeCode.REASON_MISSING
    assert not Event.objects.exists()
    move(court, date(2021, 6, 1), now=AFTER, past=True, reason="The data did not come over.")
    assert Event.objects.get().facts["reason"] == "The data did not come over."


def test_a_go_live_that_has_passed_may_be_corrected_within_the_past() -> None:
    court = CourtFactory.create()
    move(court, date(2021, 2, 17), now=AFTER)
    assert Court.objects.get().nextgen_go_live == date(2021, 2, 17)


def test_a_panels_date_is_set_at_its_circuit() -> None:
    CourtFactory.create(court_id="ca9", court_type="appellate")
    panel = CourtFactory.create(court_id="bap9", court_type="bap", hosted_by_id="ca9")
    assert refusal(panel, date(2021, 6, 1), now=BEFORE) == ChangeCode.HOSTED


def test_a_dark_period_is_given_in_local_time_with_both_ends() -> None:
    court = CourtFactory.create()
    begins, ends = datetime(2021, 2, 12, 12, 0), datetime(2021, 2, 16, 0, 0)  # noqa: DTZ001 - local at the court
    for pair, code in (
        ((begins, None), ChangeCode.BOTH_ENDS_NEEDED),
        ((ends, begins), ChangeCode.ENDS_BEFORE_IT_BEGINS),
    ):
        with pytest.raises(ChangeRefused) as refused:
            set_dark_period(court, *pair, actor=ACTOR)
        assert refused.value.code == code
    set_dark_period(court, begins, ends, actor=ACTOR)
    assert Court.objects.get().dark_from == datetime(2021, 2, 12, 20, 0, tzinfo=UTC)
    assert current().by_id["canb"].status(datetime(2021, 2, 13, tzinfo=UTC)) == CourtStatus.DARK


def test_contacts_are_kept_for_loaders_and_recorded_once() -> None:
    court = CourtFactory.create()
    assert set_contacts(court, {"help_desk_phone": "415-268-2300"}, actor=ACTOR)
    assert not set_contacts(court, {"help_desk_phone": "415-268-2300"}, actor=ACTOR)
    assert Court.objects.get().set_by_clerk == ["help_desk_phone"]
    assert Event.objects.get().facts == {"fields": ["help_desk_phone"]}
    assert current().by_id["canb"].help_desk_phone == "415-268-2300"
