"""What stops an account at a court now: each obstacle with its code, next step and order."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AccountKind, FilingState, TotpDevice
from courts.models import Court, CourtType, GoLiveBasis
from linking.eligibility import account_obstacles
from linking.obstacles import Code
from tests.factories import CourtFactory
from tests.linking.setting import GO_LIVE, LIVE, jane

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def canb() -> Court:
    return CourtFactory.create()


def test_nothing_stops_an_upgraded_attorney_from_the_very_instant_of_go_live(canb: Court) -> None:
    account = jane()
    assert account_obstacles(account, canb, GO_LIVE) == []
    before = account_obstacles(account, canb, GO_LIVE - SECOND)
    assert [found.code for found in before] == [Code.COURT_NOT_LIVE]
    assert "Tuesday, February 16, 2021" in before[0].sentence
    assert "12:00 a.m. PT" in before[0].sentence
    assert "Pacific (PT)" in before[0].sentence
    assert before[0].next_url == "/courts/canb/go-live.ics"


@pytest.mark.parametrize(
    ("fields", "code", "next_url"),
    [
        ({"kind": AccountKind.FIRM}, Code.ACCOUNT_NOT_INDIVIDUAL, "/accounts/signup/"),
        ({"kind": AccountKind.ADMINISTRATIVE}, Code.ACCOUNT_NOT_INDIVIDUAL, "/accounts/signup/"),
        ({"opened_on": date(2014, 8, 10)}, Code.ACCOUNT_LEGACY, "/account/upgrade/"),
        ({"filing_state": FilingState.SUSPENDED}, Code.ACCOUNT_DISABLED, "tel:+18006766856"),
        ({"filing_state": FilingState.DEACTIVATED}, Code.ACCOUNT_DISABLED, "tel:+18006766856"),
    ],
)
def test_an_account_that_lacks_something_is_told_what_and_where_to_get_it(
    canb: Court, fields: dict[str, Any], code: Code, next_url: str
) -> None:
    found = account_obstacles(jane(**fields), canb, LIVE)
    assert [(obstacle.code, obstacle.next_url) for obstacle in found] == [(code, next_url)]


def test_the_first_day_of_upgraded_accounts_is_none_of_a_legacy_one(canb: Court) -> None:
    assert account_obstacles(jane(opened_on=date(2014, 8, 11)), canb, LIVE) == []
    assert (
        account_obstacles(jane("a.nother.jane", opened_on=date(2009, 1, 1), upgraded_on=date(2020, 1, 1)), canb, LIVE)
        == []
    )


def test_a_second_factor_is_asked_for_unless_the_portal_asks_for_none(canb: Court, settings: LazySettings) -> None:
    account = jane()
    assert account_obstacles(account, canb, LIVE) == []
    TotpDevice.objects.all().delete()
    [missing] = account_obstacles(account, canb, LIVE)
    assert missing.code == Code.SECOND_FACTOR_MISSING
    assert missing.next_url == "/accounts/2fa/totp/activate/?next=%2Fcmecf%2Fcanb%2Futilities%2Flink%2F"
    settings.PORTAL_REQUIRE_MFA = False
    assert account_obstacles(account, canb, LIVE) == []


def test_staff_without_an_account_are_told_to_register(canb: Court) -> None:
    assert [found.code for found in account_obstacles(None, canb, LIVE)] == [Code.NO_PACER_ACCOUNT]


def test_everything_in_the_way_is_named_in_the_order_of_the_road(canb: Court) -> None:
    account = jane(opened_on=date(2009, 1, 1), filing_state=FilingState.DISABLED)
    TotpDevice.objects.all().delete()
    assert [found.code for found in account_obstacles(account, canb, GO_LIVE - SECOND)] == [
        Code.COURT_NOT_LIVE,
        Code.ACCOUNT_LEGACY,
        Code.ACCOUNT_DISABLED,
        Code.SECOND_FACTOR_MISSING,
    ]


def test_a_court_without_a_date_says_so(canb: Court) -> None:
    canb.go_live_basis, canb.nextgen_go_live = GoLiveBasis.NOT_ANNOUNCED, None
    assert [found.code for found in account_obstacles(jane(), canb, LIVE)] == [Code.COURT_NOT_ANNOUNCED]


def test_a_court_whose_day_is_not_on_record_is_live(canb: Court) -> None:
    canb.go_live_basis, canb.nextgen_go_live = GoLiveBasis.LIVE_DAY_UNKNOWN, None
    assert account_obstacles(jane(), canb, GO_LIVE - timedelta(days=900)) == []


def test_in_the_dark_period_linking_waits_for_the_later_of_its_end_and_go_live(canb: Court) -> None:
    account = jane()
    canb.dark_from, canb.dark_until = GO_LIVE - timedelta(days=3), GO_LIVE + timedelta(hours=6)
    dark = account_obstacles(account, canb, GO_LIVE + timedelta(hours=1))
    assert [found.code for found in dark] == [Code.COURT_DARK]
    assert "6:00 a.m. PT" in dark[0].sentence
    before = account_obstacles(account, canb, GO_LIVE - timedelta(days=5))
    assert [found.code for found in before] == [Code.COURT_NOT_LIVE]
    assert "6:00 a.m. PT" in before[0].sentence
    assert account_obstacles(account, canb, GO_LIVE + timedelta(hours=6)) == []


def test_a_panel_follows_its_circuit(canb: Court) -> None:
    ca9 = CourtFactory.create(court_id="ca9", court_type=CourtType.APPELLATE, nextgen_go_live=date(2021, 5, 3))
    panel = CourtFactory.create(
        court_id="bap9", court_type=CourtType.BAP, hosted_by=ca9, go_live_basis=GoLiveBasis.NOT_ANNOUNCED,
        nextgen_go_live=None,
    )  # fmt: skip
    opens = datetime(2021, 5, 3, 7, 0, tzinfo=UTC)
    assert account_obstacles(jane(), panel, opens) == []
    assert [found.code for found in account_obstacles(jane("j.roe.two"), panel, opens - SECOND)] == [
        Code.COURT_NOT_LIVE
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    zone=st.sampled_from(
        ["Pacific/Guam", "America/Phoenix", "Pacific/Honolulu", "America/New_York", "America/Puerto_Rico"]
    ),
    day=st.dates(date(2015, 1, 1), date(2027, 12, 31)),
    hour=st.integers(0, 23),
    off=st.integers(-100_000, 100_000),
)
def test_linking_is_open_exactly_from_the_courts_own_clock_on(
    canb: Court, zone: str, day: date, hour: int, off: int
) -> None:
    canb.time_zone, canb.nextgen_go_live, canb.go_live_time = zone, day, time(hour)
    opens = canb.go_live_at
    assert opens is not None
    at = opens.astimezone(UTC) + timedelta(seconds=off)
    closed = [found.code for found in account_obstacles(None, canb, at) if found.code != Code.NO_PACER_ACCOUNT]
    assert closed == ([] if off >= 0 else [Code.COURT_NOT_LIVE])
