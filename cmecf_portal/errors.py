"""The error pages, in the portal's dress; the API's are problem+json (cmecf_portal/problems.py)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from events.context import current_request


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What a forged or outdated form gets: 403 with a way on."""
    return render(request, "403.html", {"form_outdated": True}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with the number under which the log has it. Asks nothing of the database: that may be what failed."""
    facts = current_request.get()
    page = loader.get_template("500.html").render({"request_id": facts.request_id if facts else ""})
    return HttpResponse(page, status=500)
