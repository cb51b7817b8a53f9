"""What a person still has to do before filing at a court under NextGen: one set of steps.

A visitor's answers and a signed-in person's records both become a `Known`; the steps follow from it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from courts.kinds import CourtStatus, CourtType
from courts.words import day_words, instant_words, local_day, month_day_words
from linking.obstacles import Obstacle


class MovingCourt(Protocol):
    """What the steps need to know of a court; `courts.models.Court` and the directory's entries both fit."""

    @property
    def court_id(self) -> str: ...
    @property
    def court_type(self) -> str: ...
    @property
    def time_zone(self) -> str: ...
    @property
    def cmecf_url(self) -> str: ...
    @property
    def go_live_at(self) -> datetime | None: ...
    @property
    def dark_from(self) -> datetime | None: ...
    @property
    def dark_until(self) -> datetime | None: ...
    def status(self, at: datetime) -> CourtStatus: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known about a person: True, False, or None where nobody has said.

    `shared`: the account they have is used by several people. `login_known`: they know their CM/ECF login here.
    `account_stopped` and `link_stopped`: what somebody else has to settle before the account, or the link that was
    made here, lets them file.
    """

    has_account: bool | None = None
    shared: bool | None = None
    legacy: bool | None = None
    second_factor: bool | None = None
    login_known: bool | None = None
    linked: bool | None = None
    account_stopped: Obstacle | None = None
    link_stopped: Obstacle | None = None


class StepCode(StrEnum):
    OWN_ACCOUNT = "own_account"
    UPGRADE = "upgrade"
    SECOND_FACTOR = "second_factor"
    CMECF_LOGIN = "cmecf_login"
    LINK = "link"


class StepState(StrEnum):
    TO_DO = "to_do"
    CHECK = "check"  # to do, unless it is done already: we don't know
    LATER = "later"  # opens at the court's go-live
    STOPPED = "stopped"  # nothing that the person could do alone
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the road: `minutes` is the time it needs, `due` by when it has to be done, in the court's zone."""

    code: StepCode
    state: StepState
    title: str
    sentence: str
    minutes: int
    due: datetime | None = None
    url: str = ""
    link_words: str = ""

    @property
    def due_day(self) -> date | None:
        """The day by which it has to be done, where the court is."""
        return self.due.date() if self.due else None

    @property
    def is_open(self) -> bool:
        return self.state in {StepState.TO_DO, StepState.CHECK}


def steps_for(known: Known, court: MovingCourt, at: datetime) -> list[Step]:
    """Every step for filing at `court`, as of `at` (aware), in the order in which to take them; done ones too."""
    return [*account_steps(known, due=_account_due(court, at)), _cmecf_login(known, court, at), _link(known, court, at)]


def account_steps(known: Known, *, due: datetime | None = None) -> list[Step]:
    """The steps that are taken once, for all courts: an account of one's own, Upgraded, with a second factor."""
    return [_own_account(known, due), _upgrade(known, due), _second_factor(known, due)]


def _account_due(court: MovingCourt, at: datetime) -> datetime | None:
    return _local(court.go_live_at, court) if court.status(at) in {CourtStatus.SCHEDULED, CourtStatus.DARK} else None


def _local(at: datetime | None, court: MovingCourt) -> datetime | None:
    return at.astimezone(ZoneInfo(court.time_zone)) if at else None


def _state(done: bool | None) -> StepState:
    return {True: StepState.DONE, False: StepState.TO_DO, None: StepState.CHECK}[done]


def _owns_account(known: Known) -> bool | None:
    if known.has_account is False or known.shared:
        return False
    return True if known.has_account and known.shared is False else None


def _stopped(code: StepCode, title: str, obstacle: Obstacle) -> Step:
    return Step(
        code=code,
        state=StepState.STOPPED,
        title=title,
        sentence=obstacle.sentence,
        minutes=0,
        url=obstacle.next_url,
        link_words=obstacle.next_words,
    )


def _own_account(known: Known, due: datetime | None) -> Step:
    owned = _owns_account(known)
    if known.account_stopped:
        return _stopped(StepCode.OWN_ACCOUNT, _("Have a PACER account of your own"), known.account_stopped)
    if owned:
        title, sentence = _("Have a PACER account of your own"), _("You have one that nobody else uses.")
    elif known.shared:
        title = _("Register a PACER account of your own")
        sentence = _(
            "The shared account still views cases, but cannot file in NextGen. Nothing changes for the others."
        )
    elif known.has_account is False:
        title = _("Register a PACER account of your own")
        sentence = _("Everybody who files needs one. Registering is free.")
    else:
        title = _("Have a PACER account of your own")
        sentence = _("A shared or firm account can view cases but cannot file in NextGen.")
    return Step(
        code=StepCode.OWN_ACCOUNT,
        state=_state(owned),
        title=title,
        sentence=sentence,
        minutes=10,
        due=due,
        url="" if owned else _page("account_signup"),
        link_words=_("Register an individual account"),
    )


