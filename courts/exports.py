"""The look-up's answers for other programs: CSV and JSON of a selection, calendars, the feed, PACER's data.json."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from courts import directory
from courts.calendar import go_live_calendar
from courts.feeds import go_live_atom, pacer_lookup
from courts.publish import published
from courts.representation import court_json, courts_csv, list_json, to_json
from courts.selection import BadSelection, Selection, read_query, select


def _selected(request: HttpRequest) -> Selection:
    return select(read_query(request.GET), directory=directory.current())


def _refused(bad: BadSelection) -> HttpResponse:
    """400 in plain sentences: who asks for a file has no page to read them on."""
    return HttpResponse("\n".join(wrong.sentence for wrong in bad.filters), content_type="text/plain", status=400)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@published
def courts_as_csv(request: HttpRequest) -> HttpResponse:
    """The selection of the address as CSV: all of it, without pages."""
    try:
        selection = _selected(request)
    except BadSelection as bad:
        return _refused(bad)
    content = courts_csv((row.court, row.status) for row in selection.rows)
    return _file(content, "text/csv; charset=utf-8", "courts.csv")


@published
def courts_as_json(request: HttpRequest) -> HttpResponse:
    """The selection of the address as JSON, in the shape of the API's list: all of it, without pages."""
    try:
        selection = _selected(request)
    except BadSelection as bad:
        return _refused(bad)
    known = directory.current()
    pieces = [court_json(known, row.court, row.status) for row in selection.rows]
    return HttpResponse(
        list_json(pieces, count=len(pieces), following=None, previous=None), content_type="application/json"
    )


@published
def calendar(request: HttpRequest) -> HttpResponse:
    """The go-live dates of the selection of the address; of all courts without one."""
    try:
        selection = _selected(request)
    except BadSelection as bad:
        return _refused(bad)
    content = go_live_calendar(
        (row.court for row in selection.rows), name=_("NextGen go-live dates"), path=request.get_full_path()
    )
    return _file(content, "text/calendar; charset=utf-8", "go-live.ics")


@published
def court_calendar(request: HttpRequest, court_id: str) -> HttpResponse:
    """The go-live date of one court."""
    court = directory.current().by_id.get(court_id)
    if court is None:
        raise Http404
    name = _("%(court)s: NextGen go-live") % {"court": court.short_name}
    content = go_live_calendar([court], name=name, path=request.path)
    return _file(content, "text/calendar; charset=utf-8", f"{court_id}-go-live.ics")


@published
def feed(request: HttpRequest) -> HttpResponse:
    """Every court's date, for feed readers."""
    return HttpResponse(go_live_atom(directory.current().courts), content_type="application/atom+xml; charset=utf-8")


@published
def pacer_data(request: HttpRequest) -> HttpResponse:
    """PACER's look-up feed, for clients that read it at PACER's path."""
    return HttpResponse(to_json(pacer_lookup(directory.current())), content_type="application/json")
