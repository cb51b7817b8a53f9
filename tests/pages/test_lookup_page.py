"""The look-up page: one address for search, filters, list, downloads and map."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from courts.selection import LONGEST_TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_courts", "january")]


def listed(client: Client, query: str) -> list[str]:
    """The ids of the courts in the list, in order."""
    page = client.get(f"/courts/?{query}").content.decode()
    rows = page.partition("<tbody")[2].partition("</tbody>")[0]
    return re.findall(r'href="/courts/(\w+)/', rows)


def line(client: Client, query: str) -> str:
    """The line that says how many courts there are, as it is read aloud."""
    page = client.get(f"/courts/?{query}").content.decode()
    found = re.search(r'id="result-line"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert found
    return unescape(re.sub(r"<[^>]+>", "", found[1])).strip()


def test_without_a_search_every_court_is_listed_by_name(client: Client) -> None:
    assert len(listed(client, "")) == 209
    assert line(client, "") == "209 courts, by name"


def test_a_search_puts_the_right_court_first_and_says_why(client: Client) -> None:
    assert listed(client, "q=oakland+bankruptcy")[0] == "canb"
    page = client.get("/courts/?q=oakland+bankruptcy")
    assertContains(page, "<mark>Oakland</mark>")
    assertContains(page, "Best match")
    assert line(client, "q=oakland+bankruptcy").endswith("match “oakland bankruptcy”, best match first")


def test_filters_narrow_the_list_and_count_what_they_would_show(client: Client) -> None:
    assert listed(client, "state=CA&type=bankruptcy") == ["cacb", "caeb", "canb", "casb"]
    page = client.get("/courts/?state=CA&type=bankruptcy")
    assertContains(page, '<span class="filters__count" id="count-district">4</span>', html=True)


def test_live_with_and_without_a_day_are_two_filters_that_the_api_calls_one(client: Client) -> None:
    both, dated, unknown = (len(listed(client, f"status={s}")) for s in ("live", "live_dated", "live_day_unknown"))
    assert both == dated + unknown
    assert min(dated, unknown) > 0


def test_the_page_for_htmx_is_a_part_that_also_brings_counts_and_map(client: Client) -> None:
    part = client.get("/courts/?q=canb", headers={"HX-Request": "true"})
    assertNotContains(part, "<html")
    assertContains(part, 'id="results"')
    assertContains(part, 'id="result-line" hx-swap-oob="innerHTML"')
    assertContains(part, 'id="map" hx-swap-oob="innerHTML"')
    assert "HX-Request" in part["Vary"]


def test_the_downloads_are_the_same_selection(client: Client) -> None:
    page = client.get("/courts/?q=oakland&type=bankruptcy&as_of=2021-02-01T00:00:00Z").content.decode()
    links = re.findall(r'href="(/courts\.(?:csv|json)[^"]*)"', page)
    assert len(links) == 2
    for link in links:
        assert "q=oakland&amp;type=bankruptcy&amp;as_of=2021-02-01T00%3A00%3A00%2B00%3A00" in link


def test_nothing_found_names_the_search_and_ways_on(client: Client) -> None:
    page = client.get("/courts/?q=zzzzqqq")
    assertContains(page, "No court matches “zzzzqqq”")
    assertContains(page, "all 209 courts")
    assertNotContains(page, "<tbody role")


def test_a_court_that_is_not_here_is_named_with_where_to_go(client: Client) -> None:
    assertContains(client.get("/courts/?q=supreme+court"), "supremecourt.gov")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("type=family", "There is no type “family”"),
        ("state=ZZ", "There is no state “ZZ”"),
        ("circuit=12", "There is no circuit “12”"),
        ("status=soon", "There is no status “soon”"),
        ("as_of=yesterday", "Give a date and time with its offset"),
    ],
)
def test_a_filter_that_makes_no_sense_gets_a_plain_sentence(client: Client, query: str, sentence: str) -> None:
    page = client.get(f"/courts/?{query}")
    assertContains(page, sentence, status_code=400)
    assertContains(page, "<title>Error:", status_code=400)


def test_what_makes_sense_in_an_address_is_shown_beside_what_does_not(client: Client) -> None:
    page = client.get("/courts/?q=canb&type=moon&type=bankruptcy")
    assertContains(page, "There is no type “moon”", status_code=400)
    assertContains(page, 'value="canb"', status_code=400)
    assertContains(page, 'id="type-bankruptcy" value="bankruptcy" checked', status_code=400)


def test_another_instant_is_said_and_kept_from_page_to_page(client: Client) -> None:
    page = client.get("/courts/?q=canb&as_of=2021-02-13T09:00:00-08:00")
    assertContains(page, "This page shows how things stand on")
    assertContains(page, '<a href="/courts/?q=canb">Show the present</a>', html=True)
    assertContains(page, "/courts/?state=CA&amp;as_of=2021-02-13T09%3A00%3A00-08%3A00")
    assertContains(page, "/courts/canb/?as_of=2021-02-13T09%3A00%3A00-08%3A00")
    assertNotContains(client.get("/courts/?q=canb"), "as_of")


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "oakland\0bankruptcy",
        "'; DROP TABLE courts_court; --",
        "<script>alert(1)</script>",
        "\u202edrocer evitcA",
        "оаkland",  # Cyrillic o and a
        "%00%ff",
        "🏛" * 300,
    ],
)
def test_hostile_text_gets_an_ordinary_answer(client: Client, text: str) -> None:
    page = client.get("/courts/", {"q": text})
    assert page.status_code == 200
    assertNotContains(page, "<script>alert")


def test_text_that_was_cut_says_so(client: Client) -> None:
    assertContains(client.get("/courts/", {"q": "oakland " * 1000}), f"first {LONGEST_TEXT} characters were read")


def test_the_map_has_a_link_a_state_and_the_same_numbers_as_a_table(client: Client) -> None:
    page = client.get("/courts/").content.decode()
    assert len(re.findall(r'class="tile__link[^"]*" href="/courts/\?state=', page)) == 55
    assert re.search(r"California: 8 courts, [^<]*", page)
    assert page.count('<th scope="row"><a href="/courts/?state=') == 55


def test_the_map_rings_what_a_search_found(client: Client) -> None:
    page = client.get("/courts/?q=canb").content.decode()
    ringed = re.findall(r'tile__link--match" href="([^"]+)"', page)
    assert "/courts/?state=CA" in ringed
    assert "tile__link--match" not in client.get("/courts/").content.decode()
