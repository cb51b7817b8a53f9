"""Drawn pages are kept by generation, within bounds, and only for people who are like everybody."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from courts.shelf import LONGEST_ADDRESS, Sheet, Shelf, drawn_once


class Page:
    """A view that counts how often it was drawn."""

    def __init__(self, *, status: int = 200, with_token: bool = False) -> None:
        self.drawn, self.status, self.with_token = 0, status, with_token
        self.version = object()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.drawn += 1
        if self.with_token:
            get_token(request)
        return HttpResponse(f"drawn {self.drawn}", status=self.status)

    def ask(self, path: str, *, cookie: str = "", **headers: str) -> HttpResponse:
        request = RequestFactory(headers=headers).get(path)
        if cookie:
            request.COOKIES[cookie] = "x"
        return drawn_once(version=lambda: self.version)(self)(request)


def sheet(size: int) -> Sheet:
    return Sheet(b"x" * size, "text/html", '"x"')


def test_a_page_is_drawn_once_for_everybody() -> None:
    page = Page()
    first, second = page.ask("/once/"), page.ask("/once/")
    assert (page.drawn, first.content, second.content) == (1, b"drawn 1", b"drawn 1")
    assert second["Cache-Control"] == "no-cache"
    assert second["Vary"] == "Cookie, HX-Request"


def test_a_change_of_the_courts_draws_anew() -> None:
    page = Page()
    page.ask("/anew/")
    page.version = object()
    assert page.ask("/anew/").content == b"drawn 2"


def test_other_parameters_and_htmx_get_pages_of_their_own() -> None:
    page = Page()
    answers = [page.ask("/own/"), page.ask("/own/?q=a"), page.ask("/own/?q=a", **{"HX-Request": "true"})]
    assert [answer.content for answer in answers] == [b"drawn 1", b"drawn 2", b"drawn 3"]


@pytest.mark.parametrize("cookie", ["portal_session", "messages"])
def test_whoever_carries_a_session_or_a_message_gets_a_page_that_nobody_may_store(cookie: str) -> None:
    page = Page()
    page.ask("/mine/")
    mine = page.ask("/mine/", cookie=cookie)
    assert (mine.content, mine["Cache-Control"]) == (b"drawn 2", "private, no-store")
    assert page.ask("/mine/").content == b"drawn 1"


def test_a_page_with_a_token_in_it_is_never_kept() -> None:
    page = Page(with_token=True)
    page.ask("/token/")
    assert page.ask("/token/").content == b"drawn 2"


def test_an_error_is_never_kept() -> None:
    page = Page(status=400)
    page.ask("/error/")
    assert page.ask("/error/").content == b"drawn 2"


def test_a_very_long_address_is_never_kept() -> None:
    page = Page()
    address = "/long/?q=" + "x" * LONGEST_ADDRESS
    page.ask(address)
    assert page.ask(address).content == b"drawn 2"


def test_who_has_the_page_already_gets_304() -> None:
    page = Page()
    etag = page.ask("/etag/")["ETag"]
    again = page.ask("/etag/", **{"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_the_shelf_stays_within_its_bytes_and_keeps_what_is_asked_for() -> None:
    shelf = Shelf(capacity=100)
    shelf.get("now", "a")
    for key in ("a", "b"):
        shelf.put("now", key, sheet(40))
    shelf.get("now", "a")
    shelf.put("now", "c", sheet(40))
    assert [key for key in ("a", "b", "c") if shelf.get("now", key)] == ["a", "c"]


def test_a_page_of_a_generation_that_has_passed_is_not_kept() -> None:
    shelf = Shelf()
    shelf.get("new", "a")
    shelf.put("old", "a", sheet(1))
    assert shelf.get("new", "a") is None
