"""The go-live dates as calendar and feed: what a subscription sees, and what it sees after a change."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import feedparser
import pytest
from django.test import Client
from icalendar import Calendar

from courts import directory
from courts.models import Court
from tests.factories import CourtFactory

pytestmark = pytest.mark.django_db


def events(client: Client, address: str = "/courts/go-live.ics") -> dict[str, Any]:
    directory.forget()
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_a_go_live_at_midnight_is_a_day_and_not_an_instant(client: Client) -> None:
    CourtFactory.create()
    event = events(client)["go-live.canb@cmecf-portal"]
    assert event.decoded("dtstart") == date(2021, 2, 16)
    assert event.decoded("dtend") == date(2021, 2, 17)


def test_a_go_live_at_another_hour_is_an_instant(client: Client) -> None:
    CourtFactory.create(go_live_time=time(9, 0))
    event = events(client)["go-live.canb@cmecf-portal"]
    assert event.decoded("dtstart") == datetime(2021, 2, 16, 17, 0, tzinfo=UTC)


def test_the_dark_period_is_an_event_of_its_own_with_the_emergency_contact(client: Client) -> None:
    begins = datetime(2021, 2, 12, 20, 0, tzinfo=UTC)
    CourtFactory.create(dark_from=begins, dark_until=begins + timedelta(days=3), emergency_contact="Call 415-268-2300.")
    event = events(client)["dark.canb@cmecf-portal"]
    assert event.decoded("dtstart") == begins
    assert event.decoded("dtend") == begins + timedelta(days=3)
    assert "February 12, 2021, 12:00 p.m. PT" in str(event["description"])
    assert "Call 415-268-2300." in str(event["description"])


def test_a_date_that_moves_keeps_its_uid_and_raises_its_sequence(client: Client) -> None:
    court = CourtFactory.create()
    before = events(client)["go-live.canb@cmecf-portal"]
    Court.objects.update(nextgen_go_live=date(2021, 3, 1), updated_at=court.updated_at + timedelta(hours=1))
    after = events(client)["go-live.canb@cmecf-portal"]
    assert after.decoded("dtstart") == date(2021, 3, 1)
    assert after["sequence"] > before["sequence"]
    assert after.decoded("dtstamp") > before.decoded("dtstamp")


def test_a_panel_does_not_double_its_circuits_date(client: Client) -> None:
    CourtFactory.create(court_id="ca9", court_type="appellate")
    CourtFactory.create(court_id="bap9", court_type="bap", hosted_by_id="ca9")
    assert set(events(client)) == {"go-live.ca9@cmecf-portal"}
    assert set(events(client, "/courts/bap9/go-live.ics")) == {"go-live.bap9@cmecf-portal"}


def test_a_subscription_is_told_its_name_and_how_often_to_ask(client: Client) -> None:
    CourtFactory.create()
    lines = client.get("/courts/go-live.ics").content.decode().splitlines()
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H", "NAME:NextGen go-live dates"} <= set(
        lines
    )


def test_the_calendar_of_a_selection_holds_nothing_else(client: Client) -> None:
    CourtFactory.create()
    CourtFactory.create(court_id="nysd", state="NY", time_zone="America/New_York")
    assert set(events(client, "/courts/go-live.ics?state=NY")) == {"go-live.nysd@cmecf-portal"}
    assert client.get("/courts/go-live.ics?state=XX").status_code == 400


def test_a_court_that_is_none_has_no_calendar(client: Client) -> None:
    assert client.get("/courts/zzz/go-live.ics").status_code == 404


def test_a_calendar_is_not_sent_again_to_who_has_it(client: Client) -> None:
    CourtFactory.create()
    tag = client.get("/courts/canb/go-live.ics")["ETag"]
    assert client.get("/courts/canb/go-live.ics", headers={"If-None-Match": tag}).status_code == 304


def test_the_feed_is_read_without_complaint_latest_first(client: Client) -> None:
    CourtFactory.create()
    CourtFactory.create(court_id="cand", nextgen_go_live=date(2022, 1, 3))
    CourtFactory.create(court_id="cacd", go_live_basis="live_day_unknown", nextgen_go_live=None)
    feed = feedparser.parse(client.get("/courts/go-live.atom").content)
    assert not feed.bozo
    assert [entry.id for entry in feed.entries] == [
        "tag:cmecf-portal,2026:go-live/cand",
        "tag:cmecf-portal,2026:go-live/canb",
    ]
    assert feed.entries[1].title == "Court canb: NextGen go-live on February 16, 2021"
    assert "12:00 a.m. PT" in feed.entries[1].summary
