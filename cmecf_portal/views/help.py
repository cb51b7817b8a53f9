"""The help page: common questions, accessibility, privacy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courts import directory
from courts.shelf import drawn_once


@drawn_once(version=directory.current)
def help_page(request: HttpRequest) -> HttpResponse:
    """Answers that need no account."""
    return render(request, "help.html")
