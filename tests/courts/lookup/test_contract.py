"""What a search promises beside the right court: reasons, mended words, which place, and courts elsewhere."""

import pytest

from courts.lookup import Found
from tests.courts.lookup.lists import everyday_index


def find(text: str) -> Found:
    return everyday_index().find(text)


def ids(text: str) -> list[str]:
    return [match.court_id for match in find(text).matches]


def reason(text: str, court_id: str) -> str:
    return next(match.why for match in find(text).matches if match.court_id == court_id)


@pytest.mark.parametrize(
    ("text", "court_id"),
    [
        ("CANBK", "canb"),
        ("ecf.canb.uscourts.gov", "canb"),
        ("N.D. Cal.", "cand"),
        ("nd cal", "cand"),
        ("SDNY", "nysd"),
        ("EDVA bankruptcy", "vaeb"),
        ("9th Cir", "ca9"),
        ("where do I file in San Jose", "cand"),
        ("bankruptcy court oakland", "canb"),
        ("chapter 7 anaheim", "cacb"),
        ("90210", "cacd"),
        ("las cruces", "nmd"),
        ("brooklin", "nyed"),
        ("pittsburg bankrupcy", "pawb"),
    ],
)
def test_the_promised_ways_of_naming_a_court_find_it_first(text: str, court_id: str) -> None:
    assert ids(text)[0] == court_id


@pytest.mark.parametrize("text", ["oakland", "94612", "alameda county", "N.D. Cal.", "silicon valley"])
def test_district_comes_before_bankruptcy_when_the_kind_is_not_said(text: str) -> None:
    assert ids(text)[:2] == ["cand", "canb"]


def test_a_place_in_two_districts_brings_both_and_says_so() -> None:
    assert ids("carrollton tx")[:2] == ["txnd", "txed"]
    assert reason("carrollton tx", "txnd") == "Carrollton, Texas, lies partly in Dallas County"
    assert reason("carrollton tx", "txed") == "Carrollton, Texas, lies partly in Denton County"


def test_a_region_in_two_districts_brings_both_and_says_so() -> None:
    assert ids("lake tahoe")[:2] == ["caed", "nvd"]
    assert reason("lake tahoe", "nvd") == "“Lake Tahoe” is partly Washoe County, Nevada"


def test_a_name_of_many_states_asks_which_with_the_best_guess_first() -> None:
    labels = [choice.label for choice in find("portland").choices]
    assert labels[:2] == ["Portland, Oregon", "Portland, Maine"]
    assert ids("portland")[0] == "ord"


@pytest.mark.parametrize(
    "text",
    ["springfield", "jefferson county", "washington", "LA", "glendale bankruptcy", "brooklin", "paris", "orange"],
)
def test_each_place_offered_leads_to_itself_without_asking_again(text: str) -> None:
    choices = find(text).choices
    assert len(choices) >= 2
    firsts = [everyday_index().find(choice.query) for choice in choices]
    assert all(found.matches and not found.choices for found in firsts)
    assert len({found.matches[0].court_id for found in firsts}) == len(choices)
    assert firsts[0].matches[0].court_id == ids(text)[0]


@pytest.mark.parametrize("text", ["portland maine", "oakland", "kansas", "wyoming", "fresno", "sdny", "90210"])
def test_nothing_is_asked_where_one_place_is_meant(text: str) -> None:
    assert find(text).choices == ()


def test_a_mended_search_says_how_it_was_read() -> None:
    assert find("banruptcy court albequerque").read_as == "bankruptcy court Albuquerque"
    assert find("oakland").read_as is None


def test_the_beginning_of_a_name_is_enough_while_somebody_types() -> None:
    assert ids("sacram")[0] == "caed"
    assert ids("philad")[0] == "paed"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("supreme court", "supreme_court"),
        ("texas supreme court", "state_court"),
        ("tax court", "tax_court"),
        ("veterans claims", "veterans_claims"),
        ("alameda county superior court", "state_court"),
        ("cook county circuit court", "state_court"),
        ("09012", "abroad"),
        ("96940", "abroad"),
    ],
)
def test_a_court_that_is_elsewhere_is_named_with_its_address(text: str, code: str) -> None:
    elsewhere = find(text).elsewhere
    assert elsewhere is not None
    assert elsewhere.code == code
    assert elsewhere.url.startswith("https://")


def test_a_federal_court_is_no_court_elsewhere() -> None:
    assert find("ninth circuit court of appeals").elsewhere is None
    assert find("9th circuit court").elsewhere is None


@pytest.mark.parametrize("text", ["bankruptcy court in mordor", "qwertyuiop", "!!!", "00000", "F.3d"])
def test_where_nothing_is_understood_nothing_is_found(text: str) -> None:
    assert find(text).matches == ()


def test_a_kind_alone_lists_its_courts_and_a_direction_its_districts() -> None:
    assert len(ids("bankruptcy court")) == 94
    assert set(ids("northern district")) >= {"cand", "canb", "txnd"}
    assert "casd" not in ids("northern district")


@pytest.mark.parametrize(
    ("text", "court_id", "why"),
    [
        ("canb", "canb", "Its abbreviation is canb"),
        ("9th Cir.", "ca9", "Is cited as 9th Cir."),
        ("oakland bankruptcy", "canb", "A bankruptcy court with an office in Oakland, California"),
        ("oakland bankruptcy", "mieb", "A bankruptcy court that serves Oakland County, Michigan"),
        ("oakland bankruptcy", "cand", "Has an office in Oakland, California, but is a district court"),
        ("90210", "cacd", "ZIP code 90210 is in Los Angeles County, California"),
        ("las cruces", "nmd", "Las Cruces, New Mexico, is in Dona Ana County"),
        ("orleans parish", "laed", "Serves Orleans Parish, Louisiana"),
        ("boise", "ca9", "Hears appeals from Boise, Idaho"),
        ("boise", "bap9", "Hears bankruptcy appeals from Boise, Idaho"),
        ("9th cir bap", "bap9", "Hears bankruptcy appeals in the Ninth Circuit"),
        ("96799", "hid", "ZIP code 96799 is in American Samoa"),
        ("nevada", "nvd", "A court in Nevada"),
        ("patent appeals", "cafc", "Hears such cases from the whole country"),
    ],
)
def test_a_reason_says_what_counted(text: str, court_id: str, why: str) -> None:
    assert reason(text, court_id) == why
