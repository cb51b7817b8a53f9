"""`/readiness/`: what do I still have to do? For a visitor answered from three questions; nothing is stored."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from cmecf_portal.views.account import account_of
from cmecf_portal.views.own_readiness import ACCOUNT_STEPS, own_readiness
from courts import directory
from courts.clock import portal_now
from courts.directory import CourtEntry, Directory
from courts.selection import LONGEST_TEXT, Query, Row, select
from courts.shelf import drawn_once
from courts.statemap import Standing
from courts.words import local_day
from linking.readiness import Step, account_steps, steps_for
from linking.visitor import AccountAge, Answers, Sharing

MOST_COURTS = 30  # that one list is made for
OFFERED = 8  # courts to choose from after a search


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address says: courts by id, the answers, and a name to look for; `problems` in plain sentences."""

    courts: tuple[CourtEntry, ...]
    answers: Answers
    looked_for: str
    problems: tuple[str, ...]

    @classmethod
    def read(cls, params: QueryDict, *, courts: Directory) -> Self:
        problems: list[str] = []
        chosen: dict[str, CourtEntry] = {}
        for given in params.getlist("court")[:MOST_COURTS]:
            asked = given.strip().lower()
            entry = courts.by_id.get(asked) or courts.by_psc_id.get(asked)
            if entry:
                chosen[entry.court_id] = entry
            elif asked:
                problems.append(_("There is no court “%(court)s”. Look for it by name below.") % {"court": given[:40]})
        account, shared = params.get("account", ""), params.get("shared", "")
        for value, known in ((account, list(AccountAge)), (shared, list(Sharing))):
            if value and value not in known:
                problems.append(_("“%(value)s” is none of the answers. Choose one below.") % {"value": value[:40]})
        return cls(
            courts=tuple(chosen.values()),
            answers=Answers(
                account=AccountAge(account) if account in list(AccountAge) else None,
                shared=Sharing(shared) if shared in list(Sharing) else None,
            ),
            looked_for=params.get("q", "").replace("\0", " ").strip()[:LONGEST_TEXT],
            problems=tuple(problems),
        )


@dataclass(frozen=True, slots=True)
class CourtPlan:
    """What is left at one court."""

    court: CourtEntry
    standing: Standing
    day: date | None
    today: date
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole answer: what is done once for all courts, then court by court."""

    account: list[Step]
    courts: list[CourtPlan]

    @property
    def minutes_now(self) -> int:
        return sum(step.minutes for step in self._all if step.is_open)

    @property
    def steps_now(self) -> int:
        return sum(step.is_open for step in self._all)

    @property
    def _all(self) -> list[Step]:
        return [*self.account, *(step for plan in self.courts for step in plan.steps)]


@drawn_once(version=directory.current)
def readiness(request: HttpRequest) -> HttpResponse:
    """For whoever is signed in what the records say; for others the three questions and, once they are answered, the
    steps. 400 where the address makes no sense.
    """
    if account := account_of(request):
        return own_readiness(request, account)
    courts = directory.current()
    asked = Asked.read(request.GET, courts=courts)
    at = portal_now()
    complete = bool(asked.courts) and asked.answers.are_complete and not asked.looked_for
    context = {
        "asked": asked,
        "offered": _offered(asked, courts=courts),
        "ages": list(AccountAge),
        "sharings": list(Sharing),
        "plan": _plan(asked, at=at) if complete else None,
        "missing": _missing(asked, request.GET),
        "at": at,
    }
    return render(request, "readiness/visitor.html", context, status=400 if asked.problems else 200)


def _missing(asked: Asked, params: QueryDict) -> frozenset[str]:
    """The questions left open by somebody who has begun to answer: a court page's link only names its court."""
    if asked.looked_for or params.keys() <= {"court"}:
        return frozenset()
    answers = asked.answers
    open_ones = {
        "courts": not asked.courts,
        "account": answers.account is None,
        "shared": answers.shared is None and answers.account != AccountAge.NONE,
    }
    return frozenset(name for name, is_open in open_ones.items() if is_open)


def _offered(asked: Asked, *, courts: Directory) -> tuple[Row, ...]:
    """Courts that the name looked for may mean, without those chosen already."""
    if not asked.looked_for:
        return ()
    rows = select(Query(q=asked.looked_for), directory=courts).rows
    return tuple(row for row in rows if row.court not in asked.courts)[:OFFERED]


def _plan(asked: Asked, *, at: datetime) -> Plan:
    known = asked.answers.known
    plans = [_court_plan(asked, court, at=at) for court in asked.courts]
    plans.sort(key=lambda plan: (plan.court.go_live_at is None, plan.day or plan.today, plan.court.short_name))
    dues = [step.due for court in asked.courts for step in steps_for(known, court, at) if step.code in ACCOUNT_STEPS]
    return Plan(account=account_steps(known, due=min((due for due in dues if due), default=None)), courts=plans)


def _court_plan(asked: Asked, court: CourtEntry, *, at: datetime) -> CourtPlan:
    return CourtPlan(
        court=court,
        standing=Standing.of(status=court.status(at), basis=court.go_live_basis),
        day=local_day(court.go_live_at, court.time_zone) if court.go_live_at else None,
        today=local_day(at, court.time_zone),
        steps=[step for step in steps_for(asked.answers.known, court, at) if step.code not in ACCOUNT_STEPS],
    )
