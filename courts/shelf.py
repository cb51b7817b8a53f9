"""Public pages that are the same for everybody are drawn once and their bytes kept, until courts or minute change."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from threading import Lock
from time import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

LONGEST_ADDRESS = 300  # characters; what is longer is drawn each time
CAPACITY = 8 * 1024 * 1024  # bytes of pages a process keeps


@dataclass(frozen=True, slots=True)
class Sheet:
    """One drawn page."""

    content: bytes
    content_type: str
    etag: str


class Shelf:
    """The drawn pages of one generation, least recently asked for out first. Safe between threads."""

    def __init__(self, *, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._sheets: OrderedDict[object, Sheet] = OrderedDict()
        self._generation: object = None
        self._size = 0
        self._lock = Lock()

    def get(self, generation: object, key: object) -> Sheet | None:
        """The page `key` of this generation; asking for a new generation throws the old one away."""
        with self._lock:
            if generation != self._generation:
                self._sheets.clear()
                self._generation, self._size = generation, 0
            sheet = self._sheets.get(key)
            if sheet is not None:
                self._sheets.move_to_end(key)
            return sheet

    def put(self, generation: object, key: object, sheet: Sheet) -> None:
        """Keep a page, unless its generation has passed meanwhile or another thread was first."""
        with self._lock:
            if generation != self._generation or key in self._sheets:
                return
            self._sheets[key] = sheet
            self._size += len(sheet.content)
            while self._size > self._capacity:
                self._size -= len(self._sheets.popitem(last=False)[1].content)

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._sheets.clear()
            self._size = 0


_shelf = Shelf()


def clear() -> None:
    """Draw every page of this process anew."""
    _shelf.clear()


type View = Callable[..., HttpResponse]


def drawn_once(*, version: Callable[[], object]) -> Callable[[View], View]:
    """Keep what a view answers to anonymous visitors, by address, for as long as `version()` and the minute last.

    Only whole pages (200) without a token or cookie in them are kept. Whoever carries a session or a message gets a
    page of their own, which no cache may store.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not _is_like_everybody(request):
                response = view(request, *args, **kwargs)
                response["Cache-Control"] = "private, no-store"
                patch_vary_headers(response, ["Cookie"])
                return response
            generation = (version(), int(time() // 60), settings.PORTAL_AS_OF)
            key = (request.get_full_path(), request.headers.get("HX-Request") == "true")
            sheet = _shelf.get(generation, key)
            if sheet is None:
                response = view(request, *args, **kwargs)
                if not _may_be_kept(request, response):
                    patch_vary_headers(response, ["Cookie", "HX-Request"])
                    return response
                sheet = Sheet(
                    response.content, response["Content-Type"], f'"{sha256(response.content).hexdigest()[:32]}"'
                )
                _shelf.put(generation, key, sheet)
            return _response(request, sheet)

        return answer

    return decorate


def _is_like_everybody(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
    )


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def _response(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The page, or 304 for somebody who has it already. `no-cache`: caches may keep it, and ask each time."""
    response = HttpResponse(sheet.content, content_type=sheet.content_type)
    response.headers["ETag"] = sheet.etag
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Cookie, HX-Request"
    known = get_conditional_response(request, etag=sheet.etag, response=response)
    return known if isinstance(known, HttpResponse) else response
