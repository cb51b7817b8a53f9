"""The courts over the API: `GET /api/v1/courts/` and `GET /api/v1/courts/{court_id}/`."""

from http import HTTPStatus

from django.http import Http404, HttpResponse, QueryDict
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from courts import directory
from courts.api_shapes import CourtDetailOut, CourtListOut
from courts.api_words import AS_OF, COURT_EXAMPLE, COURT_ID, LIST_EXAMPLE, LIST_FILTERS
from courts.paging import PAGING, Page, read_page
from courts.public_view import PublicRead
from courts.representation import court_details, court_json, list_json, to_json
from courts.selection import BadFilter, BadSelection, Query, read_query, select


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
        query, page = _asked(request.query_params)
        known = directory.current()
        rows = select(query, directory=known).rows
        if page.number > page.last(len(rows)):
            raise Http404
        content = list_json(
            [court_json(known, row.court, row.status) for row in rows[page.rows]],
            count=len(rows),
            following=page.following(request, len(rows)),
            previous=page.previous(request),
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


def _asked(params: QueryDict) -> tuple[Query, Page]:
    """The query and the page; raises BadSelection with everything that can't be used."""
    bad: list[BadFilter] = []
    query = Query()
    try:
        query = read_query(params, also=PAGING)
    except BadSelection as refused:
        bad += refused.filters
        query = refused.rest
    page = read_page(params, bad)
    if bad:
        raise BadSelection(bad, query)
    return query, page