def _upgrade(known: Known, due: datetime | None) -> Step:
    if known.shared or known.has_account is False:
        legacy: bool | None = False
        sentence = _("Nothing to do: an account that you register now is an Upgraded one from the start.")
    else:
        legacy = known.legacy
        sentence = {
            True: _("Yours was issued before August 11, 2014. Upgrading keeps its number; you choose a new username."),
            False: _("Nothing to do: yours was issued on August 11, 2014, or later, or has been upgraded."),
            None: _("Accounts issued before August 11, 2014, usually with a 6-character name, are Legacy accounts."),
        }[legacy]
    title = _("Upgrade your Legacy account") if legacy else _("Upgrade it if it is a Legacy account")
    return Step(
        code=StepCode.UPGRADE,
        state=_state(None if legacy is None else not legacy),
        title=title,
        sentence=sentence,
        minutes=10,
        due=due,
        url="" if legacy is False else _page("account_upgrade"),
        link_words=_("Upgrade in three steps"),
    )


def _second_factor(known: Known, due: datetime | None) -> Step:
    done = known.second_factor
    return Step(
        code=StepCode.SECOND_FACTOR,
        state=StepState.DONE if done else StepState.TO_DO,
        title=_("Turn on a second factor"),
        sentence=_("Yours is on.") if done else _("An authenticator app on your phone or computer makes the codes."),
        minutes=5,
        due=due,
        url="" if done else _page("mfa_index"),
        link_words=_("Set it up"),
    )


def _cmecf_login(known: Known, court: MovingCourt, at: datetime) -> Step:
    linked = known.linked or known.link_stopped is not None
    done = linked or known.login_known
    status = court.status(at)
    sentence = _("The ones you file with at this court today. You need them one last time to link.")
    if status == CourtStatus.LIVE:
        sentence = _("The ones you filed with before this court moved. You need them one last time to link.")
    if court.court_type in {CourtType.APPELLATE, CourtType.BAP}:
        sentence += " " + _("If you have forgotten the password, the PACER Service Center resets it.")
    if linked:
        sentence = _("You need them no longer: you sign in here with your PACER account.")
    waiting = status == CourtStatus.SCHEDULED
    return Step(
        code=StepCode.CMECF_LOGIN,
        state=StepState.DONE if done else StepState.TO_DO,
        title=_("Make sure you know your CM/ECF login and password"),
        sentence=sentence,
        minutes=5,
        due=_local(court.dark_from or court.go_live_at, court) if waiting else None,
        url=court.cmecf_url if waiting and not done else "",
        link_words=_("Try them now at this court’s CM/ECF"),
    )


def _link(known: Known, court: MovingCourt, at: datetime) -> Step:
    opens, status = opens_at(court), court.status(at)
    sentence = _("It takes about two minutes, and you do it once for this court.")
    title, state = _("Link your filing account"), StepState.LATER
    if known.link_stopped:
        return _stopped(StepCode.LINK, title, known.link_stopped)
    if known.linked:
        state, sentence = StepState.DONE, _("Linked. You file here with your PACER account.")
    elif status == CourtStatus.LIVE:
        state = StepState.TO_DO
    elif opens is None:
        title = _("Once the court has moved: link your filing account")
        sentence += " " + _("This page will show the day as soon as the court sets it.")
    else:
        day = local_day(opens, court.time_zone)
        title = _("On or after %(day)s: link your filing account") % {"day": _month_day(day, at, court.time_zone)}
        sentence += " " + _("Linking opens here %(instant)s.") % {"instant": instant_words(opens, court.time_zone)}
    return Step(
        code=StepCode.LINK,
        state=state,
        title=title,
        sentence=sentence,
        minutes=2,
        url=_page("link_start", court.court_id) if state == StepState.TO_DO else "",
        link_words=_("Link your filing account"),
    )


def opens_at(court: MovingCourt) -> datetime | None:
    """When linking opens: the later of go-live and the end of the dark period (design, section 7); None if undated."""
    go_live, dark_until = court.go_live_at, court.dark_until
    return max(go_live, dark_until) if go_live and dark_until else go_live or dark_until


def _month_day(day: date, at: datetime, zone: str) -> str:
    """`February 16`, with the year only when it is another one than now."""
    return month_day_words(day) if day.year == local_day(at, zone).year else day_words(day)


def _page(name: str, *args: str) -> str:
    """The address of a page of this portal; empty where an installation does not serve it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
