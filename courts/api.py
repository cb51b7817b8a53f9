"""The courts over the API: `GET /api/v1/courts/` and `GET /api/v1/courts/{court_id}/`."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from courts import directory
from courts.api_shapes import CourtDetailOut, CourtListOut
from courts.api_words import AS_OF, COURT_EXAMPLE, COURT_ID, LIST_EXAMPLE, LIST_FILTERS
from courts.public_view import PublicRead
from courts.representation import court_details, court_json, list_json, to_json
from courts.selection import BadFilter, BadSelection, Query, read_query, select

PAGE_SIZE = 50
LARGEST_PAGE = 250  # all courts fit on one
PAGING = frozenset({"page", "page_size"})


class CourtList(PublicRead):
    @extend_schema(
        operation_id="list_courts",
        tags=["Courts"],
        summary="Find courts",
        parameters=LIST_FILTERS,
        responses={HTTPStatus.OK: CourtListOut},
        examples=[LIST_EXAMPLE],
    )
    def get(self, request: Request) -> HttpResponse:
        """The courts that fit a search and all filters; every court without any.

        A filter may be given several times or as a list with commas: any of its values fits. An empty one is no
        condition. Answers carry an `ETag`: send it back in `If-None-Match` and get 304 while nothing has changed.
        """
        params = request.query_params
        query, page, size = _asked(params)
        known = directory.current()
        rows = select(query, directory=known).rows
        pages = max(1, -(-len(rows) // size))
        if page > pages:
            raise Http404
        shown = rows[(page - 1) * size : page * size]
        content = list_json(
            [court_json(known, row.court, row.status) for row in shown],
            count=len(rows),
            following=_page_url(request, params, page + 1) if page < pages else None,
            previous=_page_url(request, params, page - 1) if page > 1 else None,
        )
        return HttpResponse(content, content_type="application/json")


class CourtDetail(PublicRead):
    @extend_schema(
        operation_id="read_court",
        tags=["Courts"],
        summary="Read one court",
        parameters=[COURT_ID, AS_OF],
        responses={HTTPStatus.OK: CourtDetailOut},
        examples=[COURT_EXAMPLE],
    )
    def get(self, request: Request, court_id: str) -> HttpResponse:
        """One court with its offices and the counties it serves. A Bankruptcy Appellate Panel uses its circuit's
        CM/ECF: `hosted_by` names it, and the dates are the circuit's.
        """
        at = read_query(request.query_params, known=frozenset({"as_of"})).instant
        court = directory.current().by_id.get(court_id)
        if court is None:
            raise Http404
        return HttpResponse(to_json(court_details(court, court.status(at))), content_type="application/json")


def _asked(params: QueryDict) -> tuple[Query, int, int]:
    """The query, the page and its size; raises BadSelection with everything that can't be used."""
    bad: list[BadFilter] = []
    query = Query()
    try:
        query = read_query(params, also=PAGING)
    except BadSelection as refused:
        bad += refused.filters
    page = _whole(params, "page", default=1, most=10**6, bad=bad)
    size = _whole(params, "page_size", default=PAGE_SIZE, most=LARGEST_PAGE, bad=bad)
    if bad:
        raise BadSelection(bad)
    return query, page, size


def _whole(params: QueryDict, name: str, *, default: int, most: int, bad: list[BadFilter]) -> int:
    text = params.get(name)
    if text is None:
        return default
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most:
        return int(text)
    bad.append(BadFilter(name, text[:40], _("Give a whole number from 1 to %(most)d.") % {"most": most}))
    return default


def _page_url(request: HttpRequest | Request, params: QueryDict, page: int) -> str:
    kept = [(name, value) for name, values in params.lists() for value in values if name != "page"]
    return request.build_absolute_uri(f"{request.path}?{urlencode([*kept, ('page', page)])}")
