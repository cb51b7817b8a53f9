"""Public answers for programs: prepared once, the same bytes for everybody, with validators and open to other sites."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response

from courts import directory
from courts.clock import portal_now
from courts.shelf import LONGEST_ADDRESS, Sheet, Shelf

METHODS = ("GET", "HEAD", "OPTIONS")
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-ID",
}
_PREFLIGHT = {
    **OPEN_TO_ALL,
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",  # seconds
}

_shelf = Shelf(capacity=16 * 1024 * 1024)  # bytes

type Make = Callable[..., HttpResponse]


def prepared(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to a GET or HEAD, made at most once for as long as courts and statuses stay; 304 if it is known.

    Only complete answers (200) are kept. `make` must give everybody who asks at this address the same.
    """
    known, at = directory.current(), portal_now()
    generation = (known, known.segment(at))
    key = (request.get_host(), request.is_secure(), request.get_full_path(), request.headers.get("Accept", ""))
    sheet = _shelf.get(generation, key)
    if sheet is None:
        response = make()
        if response.status_code != 200:
            return response
        content = response.content
        sheet = Sheet(content, response["Content-Type"], f'"{sha256(content).hexdigest()[:32]}"')
        if len(key[2]) <= LONGEST_ADDRESS and len(key[3]) <= LONGEST_ADDRESS:
            _shelf.put(generation, key, sheet)
    response = HttpResponse(sheet.content, content_type=sheet.content_type)
    response.headers["ETag"] = sheet.etag
    response.headers["Cache-Control"] = "public, no-cache"  # may be kept anywhere, and is asked for each time
    conditional = get_conditional_response(request, etag=sheet.etag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Scripts of any other site may read this answer: it holds nothing that is not public."""
    for name, value in OPEN_TO_ALL.items():
        response.headers[name] = value
    return response


def preflight() -> HttpResponse:
    """What a browser asks before a script of another site may ask (CORS)."""
    response = HttpResponse(status=204, headers=_PREFLIGHT)
    del response.headers["Content-Type"]  # there is no content
    return response


def published(make: Make) -> Make:
    """A view whose answers are `prepared` and `open_to_all`; anything but reading is refused with 405."""

    @wraps(make)
    def view(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "OPTIONS":
            return preflight()
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return open_to_all(prepared(request, lambda: make(request, *args, **kwargs)))

    return view
