"""`/readiness/` for whoever is signed in: what is left to do, from the records."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.models import PacerAccount
from accounts.second_factor import has_second_factor
from cmecf_portal.my_account import CourtAt
from courts import directory
from courts.clock import portal_now
from courts.directory import CourtEntry, Directory
from courts.selection import LONGEST_TEXT, Query, Row, select
from linking.mine import unlinked_courts_of
from linking.models import Link
from linking.readiness import Step, StepCode, StepState, account_steps, steps_for
from linking.records import known_of, links_by_court

ACCOUNT_STEPS = frozenset({StepCode.OWN_ACCOUNT, StepCode.UPGRADE, StepCode.SECOND_FACTOR})
MOST_CHOSEN = 30  # courts that one address may add
OFFERED = 8  # courts to choose from after a search


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCourt(CourtAt):
    """How far the person is at one court; `chosen`: asked for by the address, not known from the records."""

    links: Sequence[Link]
    steps: list[Step]
    chosen: bool

    @property
    def own_steps(self) -> list[Step]:
        """What is to be done at this court alone."""
        return [step for step in self.steps if step.code not in ACCOUNT_STEPS]

    @property
    def is_done(self) -> bool:
        return all(step.state == StepState.DONE for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlan:
    """What is done once for all courts, then court by court."""

    account: list[Step]
    courts: list[OwnCourt]

    @property
    def _all(self) -> list[Step]:
        return [*self.account, *(step for court in self.courts for step in court.own_steps)]

    @property
    def steps_now(self) -> int:
        return sum(step.is_open for step in self._all)

    @property
    def minutes_now(self) -> int:
        return sum(step.minutes for step in self._all if step.is_open)

    @property
    def steps_later(self) -> int:
        return sum(step.state == StepState.LATER for step in self._all)

    @property
    def steps_stopped(self) -> int:
        return sum(step.state == StepState.STOPPED for step in self._all)


def own_readiness(request: HttpRequest, account: PacerAccount) -> HttpResponse:
    """The steps at the courts of the person's links and filing accounts, and at those that the address adds."""
    courts = directory.current()
    chosen, problems = _chosen(request.GET, courts=courts)
    looked_for = request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST_TEXT]
    plan = own_plan(account, chosen, courts=courts, at=portal_now())
    context = {
        "plan": plan,
        "account": account,
        "chosen": chosen,
        "looked_for": looked_for,
        "offered": _offered(looked_for, {row.court.court_id for row in plan.courts}, courts=courts),
        "problems": problems,
    }
    return render(request, "readiness/own.html", context, status=400 if problems else 200)


def own_plan(account: PacerAccount, chosen: Iterable[CourtEntry], *, courts: Directory, at: datetime) -> OwnPlan:
    """Everything that is left for the account at `at` (aware), the nearest deadline first."""
    links, factor = links_by_court(account), has_second_factor(account.user)
    own = {*links, *unlinked_courts_of(account)}
    entries = {court_id: courts.by_id[court_id] for court_id in own if court_id in courts.by_id}
    entries |= {court.court_id: court for court in chosen}
    rows = [
        _own_court(account, court, links, at=at, factor=factor, chosen=court.court_id not in own)
        for court in entries.values()
    ]
    rows.sort(key=lambda row: (row.is_done, row.day is None, row.day or row.today, row.court.short_name))
    dues = [step.due for row in rows for step in row.steps if step.code in ACCOUNT_STEPS and step.due]
    steps = account_steps(known_of(account, (), second_factor=factor), due=min(dues, default=None))
    return OwnPlan(account=steps, courts=rows)


def _own_court(
    account: PacerAccount,
    court: CourtEntry,
    links: Mapping[str, Sequence[Link]],
    *,
    at: datetime,
    factor: bool,
    chosen: bool,
) -> OwnCourt:
    here = links.get(court.hosted_by_id or court.court_id, ())
    steps = steps_for(known_of(account, here, second_factor=factor), court, at)
    return OwnCourt(court=court, at=at, links=here, steps=steps, chosen=chosen)


def _chosen(params: QueryDict, *, courts: Directory) -> tuple[list[CourtEntry], list[str]]:
    """The courts that the address names, and a sentence for each that is none."""
    chosen: dict[str, CourtEntry] = {}
    problems = []
    for given in params.getlist("court")[:MOST_CHOSEN]:
        asked = given.strip().lower()
        entry = courts.by_id.get(asked) or courts.by_psc_id.get(asked)
        if entry:
            chosen[entry.court_id] = entry
        elif asked:
            problems.append(_("There is no court “%(court)s”. Look for it by name below.") % {"court": given[:40]})
    return list(chosen.values()), problems


def _offered(looked_for: str, shown: set[str], *, courts: Directory) -> tuple[Row, ...]:
    """Courts that the name looked for may mean, without those that are shown already."""
    if not looked_for:
        return ()
    rows = select(Query(q=looked_for), directory=courts).rows
    return tuple(row for row in rows if row.court.court_id not in shown)[:OFFERED]
