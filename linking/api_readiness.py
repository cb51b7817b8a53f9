"""`GET /api/v1/readiness/`: what the signed-in person has still to do, court by court, from the records."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.second_factor import has_second_factor
from courts import directory
from courts.clock import BadInstant, portal_now, read_instant
from courts.directory import CourtEntry
from courts.models import Court
from courts.paging import PAGING, Page, read_page
from courts.selection import BadFilter, BadSelection, Query
from linking import api_words as words
from linking.api_base import OwnView, unknown_names
from linking.api_json import local, obstacle_json, step_json
from linking.api_shapes import ReadinessListOut
from linking.eligibility import court_obstacles, own_obstacles
from linking.mine import unlinked_courts_of
from linking.obstacles import Obstacle
from linking.readiness import Known, StepState, opens_at, steps_for
from linking.records import known_of, links_by_court


class ReadinessList(OwnView):
    @extend_schema(
        operation_id="read_readiness",
        tags=["Account"],
        summary="Read what is left to do",
        parameters=words.READINESS_FILTERS,
        responses={HTTPStatus.OK: ReadinessListOut},
        examples=[words.READINESS_EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        """The steps on the way to filing, for each court where the person is linked or where a filing account has
        their confirmed email address, or for the courts asked for; and what stops linking there now.
        """
        chosen, at, page = _asked(request.query_params)
        links = links_by_court(self.account)
        courts = chosen or _own_courts({*links, *unlinked_courts_of(self.account)})
        if page.number > page.last(len(courts)):
            raise Http404
        shown = courts[page.rows]
        models = Court.objects.select_related("hosted_by").in_bulk([court.court_id for court in shown])
        own, factor = list(own_obstacles(self.account)), has_second_factor(self.account.user)
        results = []
        for court in shown:
            known = known_of(self.account, links.get(court.hosted_by_id or court.court_id, ()), second_factor=factor)
            found = [*court_obstacles(models[court.court_id], at), *own]
            results.append(_readiness_json(court, known, found, at=at))
        return Response(
            {
                "count": len(courts),
                "next": page.following(request, len(courts)),
                "previous": page.previous(request),
                "results": results,
            }
        )


def _readiness_json(court: CourtEntry, known: Known, obstacles: list[Obstacle], *, at: datetime) -> dict[str, Any]:
    steps = steps_for(known, court, at)
    return {
        "court_id": court.court_id,
        "short_name": court.short_name,
        "status": court.status(at).value,
        "go_live_basis": court.go_live_basis,
        "go_live_at": local(court.go_live_at, court.time_zone),
        "opens_at": local(opens_at(court), court.time_zone),
        "is_linked": bool(known.linked),
        "steps_left": sum(step.state != StepState.DONE for step in steps),
        "steps": [step_json(step) for step in steps],
        "obstacles": [obstacle_json(obstacle) for obstacle in obstacles],
    }


def _own_courts(ids: set[str]) -> list[CourtEntry]:
    known = directory.current().by_id
    return sorted((known[court_id] for court_id in ids if court_id in known), key=lambda court: court.short_name)


def _asked(params: QueryDict) -> tuple[list[CourtEntry], datetime, Page]:
    """Courts, instant and page that an address asks for. Raises BadSelection with everything that can't be used."""
    bad = unknown_names(params, known=PAGING | {"court", "as_of"})
    known, at = directory.current().by_id, portal_now()
    ids = dict.fromkeys(part.strip().lower() for given in params.getlist("court") for part in given.split(","))
    for court_id in ids:
        if court_id and court_id not in known:
            sentence = _("There is no court “%(court)s”. /api/v1/courts/ lists them.") % {"court": court_id[:40]}
            bad.append(BadFilter("court", court_id[:40], sentence))
    if as_of := params.get("as_of", ""):
        try:
            at = read_instant(as_of)
        except BadInstant as error:
            bad.append(BadFilter("as_of", as_of[:60], error.sentence))
    page = read_page(params, bad)
    if bad:
        raise BadSelection(bad, Query())
    return [known[court_id] for court_id in ids if court_id], at, page
