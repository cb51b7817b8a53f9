"""The look-up page: one address for the search, its filters, the list and the map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courts import directory
from courts.directory import Directory
from courts.lookup_page import lookup_page, state_map
from courts.selection import BadSelection, read_query, select
from courts.shelf import drawn_once


@drawn_once(version=directory.current)
def courts(request: HttpRequest) -> HttpResponse:
    """The courts that the address asks for. For htmx only what a search changes; 400 for filters that can't be used."""
    known = directory.current()
    try:
        query = read_query(request.GET)
    except BadSelection as bad:
        return _refused(request, bad, known)
    selection = select(query, directory=known)
    context = {
        "page": lookup_page(selection),
        "map": state_map(selection, directory=known),
        "swap": request.headers.get("HX-Request") == "true",
    }
    return render(request, "courts/lookup.html#found" if context["swap"] else "courts/lookup.html", context)


def _refused(request: HttpRequest, bad: BadSelection, known: Directory) -> HttpResponse:
    """Every filter that can't be used, in a sentence, above the list that the others ask for."""
    selection = select(bad.rest, directory=known)
    context = {
        "page": lookup_page(selection),
        "map": state_map(selection, directory=known),
        "bad_filters": bad.filters,
    }
    return render(request, "courts/lookup.html", context, status=400)
