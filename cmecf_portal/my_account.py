"""What Manage My Account shows: the header box, where a person files, and what has happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import (
    AccountKind,
    FilingState,
    PacerAccount,
    RecoveryCode,
    SearchState,
    TotpDevice,
)
from courts import directory
from courts.clock import portal_now
from courts.directory import CourtEntry
from courts.statemap import Standing
from courts.words import local_day
from events.kinds import EventType
from events.models import Event
from linking import obstacles as say
from linking.comparison import mask_email
from linking.mine import unlinked_courts_of
from linking.models import Link
from linking.obstacles import Obstacle
from linking.readiness import Step, StepCode, StepState, opens_at, steps_for
from linking.records import known_of, links_by_court

PASSWORD_LIFE = timedelta(days=180)  # domain.md, section 2.5
SHOWN_EVENTS = 50
HOME_ZONE = "America/New_York"  # for what happened at no court


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountBox:
    """The header box, in PACER's words where it has them."""

    account: PacerAccount
    apps: int  # authenticator apps
    codes_left: int

    @property
    def is_individual(self) -> bool:
        return self.account.kind == AccountKind.INDIVIDUAL

    @property
    def status_label(self) -> str:
        """An administrative account does not search: its status is the account's."""
        if self.account.kind == AccountKind.ADMINISTRATIVE:
            return _("Account Status")
        return _("Case Search Status")

    @property
    def may_search(self) -> bool:
        return self.account.search_state == SearchState.ACTIVE

    @property
    def may_file(self) -> bool:
        return self.is_individual and self.account.filing_state == FilingState.ACTIVE

    @property
    def stop(self) -> Obstacle | None:
        """What the PACER Service Center has to settle before this account files anywhere."""
        return say.account_disabled() if self.is_individual and not self.may_file else None

    @property
    def filing_words(self) -> str:
        return self.account.get_filing_state_display() if self.is_individual else _("Not with a shared account")

    @property
    def masked_email(self) -> str:
        return mask_email(self.account.user.email)

    @property
    def password_changed(self) -> date:
        return local_day(self.account.password_changed_at, HOME_ZONE)

    @property
    def password_due(self) -> date:
        return local_day(self.account.password_changed_at + PASSWORD_LIFE, HOME_ZONE)

    @property
    def password_is_overdue(self) -> bool:
        return self.password_due < local_day(timezone.now(), HOME_ZONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtAt:
    """A court as of `at` (aware): how it stands, and what its own calendar says."""

    court: CourtEntry
    at: datetime

    @property
    def standing(self) -> Standing:
        return Standing.of(status=self.court.status(self.at), basis=self.court.go_live_basis)

    @property
    def today(self) -> date:
        return local_day(self.at, self.court.time_zone)

    @property
    def day(self) -> date | None:
        return local_day(self.court.go_live_at, self.court.time_zone) if self.court.go_live_at else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRow(CourtAt):
    """One court where the person files, or where a filing account has their address; `link` None: not linked."""

    link: Link | None
    steps: list[Step]

    @property
    def opens_on(self) -> date | None:
        opens = opens_at(self.court)
        return local_day(opens, self.court.time_zone) if opens and opens > self.at else None

    @property
    def linked_on(self) -> date | None:
        return local_day(self.link.linked_at, self.court.time_zone) if self.link else None

    @property
    def stop(self) -> Step | None:
        """What somebody else has to settle before this person files here."""
        return next((step for step in self.steps if step.state == StepState.STOPPED), None)

    @property
    def open_steps(self) -> int:
        return sum(step.is_open for step in self.steps)

    @property
    def left(self) -> int:
        return sum(step.state != StepState.DONE for step in self.steps)

    @property
    def next_step(self) -> Step | None:
        """The one to take first. Whoever can link by now is not sent to try the login elsewhere before."""
        opened = [step for step in self.steps if step.is_open]
        may_link = any(step.code == StepCode.LINK for step in opened)
        return next((step for step in opened if not (may_link and step.code == StepCode.CMECF_LOGIN)), None)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the person's own history."""

    at: datetime
    zone: str
    sentence: str
    where: str


def account_box(account: PacerAccount) -> AccountBox:
    return AccountBox(
        account=account,
        apps=TotpDevice.objects.filter(user=account.user_id).count(),
        codes_left=RecoveryCode.objects.filter(user=account.user_id, used_at=None).count(),
    )


def filing_rows(box: AccountBox) -> list[FilingRow]:
    """The courts of the person's links, then those where a filing account that nobody has linked has their address.

    No login is shown before its password was given.
    """
    courts, at = directory.current().by_id, portal_now()
    linked = links_by_court(box.account)
    rows = [
        _row(box, courts[court_id], [link], at)
        for court_id, links in linked.items()
        for link in links
        if court_id in courts
    ]
    found = unlinked_courts_of(box.account) - linked.keys()
    return rows + [
        _row(box, entry, [], at) for entry in _by_name(courts[court_id] for court_id in found & courts.keys())
    ]


def _row(box: AccountBox, court: CourtEntry, links: list[Link], at: datetime) -> FilingRow:
    known = known_of(box.account, links, second_factor=bool(box.apps))
    return FilingRow(court=court, at=at, link=links[0] if links else None, steps=steps_for(known, court, at))


def _by_name(courts: Iterable[CourtEntry]) -> list[CourtEntry]:
    return sorted(courts, key=lambda entry: entry.short_name)


def last_sign_in(account: PacerAccount) -> datetime | None:
    """When somebody last signed in to the account, by the record."""
    mine = Event.objects.filter(object_kind="user", object_id=str(account.user_id), type=EventType.SIGNED_IN)
    return mine.order_by("-sequence").values_list("at", flat=True).first()


def history_of(account: PacerAccount, links: list[Link]) -> list[Happening]:
    """The newest lines of the record about this account, its log-in and its links."""
    events: list[Event] = []
    subjects = {
        "account": [str(account.pk)],
        "user": [str(account.user_id)],
        "link": [str(link.pk) for link in links],
    }
    for kind, ids in subjects.items():
        events += Event.objects.filter(object_kind=kind, object_id__in=ids).order_by("-sequence")[:SHOWN_EVENTS]
    courts = directory.current().by_id
    newest = sorted(events, key=lambda event: event.sequence, reverse=True)[:SHOWN_EVENTS]
    return [_happening(event, courts.get(event.court_id)) for event in newest]


def _happening(event: Event, court: CourtEntry | None) -> Happening:
    return Happening(
        at=event.at,
        zone=court.time_zone if court else HOME_ZONE,
        sentence=event.sentence,
        where=court.short_name if court else "",
    )
