"""Pages of the API's lists, by number: `?page=2&page_size=100`."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from rest_framework.request import Request

from courts.selection import BadFilter

PAGE_SIZE = 50
LARGEST_PAGE = 250  # all courts fit on one
PAGING = frozenset({"page", "page_size"})


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of a list is asked for, from 1, and how many rows it has."""

    number: int
    size: int

    @property
    def rows(self) -> slice:
        return slice((self.number - 1) * self.size, self.number * self.size)

    def last(self, count: int) -> int:
        """The number of the last page of a list of `count` rows; 1 if there are none."""
        return max(1, -(-count // self.size))

    def following(self, request: HttpRequest | Request, count: int) -> str | None:
        """Address of the next page."""
        return self._url(request, self.number + 1) if self.number < self.last(count) else None

    def previous(self, request: HttpRequest | Request) -> str | None:
        """Address of the page before."""
        return self._url(request, self.number - 1) if self.number > 1 else None

    def _url(self, request: HttpRequest | Request, number: int) -> str:
        kept = [(name, value) for name, values in request.GET.lists() for value in values if name != "page"]
        return request.build_absolute_uri(f"{request.path}?{urlencode([*kept, ('page', number)])}")


def read_page(params: QueryDict, bad: list[BadFilter]) -> Page:
    """The page that an address asks for; adds to `bad` what can't be used."""
    return Page(
        _whole(params, "page", default=1, most=10**6, bad=bad),
        _whole(params, "page_size", default=PAGE_SIZE, most=LARGEST_PAGE, bad=bad),
    )


def _whole(params: QueryDict, name: str, *, default: int, most: int, bad: list[BadFilter]) -> int:
    text = params.get(name)
    if text is None:
        return default
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most:
        return int(text)
    bad.append(BadFilter(name, text[:40], _("Give a whole number from 1 to %(most)d.") % {"most": most}))
    return default
