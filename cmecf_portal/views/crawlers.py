"""What search engines may read, and the list of pages that are worth it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from courts import directory
from courts.shelf import drawn_once

PAGES = ("home", "courts", "readiness", "help")
CLOSED = ("/account/", "/accounts/", "/admin/", "/api/", "/cmecf/", "/demo/", "/services/", "/metrics")


def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: the public pages are open, searches and everything that is somebody's own are not."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        "Disallow: /courts/?",
        "Disallow: /readiness/?",
    ]
    lines += ["", f"Sitemap: {settings.PORTAL_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@drawn_once(version=directory.current)
def sitemap(request: HttpRequest) -> HttpResponse:
    """sitemap.xml: the general pages and one of each court."""
    paths = [reverse(name) for name in PAGES]
    paths += [reverse("court", args=[court.court_id]) for court in directory.current().courts]
    context = {"addresses": [f"{settings.PORTAL_URL}{path}" for path in paths]}
    return render(request, "sitemap.xml", context, content_type="application/xml; charset=utf-8")
