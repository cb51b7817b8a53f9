"""The two lists of everyday queries: how many get the right court first, in all and in each category."""

from collections import defaultdict
from collections.abc import Iterable

import pytest

from tests.courts.lookup.lists import Asked, everyday_index, read_list


def share(asked: Iterable[Asked]) -> float:
    """How many of them get the right court first and the others beside it."""
    verdicts = [one.is_wholly_met_by(everyday_index().find(one.query)) for one in asked]
    return sum(verdicts) / len(verdicts)


def by_category(name: str) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = defaultdict(list)
    for asked in read_list(name):
        found[asked.category].append(asked)
    return found


@pytest.mark.parametrize(("name", "least"), [("everyday", 400), ("held_out", 150)])
def test_a_list_is_long_and_asks_nothing_twice(name: str, least: int) -> None:
    queries = [asked.query for asked in read_list(name)]
    assert len(set(queries)) == len(queries) >= least


def test_the_lists_share_few_queries() -> None:
    everyday, held_out = ({asked.query for asked in read_list(name)} for name in ("everyday", "held_out"))
    assert len(everyday & held_out) <= len(held_out) / 50


def test_the_right_court_comes_first_for_everyday_queries() -> None:
    assert share(read_list("everyday")) >= 0.99


def test_the_right_court_comes_first_for_queries_that_nobody_tuned_on() -> None:
    assert share(read_list("held_out")) >= 0.98


@pytest.mark.parametrize("category", sorted(by_category("everyday")))
def test_no_category_of_everyday_queries_is_weak(category: str) -> None:
    assert share(by_category("everyday")[category]) >= 0.95


@pytest.mark.parametrize("category", sorted(by_category("held_out")))
def test_no_category_of_held_out_queries_is_weak(category: str) -> None:
    assert share(by_category("held_out")[category]) >= 0.9


def test_a_list_of_wrong_expectations_would_be_noticed() -> None:
    wrong = [Asked(one.category, one.query, frozenset({"gub"}), frozenset(), one.why) for one in read_list("everyday")]
    assert share(wrong) < 0.02
