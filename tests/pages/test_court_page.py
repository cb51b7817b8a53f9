"""A court's page, in each of its states."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects
from pytest_django.fixtures import Settings

from courts.kinds import GoLiveBasis
from courts.models import Court, Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_courts", "january")]


def text(client: Client, path: str) -> str:
    """The page as words, blanks closed up."""
    return " ".join(strip_tags(client.get(path).content.decode()).split())


def test_a_scheduled_court_says_the_day_and_counts_down(client: Client) -> None:
    page = text(client, "/courts/canb/")
    assert "Moves to NextGen on Tuesday, February 16, 2021" in page
    assert "27 days to go as of January 20, 2021" in page
    assert "From 12:00 a.m. PT that day" in page
    assert "On or after February 16: link your filing account" in page


def test_the_page_turns_live_at_the_very_instant(client: Client, settings: Settings) -> None:
    settings.PORTAL_AS_OF = datetime.fromisoformat("2021-02-15T23:59:59-08:00")
    assert "Moves to NextGen on" in text(client, "/courts/canb/")
    settings.PORTAL_AS_OF = datetime.fromisoformat("2021-02-16T00:00:00-08:00")
    assert "On NextGen since Tuesday, February 16, 2021" in text(client, "/courts/canb/")


def test_as_of_shows_another_instant_and_a_wrong_one_is_told(client: Client) -> None:
    assert "On NextGen since" in text(client, "/courts/canb/?as_of=2021-03-01T00:00:00Z")
    assertContains(client.get("/courts/canb/?as_of=soon"), "Give a date and time", status_code=400)


def test_a_court_that_is_down_says_until_when_and_whom_to_call(
    client: Client, changed_courts: Callable[..., None]
) -> None:
    changed_courts(
        "canb",
        dark_from=datetime(2021, 1, 20, 8, tzinfo=UTC),
        dark_until=datetime(2021, 2, 16, 8, tzinfo=UTC),
        emergency_contact="Call the intake desk at 415-268-2300.",
    )
    page = text(client, "/courts/canb/")
    assert "CM/ECF is down until February 16, 2021, 12:00 a.m. PT" in page
    assert "Call the intake desk at 415-268-2300." in page


def test_a_day_that_is_not_on_record_is_said_so(client: Client) -> None:
    assert "The day it moved is not on record." in text(client, "/courts/mied/")


def test_a_court_without_a_date_offers_calendar_and_feed(client: Client, changed_courts: Callable[..., None]) -> None:
    changed_courts("canb", go_live_basis=GoLiveBasis.NOT_ANNOUNCED, nextgen_go_live=None, go_live_source="")
    page = text(client, "/courts/canb/")
    assert "No go-live date yet" in page
    assert "Feed of go-live dates" in page


def test_a_panel_names_its_host_and_has_its_date(client: Client) -> None:
    page = text(client, "/courts/bap9/")
    assert "This panel uses the CM/ECF of the Ninth Circuit Court of Appeals" in page
    assert "On NextGen since Monday, October 27, 2014" in page
    assert "Ninth Circuit BAP" in text(client, "/courts/ca9/")


def test_many_counties_are_folded_by_state(client: Client) -> None:
    assertContains(client.get("/courts/ca9/"), "<summary>Alaska: ")
    assertNotContains(client.get("/courts/canb/"), "<summary>California")


@pytest.mark.parametrize("other", ["CANB", "CANBK", "canbk", "Canb"])
def test_other_spellings_of_the_id_lead_to_the_one_address(client: Client, other: str) -> None:
    answer = client.get(f"/courts/{other}/?as_of=2021-03-01T00:00:00Z")
    assertRedirects(answer, "/courts/canb/?as_of=2021-03-01T00:00:00Z", status_code=301)


@pytest.mark.parametrize(("asked", "near"), [("canbb", "canb"), ("cnab", "canb"), ("oakland", "cand")])
def test_an_unknown_id_is_404_with_the_nearest_courts(client: Client, asked: str, near: str) -> None:
    assertContains(client.get(f"/courts/{asked}/"), f'href="/courts/{near}/"', status_code=404)


@pytest.mark.parametrize("asked", ["%00", "<b>", "x" * 3000, "'--", "%F0%9F%8F%9B"])
def test_a_hostile_id_is_an_ordinary_404(client: Client, asked: str) -> None:
    assert client.get(f"/courts/{asked}/").status_code == 404


def test_a_notice_is_shown_while_it_runs(client: Client) -> None:
    now = timezone.now()
    Notice.objects.create(court_id="canb", title="Intake moves", text="To room 18.", shown_from=now)
    Notice.objects.create(
        court_id="canb",
        title="Long past",
        text="-",
        shown_from=now - timedelta(days=2),
        shown_until=now - timedelta(days=1),
    )
    page = text(client, "/courts/canb/?shown")
    assert "Intake moves To room 18." in page
    assert "Long past" not in page


def test_every_court_has_a_page_without_a_gap(client: Client) -> None:
    for court_id in Court.objects.values_list("pk", flat=True):
        page = client.get(f"/courts/{court_id}/")
        assert page.status_code == 200, court_id
        assert "None" not in strip_tags(page.content.decode().partition("<main")[2]), court_id


def test_while_a_court_is_down_the_way_begins_with_the_gap(client: Client, changed_courts: Callable[..., None]) -> None:
    changed_courts(
        "canb", dark_from=datetime(2021, 2, 12, 20, tzinfo=UTC), dark_until=datetime(2021, 2, 16, 8, tzinfo=UTC)
    )
    assert "Get your PACER account ready" in text(client, "/courts/canb/")
    down = text(client, "/courts/canb/?as_of=2021-02-13T00:00:00Z")
    assert "Get your PACER account ready" not in down
    assert "February 12, 12:00 p.m. PT to February 16, 12:00 a.m. PT" in down
