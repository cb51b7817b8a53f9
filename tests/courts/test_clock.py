"""The go-live clock, on both sides of every instant that matters."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from courts.clock import BadInstant, exists_locally, local_instant, portal_now, read_instant, status_at
from courts.kinds import CourtStatus, GoLiveBasis

ZONES = [
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "Pacific/Guam",
    "America/Puerto_Rico",
]
zones = st.sampled_from(ZONES)
days = st.dates(date(2014, 1, 1), date(2040, 12, 31))
minutes = st.integers(-3000, 3000)


def status(
    at: datetime, *, day: date, zone: str, dark: tuple[datetime, datetime] | None = None, hour: time = time(0, 0)
) -> CourtStatus:
    return status_at(
        at,
        basis=GoLiveBasis.DATED,
        go_live_at=local_instant(day, hour, zone),
        dark_from=dark[0] if dark else None,
        dark_until=dark[1] if dark else None,
    )


@given(day=days, zone=zones, off=minutes)
def test_a_court_is_live_from_its_own_midnight_on(day: date, zone: str, off: int) -> None:
    at = local_instant(day, time(0, 0), zone) + timedelta(minutes=off)
    lives = at.astimezone(ZoneInfo(zone)).date() >= day
    assert status(at, day=day, zone=zone) == (CourtStatus.LIVE if lives else CourtStatus.SCHEDULED)


@given(day=days, zone=zones, off=minutes, length=st.integers(1, 6000), lead=st.integers(-3000, 3000))
def test_the_dark_period_comes_before_every_other_status(
    day: date, zone: str, off: int, length: int, lead: int
) -> None:
    go_live = local_instant(day, time(0, 0), zone)
    begins = go_live - timedelta(minutes=lead)
    ends = begins + timedelta(minutes=length)
    at = go_live + timedelta(minutes=off)
    found = status(at, day=day, zone=zone, dark=(begins, ends))
    assert (found == CourtStatus.DARK) == (begins <= at < ends)


@given(day=days, zone=zones, at=st.times())
def test_a_local_time_that_exists_is_what_clocks_show_at_its_instant(day: date, zone: str, at: time) -> None:
    shown = local_instant(day, at, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert exists_locally(day, at, zone) == (shown == datetime.combine(day, at))
    assert exists_locally(day, at, zone) or shown > datetime.combine(day, at)


@pytest.mark.parametrize(
    ("zone", "instant"),
    [
        ("America/Los_Angeles", "2021-03-14T08:00:00+00:00"),
        ("America/Phoenix", "2021-03-14T07:00:00+00:00"),
        ("Pacific/Honolulu", "2021-03-14T10:00:00+00:00"),
        ("Pacific/Guam", "2021-03-13T14:00:00+00:00"),  # a day ahead of Hawaii, across the date line
    ],
)
def test_midnight_of_one_day_is_another_instant_in_each_zone(zone: str, instant: str) -> None:
    assert local_instant(date(2021, 3, 14), time(0, 0), zone) == datetime.fromisoformat(instant)


def test_the_hour_that_daylight_saving_leaves_out_does_not_exist() -> None:
    assert not exists_locally(date(2021, 3, 14), time(2, 30), "America/Los_Angeles")
    assert exists_locally(date(2021, 3, 14), time(2, 30), "America/Phoenix")
    after = local_instant(date(2021, 3, 14), time(2, 30), "America/Los_Angeles")
    assert after.isoformat() == "2021-03-14T03:30:00-07:00"


def test_of_the_hour_that_comes_twice_the_first_counts() -> None:
    assert local_instant(date(2021, 11, 7), time(1, 30), "America/Los_Angeles").utcoffset() == timedelta(hours=-7)


def test_a_court_without_a_known_day_is_live_at_every_instant() -> None:
    for at in (datetime(2001, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)):
        found = status_at(at, basis=GoLiveBasis.LIVE_DAY_UNKNOWN, go_live_at=None, dark_from=None, dark_until=None)
        assert found == CourtStatus.LIVE


def test_a_court_without_a_date_is_not_announced() -> None:
    at = datetime(2021, 1, 1, tzinfo=UTC)
    found = status_at(at, basis=GoLiveBasis.NOT_ANNOUNCED, go_live_at=None, dark_from=None, dark_until=None)
    assert found == CourtStatus.NOT_ANNOUNCED


def test_the_clock_stands_still_in_a_rehearsal(settings: Settings) -> None:
    settings.PORTAL_AS_OF = datetime(2021, 2, 15, tzinfo=UTC)
    assert portal_now() == portal_now() == datetime(2021, 2, 15, tzinfo=UTC)


@given(day=st.dates(date(3, 1, 1), date(9997, 1, 1)), clock=st.times(timezones=st.just(UTC)))
def test_every_instant_is_read_as_it_was_written(day: date, clock: time) -> None:
    at = datetime.combine(day, clock)
    assert read_instant(at.isoformat()) == at
    assert read_instant(at.isoformat().replace("+", " ")) == at


@pytest.mark.parametrize("text", ["2021-02-16", "2021-02-16T00:00:00", "tomorrow", "", "16/02/2021", "\0", "9" * 5000])
def test_what_is_no_instant_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadInstant, match="2021-02-16T00:00:00-08:00"):
        read_instant(text)


@given(text=st.text())
def test_reading_an_instant_never_fails_in_another_way(text: str) -> None:
    with suppress(BadInstant):
        assert read_instant(text).astimezone(ZoneInfo("Pacific/Guam"))
