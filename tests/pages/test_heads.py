"""What search engines, link previews, readers and screen readers take from a page before they show it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_courts", "january")]

PAGES = {
    "/": "",
    "/courts/": "Find a court",
    "/courts/canb/": "Find a court",
    "/courts/nowhere/": "",
    "/readiness/": "What to do",
    "/help/": "Help",
    "/api/docs/": "",
    "/no/such/page/": "",
}


class Outline(HTMLParser):
    """The headings, titles and links of a page, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def all(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attrs for name, attrs in self.attributes if name == tag)


def outline(client: Client, path: str) -> tuple[str, Outline]:
    page = client.get(path).content.decode()
    return page, Outline(page)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_title_of_its_own_a_description_and_a_language(client: Client, path: str) -> None:
    page, parsed = outline(client, path)
    (title,) = re.findall(r"<title>(.*?)</title>", page)
    assert "CM/ECF Portal" in title
    assert title != "CM/ECF Portal"
    (description,) = (m["content"] for m in parsed.all("meta") if m.get("name") == "description")
    assert description
    assert 40 < len(description) <= 200
    assert next(parsed.all("html"))["lang"] == "en"


def test_no_two_pages_have_the_same_title(client: Client) -> None:
    titles = [re.findall(r"<title>(.*?)</title>", client.get(path).content.decode())[0] for path in PAGES]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("path", PAGES)
def test_headings_begin_with_one_h1_and_skip_no_level(client: Client, path: str) -> None:
    _page, parsed = outline(client, path)
    assert parsed.headings[0] == 1
    assert parsed.headings.count(1) == 1
    steps = zip(parsed.headings, parsed.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps), parsed.headings


@pytest.mark.parametrize("path", PAGES)
def test_the_first_link_skips_to_the_content_and_the_menu_says_where_one_is(client: Client, path: str) -> None:
    page, parsed = outline(client, path)
    assert next(parsed.all("a"))["href"] == "#main"
    assert [m for m in parsed.all("main") if m.get("id") == "main"]
    here = re.findall(r'<a class="nav__link"[^>]*aria-current="(?:page|true)"[^>]*>([^<]+)', page)
    assert here == ([PAGES[path]] if PAGES[path] else [])


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_loaded_from_another_host(client: Client, path: str) -> None:
    _page, parsed = outline(client, path)
    loaded = [attrs.get("src") for tag in ("script", "img", "iframe") for attrs in parsed.all(tag)]
    kinds = {"stylesheet", "icon", "preload"}
    loaded += [link["href"] for link in parsed.all("link") if link.get("rel") in kinds]
    assert loaded
    assert all(address is not None and address.startswith("/static/") for address in loaded), loaded


@pytest.mark.parametrize("path", ["/", "/courts/", "/courts/canb/", "/readiness/", "/help/"])
def test_a_link_to_a_page_has_a_preview(client: Client, path: str) -> None:
    _page, parsed = outline(client, path)
    told = {meta["property"]: meta["content"] for meta in parsed.all("meta") if "property" in meta}
    assert {"og:type", "og:site_name", "og:image", "og:title", "og:description", "og:url"} <= set(told)
    assert str(told["og:image"]).startswith("http")
    assert "summary" in [m["content"] for m in parsed.all("meta") if m.get("name") == "twitter:card"]
    (canonical,) = (link["href"] for link in parsed.all("link") if link.get("rel") == "canonical")
    assert told["og:url"] == canonical
