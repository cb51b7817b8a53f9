"""Everything that can stand in the way of a link: its code, one sentence, and the next step. Said once, for all skins.

Codes and their order: design.md, section 7.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.navigation import with_next
from courts.kinds import CourtType
from courts.models import Court
from courts.words import clock_words, instant_words, weekday_words, zone_words

SERVICE_CENTER_PHONE = "800-676-6856"
_SERVICE_CENTER_URL = "tel:+18006766856"


class Code(StrEnum):
    """For programs: on pages as `data-code`, in the API as `code`. Published, so they stay."""

    NO_PACER_ACCOUNT = "no_pacer_account"
    COURT_NOT_ANNOUNCED = "court_not_announced"
    COURT_NOT_LIVE = "court_not_live"
    COURT_DARK = "court_dark"
    ACCOUNT_NOT_INDIVIDUAL = "account_not_individual"
    ACCOUNT_LEGACY = "account_legacy"
    ACCOUNT_DISABLED = "account_disabled"
    SECOND_FACTOR_MISSING = "second_factor_missing"
    INVALID_CREDENTIALS = "invalid_credentials"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    FILER_INACTIVE = "filer_inactive"
    FILER_LINKED_ELSEWHERE = "filer_linked_elsewhere"
    ALREADY_LINKED = "already_linked"
    NAME_MISMATCH = "name_mismatch"
    LINK_FROZEN = "link_frozen"
    CONFIRMATION_EXPIRED = "confirmation_expired"
    UNDO_WINDOW_OVER = "undo_window_over"
    NOT_LINKED = "not_linked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing in the way: `code` for programs, `sentence` for people, and where to go next, with words for it."""

    code: Code
    sentence: str
    next_url: str
    next_words: str


