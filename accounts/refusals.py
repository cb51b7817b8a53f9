"""What is said when a log-in, a code or a limit refuses: the code for programs, the sentences for people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.limits import RULES, Action, TooManyFailures
from courts.words import clock_words

HOME_ZONE = "America/New_York"  # of whoever is not signed in we know no other


@dataclass(frozen=True, slots=True)
class Refusal:
    """`title` says what happened, `text` what to do about it; `status` and `retry_after` (seconds) are for HTTP."""

    code: str
    title: str
    text: str
    status: int
    retry_after: int | None = None


def invalid_credentials(*, tries_left: int) -> Refusal:
    """Username or password wrong: the same words for both, and for a log-in that does not exist or is closed."""
    return Refusal(
        code="invalid_credentials",
        title=_("The username or the password is not right"),
        text=_("Nothing was changed.") + " " + _tries(tries_left, Action.SIGN_IN),
        status=422,
    )


def invalid_code(*, tries_left: int, action: Action = Action.SECOND_FACTOR) -> Refusal:
    """A one-time or recovery code that is wrong, too old or used already."""
    return Refusal(
        code="invalid_code",
        title=_("This code was not accepted"),
        text=_("It is wrong, too old, or was used already.") + " " + _tries(tries_left, action),
        status=422,
    )


def wrong_old_password(*, tries_left: int) -> Refusal:
    """Whoever changes a password gives the old one first."""
    return Refusal(
        code="invalid_credentials",
        title=_("The password until now is not right"),
        text=_("Nothing was changed.") + " " + _tries(tries_left, Action.SIGN_IN),
        status=422,
    )


def changed_meanwhile() -> Refusal:
    """Another tab, a recovery mail or a clerk was quicker."""
    return Refusal(
        code="changed_meanwhile",
        title=_("The password was changed meanwhile"),
        text=_("Nothing was changed by this page. Sign in again, with the new password."),
        status=409,
    )


def wrong_app_code() -> Refusal:
    """The first code of an app that is being added doesn't fit its secret."""
    return Refusal(
        code="invalid_code",
        title=_("This code does not fit"),
        text=_("Nothing was changed. Type the code that the app shows now; the clock of the device must be right."),
        status=422,
    )


def expired_code() -> Refusal:
    """A mailed code that is too old, was used already, or had too many wrong tries."""
    return Refusal(
        code="code_expired",
        title=_("This code does not work any more"),
        text=_("Nothing was changed. Send a new code."),
        status=422,
    )


def too_many_attempts(limit: TooManyFailures, *, now: datetime) -> Refusal:
    """A limit was reached; says when to come back."""
    seconds = limit.seconds_from(now)
    minutes = max(round(seconds / 60), 1)
    return Refusal(
        code="too_many_attempts",
        title=_("Too many attempts"),
        text=ngettext(
            "Nothing was changed. Try again in %(minutes)d minute, at %(time)s.",
            "Nothing was changed. Try again in %(minutes)d minutes, at %(time)s.",
            minutes,
        )
        % {"minutes": minutes, "time": clock_words(limit.until, HOME_ZONE)},
        status=429,
        retry_after=seconds,
    )


def _tries(left: int, action: Action) -> str:
    minutes = RULES[action].seconds // 60
    if not left:
        return _("That was the last try for now: wait %(minutes)d minutes.") % {"minutes": minutes}
    return ngettext(
        "%(left)d try is left; then you wait %(minutes)d minutes.",
        "%(left)d tries are left; then you wait %(minutes)d minutes.",
        left,
    ) % {"left": left, "minutes": minutes}


def answer(
    request: HttpRequest, template: str, context: dict[str, Any], *, form: BaseForm, refusal: Refusal | None = None
) -> HttpResponse:
    """The page of a form: as it is asked for first, with wrong entries (422), or with what refused it."""
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    response = render(request, template, {"form": form, "refusal": refusal, **context}, status=status)
    if refusal and refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response
