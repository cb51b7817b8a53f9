"""One court's page: what is the case, what to do by when, whom to call."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz.distance import OSA

from accounts.navigation import with_next
from accounts.second_factor import has_second_factor
from cmecf_portal.views.account import account_of
from courts import directory
from courts.circuits import circuit_words
from courts.clock import BadInstant, portal_now, read_instant
from courts.directory import CourtEntry, Directory
from courts.kinds import CourtType
from courts.models import Notice
from courts.offices import Offices, offices_of
from courts.selection import Query, select
from courts.shelf import drawn_once
from courts.statemap import Standing
from courts.states import STATES
from courts.words import day_words, distance_words, local_day, partial_day_words, zone_words
from linking.models import Link
from linking.readiness import Known, Step, StepState, opens_at, steps_for
from linking.records import known_of, links_by_court

NEAR = 5  # courts offered in place of one that does not exist
FEW_COUNTIES = 90  # of one state: listed openly; more are folded by state


@dataclass(frozen=True, slots=True)
class CountiesOfState:
    """The counties of one state that a court serves."""

    state: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtPage:
    """Everything that the page of one court says, as of `at`."""

    court: CourtEntry
    at: datetime
    as_of: bool  # asked for by the address: not the portal's clock
    standing: Standing
    host: CourtEntry | None  # of a panel: the circuit whose CM/ECF it uses
    panels: tuple[CourtEntry, ...]  # that use this court's CM/ECF
    twins: tuple[CourtEntry, ...]  # the other court of the same district
    steps: list[Step]
    offices: Offices
    counties: tuple[CountiesOfState, ...]
    notices: list[Notice]
    is_own: bool = False  # the steps are those of whoever is signed in
    links: Sequence[Link] = ()  # theirs at this court

    @property
    def today(self) -> date:
        return local_day(self.at, self.court.time_zone)

    @property
    def go_live_day(self) -> date | None:
        at = self.court.go_live_at
        return local_day(at, self.court.time_zone) if at else None

    @property
    def days_to_go(self) -> int | None:
        """Days until the court's go-live day; None unless it is ahead."""
        day = self.go_live_day
        return (day - self.today).days if day and self.standing in {Standing.SCHEDULED, Standing.DARK} else None

    @property
    def is_moving(self) -> bool:
        """The move is ahead or under way: the track to go-live is shown."""
        return self.standing in {Standing.SCHEDULED, Standing.DARK} and self.court.go_live_at is not None

    @property
    def dark_is_ahead(self) -> bool:
        return self.court.dark_until is not None and self.at < self.court.dark_until

    @property
    def opens_at(self) -> datetime | None:
        return opens_at(self.court)

    @property
    def steps_now(self) -> int:
        return sum(step.is_open for step in self.steps)

    @property
    def files_here(self) -> Link | None:
        """The visitor's link, where nothing stands between them and filing here."""
        done = bool(self.links) and all(step.state == StepState.DONE for step in self.steps)
        return self.links[0] if done else None

    @property
    def stopped(self) -> bool:
        return any(step.state == StepState.STOPPED for step in self.steps)

    @property
    def filing_url(self) -> str:
        return reverse("cmecf", args=[self.court.court_id])

    @property
    def sign_in_url(self) -> str:
        return with_next("account_login", reverse("court", args=[self.court.court_id]))

    @property
    def steps_later(self) -> int:
        return sum(step.state == StepState.LATER for step in self.steps)

    @property
    def minutes_now(self) -> int:
        return sum(step.minutes for step in self.steps if step.is_open)

    @property
    def hours(self) -> str:
        """The opening hours of the first office that states any."""
        return self.offices.hours or next((card.hours for card in self.offices.cards if card.hours), "")

    @property
    def zone(self) -> str:
        return zone_words(self.court.time_zone)

    @property
    def circuit(self) -> str:
        return circuit_words(self.court.circuit) if self.court.circuit else ""

    @property
    def type_words(self) -> str:
        return str(CourtType(self.court.court_type).label)

    @property
    def first_live(self) -> str:
        return partial_day_words(self.court.cmecf_first_live)

    @property
    def sources(self) -> list[str]:
        """The pages that the date and the contacts were read on."""
        stated = [self.court.go_live_source, *self.court.contact_source.split(" ; ")]
        return list(dict.fromkeys(page for page in stated if page.startswith(("https://", "http://"))))

    @property
    def host_url(self) -> str:
        return reverse("court", args=[self.host.court_id]) if self.host else ""

    @property
    def calendar_url(self) -> str:
        return reverse("court_calendar", args=[self.court.court_id])

    @property
    def feed_url(self) -> str:
        return reverse("go_live_feed")

    @property
    def readiness_url(self) -> str:
        return f"{reverse('readiness')}?court={self.court.court_id}"

    @property
    def summary(self) -> str:
        """One sentence for link previews and search engines."""
        name, day = self.court.short_name, self.go_live_day
        if self.standing == Standing.SCHEDULED and day:
            words = {"court": name, "day": day_words(day), "distance": distance_words(day, today=self.today)}
            return _("%(court)s moves to NextGen CM/ECF on %(day)s, %(distance)s.") % words
        sentences = {
            Standing.LIVE: _("%(court)s files on NextGen CM/ECF."),
            Standing.DAY_UNKNOWN: _("%(court)s files on NextGen CM/ECF."),
            Standing.DARK: _("%(court)s: CM/ECF is down for the move to NextGen."),
        }
        return sentences.get(self.standing, _("%(court)s has no NextGen go-live date yet.")) % {"court": name}


