"""Where a filer stands at a court, as far as the court may know: a verdict in one line, and the steps behind it.

Of a PACER account a court sees what is linked at the court. Whose an unlinked login is, nobody has said yet.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import limits
from accounts.models import FilerAccount, FilerStatus
from accounts.second_factor import has_second_factor
from courts.kinds import CourtStatus
from courts.words import clock_words, day_words, instant_words
from linking.comparison import mask_email
from linking.credentials import limit_subject
from linking.eligibility import court_obstacles, names_differ, own_obstacles
from linking.models import Link
from linking.obstacles import Code
from linking.readiness import opens_at


@dataclass(frozen=True, slots=True)
class Verdict:
    """`kind` is `ready`, `waiting` or `stopped`; `words` for the tag, `sentence` for the line beside it."""

    kind: str
    words: str
    sentence: str


@dataclass(frozen=True, slots=True)
class StandingStep:
    """One row of the table: `status` is one that the status tag knows."""

    title: str
    status: str
    words: str
    details: str


@dataclass(frozen=True, slots=True)
class Standing:
    verdict: Verdict
    steps: list[StandingStep]
    trouble: limits.Trouble


def standing_of(filer: FilerAccount, link: Link | None, *, at: datetime, now: datetime) -> Standing:
    """How `filer` stands. `link` is the one that holds it (with its account and user), or None.

    `at` is the go-live clock, `now` real time (both aware).
    """
    subject = limit_subject(filer.court, filer.login)
    trouble = limits.trouble_at(action=limits.Action.LINK, subject=subject, now=now)
    verdict = _of_filer(filer) or (_of_link(filer, link, at) if link else _of_login(filer, trouble, at))
    steps = [
        *(_account_steps(link) if link else _unknown_steps()),
        _filing_step(filer),
        *([_names_step(filer, link)] if link else []),
        _login_step(filer, link, trouble),
        _link_step(filer, link, at),
    ]
    return Standing(verdict, steps, trouble)


def _of_filer(filer: FilerAccount) -> Verdict | None:
    if filer.status == FilerStatus.CLOSED:
        return Verdict("stopped", _("Closed"), _("This filer account is closed. It can neither be linked nor file."))
    if filer.status == FilerStatus.SUSPENDED:
        return Verdict(
            "stopped", _("Suspended"), _("This filer account is suspended. It can neither be linked nor file.")
        )
    return None


_STOPS = {
    Code.ACCOUNT_NOT_INDIVIDUAL: lambda: _("Linked, but the PACER account is shared, and shared accounts do not file."),
    Code.ACCOUNT_LEGACY: lambda: _("Linked, but the PACER account is a Legacy one. Its owner upgrades it first."),
    Code.ACCOUNT_DISABLED: lambda: _(
        "Linked, but filing is switched off for the PACER account. The PACER Service Center can tell why."
    ),
}


def _of_link(filer: FilerAccount, link: Link, at: datetime) -> Verdict:
    if link.state == "frozen":
        return Verdict(
            "stopped",
            _("Paused"),
            _("The filer said that this link was not theirs. Find out, then release, move or end it."),
        )
    for obstacle in own_obstacles(link.account):
        if obstacle.code in _STOPS:
            return Verdict("stopped", _("Cannot file"), _STOPS[obstacle.code]())
    if list(court_obstacles(filer.court, at)):
        return Verdict("waiting", _("Linked"), _("Linked, but nobody files at this court under NextGen now."))
    return Verdict(
        "ready",
        _("Linked"),
        _("Files with PACER account %(number)s since %(day)s.")
        % {"number": link.account.account_number, "day": _day(link.linked_at, filer)},
    )


def _of_login(filer: FilerAccount, trouble: limits.Trouble, at: datetime) -> Verdict:
    zone = filer.court.time_zone
    if trouble.paused_until:
        return Verdict(
            "stopped",
            _("Paused"),
            _("Linking pauses until %(time)s for somebody who typed a wrong password too often.")
            % {"time": clock_words(trouble.paused_until, zone)},
        )
    status, opens = filer.court.status(at), opens_at(filer.court.host)
    if status == CourtStatus.LIVE:
        return Verdict("ready", _("Can link"), _("Nothing at this court stands in the way of linking."))
    if opens is None:
        return Verdict("waiting", _("Not yet"), _("Linking has no day yet: the court’s go-live is not announced."))
    return Verdict("waiting", _("Not yet"), _("Linking opens %(instant)s.") % {"instant": instant_words(opens, zone)})


def _account_steps(link: Link) -> list[StandingStep]:
    account = link.account
    individual = account.kind == "individual"
    factor = has_second_factor(account.user)
    whose = ", ".join(part for part in (account.user.username, mask_email(account.user.email)) if part)
    return [
        StandingStep(
            _("PACER account of their own"),
            "done" if individual else "stopped",
            str(account.get_kind_display()),
            f"{account.account_number}, {account.name}, {whose}",
        ),
        StandingStep(
            _("Upgraded"),
            "stopped" if account.is_legacy else "done",
            _("Legacy") if account.is_legacy else _("Upgraded"),
            day_words(account.upgraded_on) if account.upgraded_on else "",
        ),
        StandingStep(
            _("Second factor"),
            "done" if factor else "to_do",
            _("On") if factor else _("None"),
            "" if factor else _("Asked for at the next sign-in to a court"),
        ),
    ]


def _unknown_steps() -> list[StandingStep]:
    after = _("Shows once this login is linked")
    return [
        StandingStep(title, "check", _("Not known"), after)
        for title in (_("PACER account of their own"), _("Upgraded"), _("Second factor"))
    ]


def _filing_step(filer: FilerAccount) -> StandingStep:
    last = filer.last_filed_on
    return StandingStep(
        _("Filing at this court"),
        "done" if filer.status == FilerStatus.ACTIVE else "stopped",
        str(filer.get_status_display()),
        _("Last filing %(day)s") % {"day": day_words(last)} if last else "",
    )


def _names_step(filer: FilerAccount, link: Link) -> StandingStep:
    differ = names_differ(link.account, filer)
    return StandingStep(
        _("Names agree"),
        "different" if differ else "done",
        _("Differ") if differ else _("Agree"),
        _("PACER says %(name)s") % {"name": link.account.name} if differ else "",
    )


def _login_step(filer: FilerAccount, link: Link | None, trouble: limits.Trouble) -> StandingStep:
    title = _("CM/ECF password")
    if link is not None:
        return StandingStep(title, "done", _("Retired"), _("The link has taken its place"))
    if trouble.failures:
        words = ngettext("%d wrong try", "%d wrong tries", trouble.failures) % trouble.failures
        details = _("All together, in the last while; whose they were does not show")
        return StandingStep(title, "stopped" if trouble.paused_until else "to_do", words, details)
    if not filer.password:
        return StandingStep(title, "to_do", _("None works"), _("The roster brought none. Send a reset link"))
    return StandingStep(title, "check", _("Not tried"), _("No wrong tries lately"))


def _link_step(filer: FilerAccount, link: Link | None, at: datetime) -> StandingStep:
    title = _("Linked")
    if link is None:
        return StandingStep(title, "not_linked", _("Not linked"), "")
    words = _("Paused") if link.state == "frozen" else _("Linked")
    return StandingStep(
        title,
        "frozen" if link.state == "frozen" else "linked",
        words,
        _("%(day)s, receipt %(receipt)s") % {"day": _day(link.linked_at, filer), "receipt": link.receipt},
    )


def _day(instant: datetime, filer: FilerAccount) -> str:
    return instant_words(instant, filer.court.time_zone)
