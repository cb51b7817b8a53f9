"""One reading of the address: what passes, what is refused and how, and counts that hold what they promise."""

from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courts import directory
from courts.selection import LONGEST_TEXT, BadSelection, Query, read_query, select

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_courts")]


def read(address: str) -> Query:
    return read_query(QueryDict(address))


def refused(address: str) -> list[str]:
    with pytest.raises(BadSelection) as refusal:
        read(address)
    return [bad.parameter for bad in refusal.value.filters]


def found(query: Query) -> list[str]:
    return [row.court.court_id for row in select(query, directory=directory.current()).rows]


def test_one_filter_given_twice_or_with_commas_is_the_same() -> None:
    assert read("type=district&type=bankruptcy") == read("type=bankruptcy,district")


@pytest.mark.parametrize("circuit", ["9", "9th", "09", " 9 "])
def test_a_circuit_may_be_written_in_several_ways(circuit: str) -> None:
    assert read(f"circuit={circuit}").circuits == {"9"}


@pytest.mark.parametrize(
    "address", ["type=moon", "state=XX", "circuit=14", "status=asleep", "as_of=2021-02-16", "type=,", "as_of=%20"]
)
def test_a_value_that_is_none_is_refused_by_its_parameter(address: str) -> None:
    assert refused(address) == [address.partition("=")[0]]


def test_a_filter_with_a_slip_in_its_name_is_refused_and_a_mailings_mark_is_not() -> None:
    assert refused("circut=9") == ["circut"]
    assert read("utm_source=mail&q=oakland").q == "oakland"


def test_a_long_text_is_cut_and_says_so() -> None:
    query = read("q=" + "x" * 10_000)
    assert (len(query.q), query.was_cut) == (LONGEST_TEXT, True)


def test_a_plus_in_an_address_is_a_blank_and_still_an_offset() -> None:
    assert read("as_of=2021-02-16T18:00:00+10:00").as_of == datetime.fromisoformat("2021-02-16T18:00:00+10:00")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    kinds=st.sets(st.sampled_from(["district", "bankruptcy", "appellate", "bap", "national"]), max_size=2),
    states=st.sets(st.sampled_from(["CA", "NY", "TX", "GU", "AZ"]), max_size=2),
    statuses=st.sets(st.sampled_from(["scheduled", "live", "live_dated", "live_day_unknown"]), max_size=2),
    text=st.sampled_from(["", "oakland", "new york", "bankruptcy", "9th cir"]),
)
def test_each_count_is_what_choosing_that_value_shows(
    january: Any, kinds: set[str], states: set[str], statuses: set[str], text: str
) -> None:
    query = Query(q=text, types=frozenset(kinds), states=frozenset(states), statuses=frozenset(statuses))
    counts = select(query, directory=directory.current()).counts
    for kind, count in counts["type"].items():
        chosen = Query(q=text, types=frozenset({kind}), states=query.states, statuses=query.statuses)
        assert len(found(chosen)) == count
    for state, count in counts["state"].items():
        chosen = Query(q=text, types=query.types, states=frozenset({state}), statuses=query.statuses)
        assert len(found(chosen)) == count


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(address=st.text(max_size=60))
def test_no_address_breaks_the_reading(address: str) -> None:
    with suppress(BadSelection):
        assert len(found(read(address))) <= 209


def test_the_same_question_gets_the_same_answer() -> None:
    assert found(Query(q="san jose bankruptcy")) == found(Query(q="san jose bankruptcy")) != []


@pytest.mark.parametrize(
    ("address", "court_id"),
    [
        ("county=Alameda", "canb"),
        ("county=alameda, ca", "canb"),
        ("county=Alameda County", "canb"),
        ("county=Dona Ana", "nmb"),
        ("county=orleans parish", "laeb"),
        ("city=OAKLAND", "canb"),
    ],
)
def test_a_county_and_a_city_are_found_as_people_write_them(address: str, court_id: str) -> None:
    assert court_id in found(read(address.replace(" ", "+")))


def test_a_county_of_another_state_is_another_county() -> None:
    assert "cacb" in found(read("county=Orange"))
    assert "cacb" not in found(read("county=Orange,+FL"))


def test_what_is_left_of_a_refused_address_is_kept() -> None:
    with pytest.raises(BadSelection) as refusal:
        read("q=oakland&type=moon,district&as_of=soon")
    assert refusal.value.rest == Query(q="oakland", types=frozenset({"district"}))