@drawn_once(version=directory.current)
def court(request: HttpRequest, court_id: str) -> HttpResponse:
    """The page of one court. Its ids in other spellings lead there; an unknown one is 404 with the nearest courts."""
    courts = directory.current()
    entry = courts.by_id.get(court_id)
    if entry is None:
        return _elsewhere(request, courts, court_id)
    given = request.GET.get("as_of", "").strip()
    try:
        at = read_instant(given) if given else portal_now()
    except BadInstant as error:
        context = {"page": _page(request, courts, entry, portal_now(), as_of=False), "bad_as_of": error.sentence}
        return render(request, "courts/court.html", context, status=400)
    return render(request, "courts/court.html", {"page": _page(request, courts, entry, at, as_of=bool(given))})


def _elsewhere(request: HttpRequest, courts: Directory, asked: str) -> HttpResponse:
    known = courts.by_id.get(asked.lower()) or courts.by_psc_id.get(asked.lower())
    if known:
        query = request.META.get("QUERY_STRING", "")
        address = reverse("court", args=[known.court_id])
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    return render(request, "courts/unknown.html", {"asked": asked[:60], "near": _near(courts, asked)}, status=404)


def _near(courts: Directory, asked: str) -> list[CourtEntry]:
    """Courts that may have been meant: what the look-up finds, else ids that differ by one letter or two swapped."""
    found = [row.court for row in select(Query(q=asked[:60]), directory=courts).rows]
    alike = [entry for key, entry in courts.by_id.items() if OSA.distance(asked.lower(), key, score_cutoff=1) <= 1]
    return (found or alike)[:NEAR]


def _page(request: HttpRequest, courts: Directory, entry: CourtEntry, at: datetime, *, as_of: bool) -> CourtPage:
    account, known = account_of(request), Known()
    links: Sequence[Link] = ()
    if account is not None:
        links = links_by_court(account).get(entry.hosted_by_id or entry.court_id, ())
        known = known_of(account, links, second_factor=has_second_factor(account.user))
    return CourtPage(
        court=entry,
        at=at,
        as_of=as_of,
        standing=Standing.of(status=entry.status(at), basis=entry.go_live_basis),
        host=courts.by_id.get(entry.hosted_by_id) if entry.hosted_by_id else None,
        panels=courts.hosted.get(entry.court_id, ()),
        twins=_twins(courts, entry),
        steps=steps_for(known, entry, at),
        is_own=account is not None,
        links=links,
        offices=offices_of(entry.offices),
        counties=_by_state(entry.counties),
        notices=_notices(entry.hosted_by_id or entry.court_id),
    )


def _notices(court_id: str) -> list[Notice]:
    """What the court says now: notices keep real time, whatever the go-live clock shows."""
    now = timezone.now()
    running = Q(shown_until__isnull=True) | Q(shown_until__gt=now)
    return list(Notice.objects.filter(running, court_id=court_id, shown_from__lte=now))


def _twins(courts: Directory, entry: CourtEntry) -> tuple[CourtEntry, ...]:
    """The bankruptcy court of a district court's district and the other way round: their ids differ in the end."""
    other = {CourtType.DISTRICT: "b", CourtType.BANKRUPTCY: "d"}.get(CourtType(entry.court_type))
    twin = courts.by_id.get(f"{entry.court_id[:-1]}{other}") if other else None
    return (twin,) if twin else ()


def _by_state(counties: Iterable[tuple[str, str]]) -> tuple[CountiesOfState, ...]:
    names: dict[str, list[str]] = defaultdict(list)
    for state, county in counties:
        names[STATES.get(state, state)].append(county)
    return tuple(CountiesOfState(state, tuple(sorted(names[state]))) for state in sorted(names))
