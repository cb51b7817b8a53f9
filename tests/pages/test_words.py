"""Dates, times and distances as people read them."""

from datetime import UTC, date, datetime

import pytest

from courts import words
from courts.templatetags.court_words import mailbox, marked, sentence, telephone

INSTANT = datetime(2021, 2, 16, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/Los_Angeles", "9:00 a.m. PT"),
        ("America/Phoenix", "10:00 a.m. Arizona time"),
        ("America/New_York", "12:00 p.m. ET"),
        ("Pacific/Honolulu", "7:00 a.m. HT"),
        ("Pacific/Guam", "3:00 a.m. ChST"),
        ("America/Adak", "7:00 a.m. Adak time"),
    ],
)
def test_a_time_carries_letters_that_need_no_daylight_saving(zone: str, said: str) -> None:
    assert words.clock_words(INSTANT, zone) == said


def test_an_instant_falls_on_the_next_day_beyond_the_date_line() -> None:
    assert words.instant_words(INSTANT, "Pacific/Guam") == "February 17, 2021, 3:00 a.m. ChST"


@pytest.mark.parametrize(
    ("day", "said"),
    [(15, "yesterday"), (16, "today"), (17, "tomorrow"), (18, "in 2 days"), (10, "6 days ago")],
)
def test_a_near_day_says_how_near(day: int, said: str) -> None:
    assert words.distance_words(date(2021, 2, day), today=date(2021, 2, 16)) == said


@pytest.mark.parametrize(
    ("iso", "said"), [("2003-09-08", "September 8, 2003"), ("2003-09", "September 2003"), ("2003", "2003"), ("", "")]
)
def test_a_day_is_said_as_exactly_as_its_source_says_it(iso: str, said: str) -> None:
    assert words.partial_day_words(iso) == said


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("8:30AM - 5PM, M-F", "8:30 a.m. to 5:00 p.m., Monday to Friday"),
        ("Monday - Friday 9:00 am to 4:30 pm", "Monday to Friday 9:00 a.m. to 4:30 p.m."),
        ("08:00 A.M.-12:30 P.M. Mon.-Fri.", "8:00 a.m. to 12:30 p.m. Monday to Friday"),
        ("Monday through Friday - 8:30 a.m. to 5:00 p.m.", "Monday to Friday, 8:30 a.m. to 5:00 p.m."),
        ("Closed. Ask in Juneau, 8 amps, MF 5", "Closed. Ask in Juneau, 8 amps, MF 5"),
    ],
)
def test_opening_hours_are_written_our_way_and_twice_changes_nothing(stated: str, said: str) -> None:
    assert words.hours_words(stated) == said
    assert words.hours_words(said) == said


def test_hours_beside_other_words_end_with_one_full_stop() -> None:
    assert sentence("9AM - 4PM") == "9:00 a.m. to 4:00 p.m."
    assert sentence("M-F") == "Monday to Friday."


def test_an_email_address_breaks_behind_its_at_sign_and_lets_no_markup_in() -> None:
    assert mailbox("help@<b>.gov") == "help@<wbr>&lt;b&gt;.gov"


def test_a_telephone_number_can_be_dialled_with_its_extension() -> None:
    assert 'href="tel:+12154082800;ext=2368"' in telephone("215-408-2800 ext. 2368")
    assert telephone("ask the clerk <b>") == "ask the clerk <b>"


def test_marking_a_match_lets_no_markup_in() -> None:
    assert marked("<b>Oakland</b> County", "oakland <script>") == ("&lt;b&gt;<mark>Oakland</mark>&lt;/b&gt; County")