class LinkRefused(Exception):
    """Nothing was linked; `.obstacles` says why, in the order in which a person should deal with them."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__([str(obstacle.code) for obstacle in obstacles])
        self.obstacles = list(obstacles)

    @property
    def code(self) -> Code:
        """Of the first obstacle."""
        return self.obstacles[0].code


class CredentialsRefused(LinkRefused):
    """Login or password is wrong; `.tries_left` more before linking pauses."""

    def __init__(self, court: Court, *, tries_left: int) -> None:
        super().__init__([invalid_credentials(court)])
        self.tries_left = tries_left


class TooManyAttempts(LinkRefused):
    """No try is left until `.until` (aware)."""

    def __init__(self, court: Court, *, until: datetime) -> None:
        super().__init__([too_many_attempts(court, until)])
        self.until = until


class FactorNeeded(Exception):
    """The person has a second factor and has not used it in this session: ask for it, then go on."""


def no_pacer_account() -> Obstacle:
    return Obstacle(
        code=Code.NO_PACER_ACCOUNT,
        sentence=_("You are signed in as staff, without a PACER account of your own. Only a PACER account is linked."),
        next_url=reverse("account_signup"),
        next_words=_("Register an individual account"),
    )


def court_not_announced(court: Court) -> Obstacle:
    return Obstacle(
        code=Code.COURT_NOT_ANNOUNCED,
        sentence=_("%(court)s has not set a date for NextGen yet. Until then you file as before.")
        % {"court": court.short_name},
        next_url=reverse("court", args=[court.pk]),
        next_words=_("See this court’s page for the date"),
    )


def court_not_live(court: Court, opens: datetime) -> Obstacle:
    day = opens.astimezone(ZoneInfo(court.time_zone)).date()
    return Obstacle(
        code=Code.COURT_NOT_LIVE,
        sentence=_("%(court)s is not on NextGen yet. Linking opens on %(day)s, at %(time)s. Its time zone is %(zone)s.")
        % {
            "court": court.short_name,
            "day": weekday_words(day),
            "time": clock_words(opens, court.time_zone),
            "zone": zone_words(court.time_zone),
        },
        next_url=reverse("court_calendar", args=[court.pk]),
        next_words=_("Put the day into your calendar"),
    )


def court_dark(court: Court, opens: datetime) -> Obstacle:
    return Obstacle(
        code=Code.COURT_DARK,
        sentence=_("CM/ECF of %(court)s is down for the move. Linking opens %(instant)s.")
        % {"court": court.short_name, "instant": instant_words(opens, court.time_zone)},
        next_url=reverse("court", args=[court.pk]),
        next_words=_("How to file in an emergency until then"),
    )


def account_not_individual() -> Obstacle:
    return Obstacle(
        code=Code.ACCOUNT_NOT_INDIVIDUAL,
        sentence=_(
            "You are signed in with an account that several people share. It searches cases, but it never files. "
            "Every filer needs a PACER account of their own. Registering is free and takes about 10 minutes."
        ),
        next_url=reverse("account_signup"),
        next_words=_("Register your own account"),
    )


def account_legacy() -> Obstacle:
    return Obstacle(
        code=Code.ACCOUNT_LEGACY,
        sentence=_(
            "This is a Legacy PACER account, issued before August 11, 2014. Upgrade it first. "
            "That takes about 10 minutes and keeps the account number."
        ),
        next_url=reverse("account_upgrade"),
        next_words=_("Upgrade in three steps"),
    )


def account_disabled() -> Obstacle:
    return Obstacle(
        code=Code.ACCOUNT_DISABLED,
        sentence=_("Filing is switched off for this PACER account. The PACER Service Center can tell why: %(phone)s.")
        % {"phone": SERVICE_CENTER_PHONE},
        next_url=_SERVICE_CENTER_URL,
        next_words=_("Call the PACER Service Center"),
    )


def second_factor_missing(court: Court | None) -> Obstacle:
    """`court`: where the person wanted to link, and is led back to."""
    back = reverse("link_start", args=[court.pk]) if court else ""
    return Obstacle(
        code=Code.SECOND_FACTOR_MISSING,
        sentence=_("Filers need a second factor. Set up an authenticator app; you then come straight back here."),
        next_url=with_next("mfa_activate_totp", back),
        next_words=_("Set up a second factor"),
    )


def invalid_credentials(court: Court) -> Obstacle:
    by_phone = is_appellate(court)  # domain.md, section 4.2: these passwords are the Service Center's
    return Obstacle(
        code=Code.INVALID_CREDENTIALS,
        sentence=_("The login or the password does not match this court’s records."),
        next_url=_SERVICE_CENTER_URL if by_phone else reverse("filer_reset_ask", args=[court.pk]),
        next_words=_("Call the PACER Service Center") if by_phone else _("Send a reset link"),
    )


def too_many_attempts(court: Court, until: datetime) -> Obstacle:
    return Obstacle(
        code=Code.TOO_MANY_ATTEMPTS,
        sentence=_("Linking pauses until %(time)s, because the login or the password was wrong too often.")
        % {"time": clock_words(until, court.time_zone)},
        next_url=help_url(court),
        next_words=help_words(court),
    )


def filer_inactive(court: Court) -> Obstacle:
    return Obstacle(
        code=Code.FILER_INACTIVE,
        sentence=_("The court has closed or suspended this CM/ECF account. The help desk can open it again."),
        next_url=help_url(court),
        next_words=help_words(court),
    )


def filer_linked_elsewhere(court: Court) -> Obstacle:
    return Obstacle(
        code=Code.FILER_LINKED_ELSEWHERE,
        sentence=_(
            "This CM/ECF account is linked to another PACER account. If it is yours, the help desk can move the link."
        ),
        next_url=help_url(court),
        next_words=help_words(court),
    )


def already_linked(court: Court, role: str) -> Obstacle:
    return Obstacle(
        code=Code.ALREADY_LINKED,
        sentence=_("Your PACER account is linked at this court already, as: %(role)s.") % {"role": role},
        next_url=reverse("cmecf", args=[court.pk]),
        next_words=_("Go to this court’s filing menus"),
    )


def name_mismatch(court: Court) -> Obstacle:
    return Obstacle(
        code=Code.NAME_MISMATCH,
        sentence=_("The names differ. Check that both accounts are yours, and say so below."),
        next_url=reverse("link_start", args=[court.pk]),
        next_words=_("Go back to the CM/ECF login"),
    )


def link_frozen(court: Court) -> Obstacle:
    return Obstacle(
        code=Code.LINK_FROZEN,
        sentence=_("This link is paused: somebody said that it was not theirs. The help desk settles it."),
        next_url=help_url(court),
        next_words=help_words(court),
    )


def confirmation_expired(court: Court) -> Obstacle:
    return Obstacle(
        code=Code.CONFIRMATION_EXPIRED,
        sentence=_("This confirmation is no longer good. It lasts 10 minutes, and something may have changed."),
        next_url=reverse("link_start", args=[court.pk]),
        next_words=_("Start again"),
    )


def undo_window_over(court: Court) -> Obstacle:
    return Obstacle(
        code=Code.UNDO_WINDOW_OVER,
        sentence=_("The time in which you could undo this link yourself is over. The help desk can end it."),
        next_url=help_url(court),
        next_words=help_words(court),
    )


def not_linked(court: Court) -> Obstacle:
    return Obstacle(
        code=Code.NOT_LINKED,
        sentence=_("You cannot file here yet: no CM/ECF account of this court is linked to your PACER account."),
        next_url=reverse("link_start", args=[court.pk]),
        next_words=link_words(court),
    )


def is_appellate(court: Court) -> bool:
    """Whether the court runs the appellate edition of CM/ECF, panels on their circuit's included."""
    return court.court_type in {CourtType.APPELLATE, CourtType.BAP}


def link_words(court: Court) -> str:
    """PACER's own name for the entry: appellate courts have another one (domain.md, section 4.2)."""
    if is_appellate(court):
        return _("Link my filer account to my PACER account")
    return _("Link a CM/ECF account to my PACER account")


def help_phone(court: Court) -> str:
    """Whom to call about a CM/ECF login: the court's help desk; for appellate courts the PACER Service Center."""
    if is_appellate(court):
        return SERVICE_CENTER_PHONE
    return court.help_desk_phone or court.host.help_desk_phone


def help_url(court: Court) -> str:
    return reverse("court", args=[court.pk]) + "#help-desk"


def help_words(court: Court) -> str:
    phone = help_phone(court)
    return _("Call the help desk: %(phone)s") % {"phone": phone} if phone else _("Ask the help desk")
