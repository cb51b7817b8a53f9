"""Public pages cost at most three queries, and none once they are drawn."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from courts import directory, shelf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_courts", "january")]

PATHS = (
    "/",
    "/courts/",
    "/courts/?q=oakland&type=bankruptcy",
    "/courts/canb/",
    "/readiness/?court=canb&account=six&shared=no",
)


@pytest.mark.parametrize("path", PATHS)
def test_a_public_page_costs_at_most_three_queries_whatever_it_lists(
    client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    directory.current()
    shelf.clear()
    with django_assert_max_num_queries(3):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_a_page_that_is_drawn_asks_only_for_the_version_of_the_courts(
    client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get(path)
    with django_assert_max_num_queries(1):
        again = client.get(path)
    assert again.content == first.content
    assert "default-src 'self'" in again["Content-Security-Policy"]
    assert "Cookie" in again["Vary"]
    assert client.get(path, headers={"If-None-Match": again["ETag"]}).status_code == 304
