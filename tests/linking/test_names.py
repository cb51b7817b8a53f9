"""Which names can be one person's, and which must be ticked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linking.names import Name, names_agree


def name(text: str) -> Name:
    """`First|Middle|Last|Suffix`, the last ones may be left out; one part alone is the last name."""
    parts = text.split("|")
    if len(parts) == 1:
        return Name(last=parts[0])
    first, middle, last, suffix = (*parts, "")[:4] if len(parts) == 3 else parts
    return Name(first=first, middle=middle, last=last, suffix=suffix)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane||Roe", "JANE||ROE"),
        ("José|Ángel|Núñez", "Jose|Angel|Nunez"),
        ("Jane|A.|Roe", "Jane|Alice|Roe"),
        ("J.||Roe", "Jane||Roe"),
        ("Jane||Roe", "Jane|Alice|Roe"),
        ("Bob||Smith", "Robert||Smith"),
        ("Peggy||Olson", "Margaret||Olson"),
        ("Beth||Chan", "Betty||Chan"),
        ("John||Davis|Jr.", "John||Davis"),
        ("John||Davis|Jr.", "John||Davis|Junior"),
        ("John||Davis Jr.", "John||Davis|JR"),
        ("Jane||Roe-Whitfield", "Jane||Roe"),
        ("Jane|Whitfield|Roe", "Jane||Whitfield"),
        ("Jane||Whitfield Roe", "Jane||Roe"),
        ("Sean||O’Brien", "Sean||OBrien"),
        ("Ana||de la Cruz", "Ana||Cruz"),
        ("Maria||Dela Cruz", "Maria||Delacruz"),
        ("J.|Edgar|Hoover", "Edgar||Hoover"),
        ("Teller", "Teller"),
        ("||Roe, Jane A.", "Jane|A|Roe"),
        ("Jane A. Roe", "Jane||Roe"),
        ("Straße||Groß", "Strasse||Gross"),
        ("Dr. Jane||Roe", "Jane||Roe|Esq."),
        ("Søren||Kjær", "Soren||Kjaer"),
    ],
)
def test_these_can_be_one_person(one: str, other: str) -> None:
    assert names_agree(name(one), name(other))
    assert names_agree(name(other), name(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane||Roe", "Jane|A.|Whitfield"),
        ("Jane||Roe", "John||Roe"),
        ("Jane|A.|Roe", "Jane|B.|Roe"),
        ("John||Davis|Jr.", "John||Davis|Sr."),
        ("John||Davis|II", "John||Davis|III"),
        ("Teller", "Raymond||Teller"),
        ("Jane||Roe", "Roe||Jane"),
        ("Jane||Roe", ""),
        ("", ""),
        ("Wei||Chen", "Wei||Cheng"),
        ("Anna||Schmidt", "Bertha||Schmidt"),
        ("!!!||???", "!!!||???"),
    ],
)
def test_these_must_be_ticked(one: str, other: str) -> None:
    assert not names_agree(name(one), name(other))
    assert not names_agree(name(other), name(one))


NAMES = st.builds(Name, first=st.text(), middle=st.text(), last=st.text(), suffix=st.text(max_size=5))
WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéüñ", min_size=2, max_size=12)


@given(NAMES, NAMES)
def test_any_text_is_compared_and_the_same_way_round(one: Name, other: Name) -> None:
    assert names_agree(one, other) == names_agree(other, one)


@given(WORDS, WORDS, WORDS)
def test_a_full_name_agrees_with_itself_in_capitals(first: str, middle: str, last: str) -> None:
    whole = Name(first=first, middle=middle, last=last)
    assert names_agree(whole, Name(first=first.upper(), middle=middle.upper(), last=last.upper()))
    assert names_agree(whole, Name(first=first, last=last))
