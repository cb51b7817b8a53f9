"""Every US city and ZIP code of `zipcodes` leads to its county and to that county's district."""

from collections import defaultdict
from functools import cache
from typing import Any

import pytest
import zipcodes

from bench.facts import read_courts, read_places
from courts.lookup import Places, is_current, prepare_places
from courts.lookup.gazetteer import MENDED, PLACED
from courts.lookup.normalise import county_key
from courts.states import STATES
from tests.courts.lookup.lists import everyday_index

ROWS: list[dict[str, Any]] = zipcodes.list_all()
ABROAD = {"AA", "AE", "AP", "FM", "MH", "PW"}  # military post, and the states in free association
DIPLOMATS = {"09905", "09980", "09981", "09982", "09983", "09984"}  # post that is sorted in New Jersey
# Cities called like a direction: "North, VA" asks for a district first.
NAMED_EXCEPTIONS = {("North", "VA"), ("West", "MS")}


@cache
def districts() -> dict[tuple[str, str], str]:
    """The district court of each county, by state and key."""
    return {
        (state, county_key(county)): court.court_id
        for court in read_courts()
        if court.court_type == "district"
        for state, county in court.counties
    }


def district_of(code: str) -> str | None:
    places = read_places()[0]
    place = places.county_of(code)
    return None if place is None else districts()[places.counties[place][0], places.counties[place][1]]


def test_every_zip_code_lies_in_a_county_of_ours_or_is_a_named_exception() -> None:
    places = read_places()[0]
    without = {row["zip_code"] for row in ROWS if places.is_abroad(row["zip_code"])}
    assert without == {row["zip_code"] for row in ROWS if row["state"] in ABROAD} | DIPLOMATS
    assert all(district_of(row["zip_code"]) for row in ROWS if row["zip_code"] not in without)


def test_a_zip_code_lies_in_the_county_that_its_row_names() -> None:
    places = read_places()[0]
    for row in ROWS:
        said = (row["state"], county_key(row["county"]))
        if said in districts() and row["zip_code"] not in MENDED:
            place = places.county_of(row["zip_code"])
            assert place is not None
            assert tuple(places.counties[place][:2]) == said


def test_what_is_mended_by_hand_needs_it() -> None:
    rows = {row["zip_code"]: row for row in ROWS}
    for code, county in MENDED.items():
        row = rows[code]
        assert (row["state"], county_key(county)) in districts()
        assert county_key(row["county"]) != county_key(county)


def test_every_zip_code_finds_its_district_court_first() -> None:
    index = everyday_index()
    for row in ROWS:
        found = index.find(row["zip_code"])
        if expected := district_of(row["zip_code"]):
            assert found.matches[0].court_id == expected
        else:
            assert (found.matches, found.elsewhere is not None) == ((), True)


@pytest.mark.parametrize("form", ["{city}, {code}", "{city} {state}", "bankruptcy court in {city}, {code}"])
def test_every_city_finds_a_district_that_it_lies_in_first(form: str) -> None:
    expected: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in ROWS:
        if row["state"] in PLACED and (district := district_of(row["zip_code"])):
            expected[row["city"], row["state"]].add(district)
    index, missed = everyday_index(), []
    for (city, code), own in expected.items():
        text = form.format(city=city, code=code, state=STATES.get(code, "American Samoa"))
        found = index.find(text).matches
        first = found[0].court_id if found else ""
        if (f"{first[:-1]}d" if "bankruptcy" in form else first) not in own and (city, code) not in NAMED_EXCEPTIONS:
            missed.append(text)
    assert len(expected) > 29_000
    assert missed == []


@pytest.mark.parametrize(
    ("code", "district"),
    [
        ("90085", "cacd"),  # rows without a position, once put near the equator
        ("95214", "caed"),
        ("77352", "txed"),
        ("79942", "txwd"),  # El Paso, put into Crockett County
        ("00802", "vid"),
        ("96799", "hid"),
        ("15439", "pawd"),  # just inside Pennsylvania
    ],
)
def test_a_row_without_a_usable_county_gets_the_right_one(code: str, district: str) -> None:
    assert district_of(code) == district


def test_an_unknown_zip_code_is_taken_for_its_neighbors() -> None:
    match = everyday_index().find("90200").matches[0]
    assert (match.court_id, match.why) == ("cacd", "ZIP codes near 90200 are in Los Angeles County, California")


def test_the_payload_is_the_same_for_the_same_counties_and_small() -> None:
    counties = {county for court in read_courts() for county in court.counties}
    payload = prepare_places(counties)
    assert payload == prepare_places(sorted(counties)) == read_places()[1]
    assert len(payload) < 500_000


def test_a_payload_of_another_format_is_no_payload() -> None:
    payload = read_places()[1]
    assert is_current(payload)
    assert not is_current(b"places1\n" + payload[8:])
    assert Places.from_bytes(b"places1\n" + payload[8:]).cities("oakland") == []
