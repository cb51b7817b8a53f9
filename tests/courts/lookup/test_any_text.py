"""What holds for any text at all: an answer, the same answer, a bounded one, and one that does not hang on spelling."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courts.lookup import CourtIndex, Found, Places
from courts.lookup.normalise import LONGEST_TEXT, MOST_WORDS, words
from tests.courts.lookup.hostile import HOSTILE
from tests.courts.lookup.lists import everyday_index, read_list

COURTS = 209
QUERIES = sorted({asked.query for asked in read_list("everyday")})
ANYTHING = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="abcdefghij -.,'0123456789", max_size=120),
    st.lists(st.sampled_from(QUERIES), max_size=12).map(" ".join),
    st.lists(st.sampled_from([word for query in QUERIES for word in query.split()]), max_size=30).map(" ".join),
    st.text(max_size=4).map(lambda part: part * 2_500),
)


def find(text: str) -> Found:
    return everyday_index().find(text)


def check(found: Found) -> None:
    """What every answer promises."""
    ids = [match.court_id for match in found.matches]
    scores = [match.score for match in found.matches]
    assert len(set(ids)) == len(ids) <= COURTS
    assert scores == sorted(scores, reverse=True)
    assert all(match.why[:1].isupper() or match.why[:1] == "“" for match in found.matches)
    assert len(found.choices) != 1
    assert found.read_as is None or found.matches


@settings(max_examples=600, deadline=None)
@given(text=ANYTHING)
def test_any_text_gets_an_ordinary_answer(text: str) -> None:
    found = find(text)
    check(found)
    assert find(text) == found


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_a_hostile_text_gets_an_ordinary_answer(text: str) -> None:
    check(find(text))
    assert len(words(text)) <= MOST_WORDS


@settings(max_examples=200, deadline=None)
@given(query=st.sampled_from(QUERIES), data=st.data())
def test_blanks_around_and_between_words_change_nothing(query: str, data: st.DataObject) -> None:
    blanks = st.text(alphabet=" \t\n\N{NO-BREAK SPACE}", min_size=1, max_size=4)
    spread = data.draw(blanks).join(["", *query.split(), ""]) if "'" not in query else query
    assert ids(spread) == ids(query)


def ids(text: str) -> list[str]:
    return [match.court_id for match in find(text).matches]


@settings(max_examples=200, deadline=None)
@given(query=st.sampled_from([query for query in QUERIES if query.islower()]))
def test_a_search_in_capitals_is_the_same_search(query: str) -> None:
    assert ids(query.upper()) == ids(query)


@pytest.mark.parametrize(
    "forms",
    [
        ("N.D. Cal.", "ND Cal", "n.d.cal.", "nd cal", "N. D. Cal.", "ndcal"),
        ("S.D.N.Y.", "SDNY", "s.d.n.y", "S.D. N.Y.", "sd ny"),
        ("Bankr. E.D. Va.", "bankr ed va", "Bankr.E.D.Va."),
        ("9th Cir.", "9TH CIR", "9thcir", "9th  cir."),
        ("St. Louis", "Saint Louis", "st louis", "ST.LOUIS"),
        ("coeur d'alene", "Coeur d\N{RIGHT SINGLE QUOTATION MARK}Alene", "coeur dalene"),
        ("Mayagüez", "mayaguez", "MAYAGU\N{COMBINING DIAERESIS}EZ"),
        ("oakland", "ＯＡＫＬＡＮＤ", "\N{CYRILLIC SMALL LETTER O}akland", "oakl\N{CYRILLIC SMALL LETTER A}nd"),
        ("Winston-Salem", "winston salem", "winstonsalem"),
    ],
)
def test_dots_accents_and_look_alikes_change_nothing(forms: tuple[str, ...]) -> None:
    first = ids(forms[0])
    assert first
    assert [ids(form) for form in forms] == [first] * len(forms)


def test_what_comes_after_the_longest_text_is_not_read() -> None:
    cut = "oakland ".ljust(LONGEST_TEXT)
    assert ids(cut + "bankruptcy chicago") == ids("oakland")


def test_a_limit_cuts_the_answer_and_nothing_else() -> None:
    assert everyday_index().find("texas", limit=2).matches == find("texas").matches[:2]


def test_an_index_of_nothing_finds_nothing() -> None:
    empty = CourtIndex.build((), Places.from_bytes(b""))
    assert all(empty.find(text).matches == () for text in (*HOSTILE, "oakland", "9th cir", "90210", "bankruptcy"))
