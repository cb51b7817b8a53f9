"""The go-live clock: what a court's dates mean at an instant. Rules: design, sections 2 and 7."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from courts.kinds import CourtStatus, GoLiveBasis

_EARLIEST, _LATEST = datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)


def portal_now() -> datetime:
    """The instant at which the go-live clock stands: PORTAL_AS_OF in a rehearsal, else now (aware)."""
    return settings.PORTAL_AS_OF or timezone.now()


def local_instant(day: date, at: time, zone: str) -> datetime:
    """The instant at which clocks in `zone` first show `day` `at`; aware, in that zone.

    Where the clock jumps over that time (daylight saving), the first instant after the jump, as the zone's rules
    say; `exists_locally` tells beforehand.
    """
    wall = datetime.combine(day, at, tzinfo=ZoneInfo(zone))
    return wall.astimezone(UTC).astimezone(ZoneInfo(zone))


def exists_locally(day: date, at: time, zone: str) -> bool:
    """Whether clocks in `zone` ever show `day` `at`: false in the hour that daylight saving leaves out."""
    return local_instant(day, at, zone).replace(tzinfo=None) == datetime.combine(day, at)


def status_at(
    at: datetime,
    *,
    basis: str,
    go_live_at: datetime | None,
    dark_from: datetime | None,
    dark_until: datetime | None,
) -> CourtStatus:
    """A court's status at `at` (all aware). Precedence: dark, live, scheduled, not announced."""
    if dark_from is not None and dark_until is not None and dark_from <= at < dark_until:
        return CourtStatus.DARK
    if basis == GoLiveBasis.LIVE_DAY_UNKNOWN:
        return CourtStatus.LIVE
    if go_live_at is None:
        return CourtStatus.NOT_ANNOUNCED
    return CourtStatus.LIVE if at >= go_live_at else CourtStatus.SCHEDULED


class BadInstant(Exception):
    """This text is no instant; `.sentence` says what is expected."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_instant(text: str) -> datetime:
    """An ISO 8601 instant with its offset from UTC, as `?as_of=` takes it (aware). Raises BadInstant."""
    # In an address a bare "+" arrives as a blank.
    written = re.sub(r" (\d\d:?\d\d)$", r"+\1", text.strip()[:60].upper())
    leap = timedelta(seconds=written[16:19] == ":60")  # a leap second: RFC 3339 has it, Python's calendar doesn't
    try:
        at = datetime.fromisoformat(f"{written[:16]}:59{written[19:]}" if leap else written) + leap
    except (ValueError, OverflowError):
        raise BadInstant(_("Give a date and time with its offset, such as 2021-02-16T00:00:00-08:00.")) from None
    if at.tzinfo is None:
        raise BadInstant(_("The offset from UTC is missing. Give it, such as 2021-02-16T00:00:00-08:00."))
    # At the ends of the calendar another zone's clock would show a time that is none; no court's status differs there.
    return min(max(at, _EARLIEST), _LATEST)
