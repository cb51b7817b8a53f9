"""The start page: find your court, what comes next, what NextGen asks of you, how far the move is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from courts import directory
from courts.clock import portal_now
from courts.directory import CourtEntry
from courts.shelf import drawn_once
from courts.statemap import Standing
from courts.words import day_words, distance_words, local_day

SHOWN = 5  # courts in the list of the next ones


@dataclass(frozen=True, slots=True)
class Move:
    """A court's move, as the list of the next ones shows it."""

    court_id: str
    short_name: str
    day: date
    when: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the courts stand at one point, and what that means."""

    standing: Standing
    count: int
    words: str


@drawn_once(version=directory.current)
def home(request: HttpRequest) -> HttpResponse:
    """The start page as of the go-live clock."""
    at, courts = portal_now(), directory.current().courts
    dated = sorted(((court.go_live_at, court) for court in courts if court.go_live_at), key=_by_instant)
    ahead = [move for move in dated if move[0] > at]
    behind = [move for move in reversed(dated) if move[0] <= at]
    standings = sorted((_standing(court, at) for court in courts), key=list(Standing).index)
    context = {
        "moves": [_move(court, go_live_at, at) for go_live_at, court in (ahead or behind)[:SHOWN]],
        "scheduled": len(ahead),
        "standings": standings,
        "shares": _shares(standings, last=ahead[-1][1] if ahead else None),
        "total": len(courts),
    }
    return render(request, "home.html", context)


def _by_instant(dated: tuple[datetime, CourtEntry]) -> tuple[datetime, str]:
    return dated[0], dated[1].short_name


def _standing(court: CourtEntry, at: datetime) -> Standing:
    return Standing.of(status=court.status(at), basis=court.go_live_basis)


def _move(court: CourtEntry, go_live_at: datetime, at: datetime) -> Move:
    day, today = local_day(go_live_at, court.time_zone), local_day(at, court.time_zone)
    when = distance_words(day, today=today) if day >= today else str(day.year)
    return Move(court_id=court.court_id, short_name=court.short_name, day=day, when=when)


def _shares(standings: list[Standing], *, last: CourtEntry | None) -> list[Share]:
    """The parts of the whole that are not empty, in the order of the blocks."""
    scheduled = _("scheduled")
    if last is not None and last.nextgen_go_live is not None:
        scheduled = _("scheduled, the last for %(day)s") % {"day": day_words(last.nextgen_go_live)}
    words = {
        Standing.LIVE: _("live on NextGen"),
        Standing.SCHEDULED: scheduled,
        Standing.DARK: _("down for the move"),
        Standing.DAY_UNKNOWN: _("live, the day is not on record"),
        Standing.NOT_ANNOUNCED: _("not announced"),
    }
    return [
        Share(standing=standing, count=standings.count(standing), words=words[standing])
        for standing in Standing
        if standing in standings
    ]
