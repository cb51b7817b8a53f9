"""How dates, times and distances are said to people. Wording: zone letters need no knowledge of daylight saving."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

_EASTERN = (gettext_lazy("Eastern"), gettext_lazy("ET"))
_CENTRAL = (gettext_lazy("Central"), gettext_lazy("CT"))
_MOUNTAIN = (gettext_lazy("Mountain"), gettext_lazy("MT"))
_PACIFIC = (gettext_lazy("Pacific"), gettext_lazy("PT"))
_ATLANTIC = (gettext_lazy("Atlantic"), gettext_lazy("AT"))
_CHAMORRO = (gettext_lazy("Chamorro"), gettext_lazy("ChST"))
_ZONES: dict[str, tuple[Promise, Promise]] = {
    "America/New_York": _EASTERN,
    "America/Detroit": _EASTERN,
    "America/Indiana/Indianapolis": _EASTERN,
    "America/Kentucky/Louisville": _EASTERN,
    "America/Chicago": _CENTRAL,
    "America/Denver": _MOUNTAIN,
    "America/Boise": _MOUNTAIN,
    "America/Phoenix": (gettext_lazy("Mountain, no daylight saving"), gettext_lazy("Arizona time")),
    "America/Los_Angeles": _PACIFIC,
    "America/Anchorage": (gettext_lazy("Alaska"), gettext_lazy("AKT")),
    "Pacific/Honolulu": (gettext_lazy("Hawaii"), gettext_lazy("HT")),
    "America/Puerto_Rico": _ATLANTIC,
    "America/St_Thomas": _ATLANTIC,
    "Pacific/Guam": _CHAMORRO,
    "Pacific/Saipan": _CHAMORRO,
}


def zone_letters(zone: str) -> str:
    """The letters after a time in IANA zone `zone`: `PT`, `Arizona time`; for a zone off our list its city's name."""
    return str(_ZONES[zone][1]) if zone in _ZONES else _("%(city)s time") % {"city": _city(zone)}


def zone_words(zone: str) -> str:
    """The zone in words, with its letters: `Pacific (PT)`."""
    if zone not in _ZONES:
        return zone_letters(zone)
    name, letters = _ZONES[zone]
    return f"{name} ({letters})"


def _city(zone: str) -> str:
    return zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")


def day_words(day: date) -> str:
    """`February 16, 2021`."""
    return date_format(day, "F j, Y")


def month_day_words(day: date) -> str:
    """`February 16`."""
    return date_format(day, "F j")


def weekday_words(day: date) -> str:
    """`Tuesday, February 16, 2021`: for anything that has to be done by a day."""
    return date_format(day, "l, F j, Y")


def partial_day_words(iso: str) -> str:
    """A day, month or year as sources state it: `September 8, 2003`, `September 2003`, `2003`; `iso` may be empty."""
    parts = iso.split("-")
    if len(parts) == 3:
        return day_words(date.fromisoformat(iso))
    return date_format(date(int(parts[0]), int(parts[1]), 1), "F Y") if len(parts) == 2 else iso


def clock_words(at: datetime, zone: str) -> str:
    """`9:00 a.m. PT`: the time that clocks in `zone` show at the instant `at` (aware)."""
    local = at.astimezone(ZoneInfo(zone))
    half = _("a.m.") if local.hour < 12 else _("p.m.")
    return f"{local.hour % 12 or 12}:{local:%M} {half} {zone_letters(zone)}"


_HOUR = re.compile(r"\b0?(\d{1,2})(?::(\d\d))? ?([ap])\.? ?m\b\.?", re.IGNORECASE)
_UNTIL_HOUR = re.compile(r"(?<=[ap]\.m\.)\s*(?:-+|–|through|thru|until)\s*(?=\d)", re.IGNORECASE)
_WEEK = re.compile(r"\bM(?:on(?:day|\.)?)?\s*(?:-+|–|through|thru|to)\s*F(?:ri(?:day|\.)?)?(?!\w)", re.IGNORECASE)


def hours_words(stated: str) -> str:
    """Opening hours as a court states them, free text, with times and weekdays as we write them.

    `8:30AM-5PM, M-F` becomes `8:30 a.m. to 5:00 p.m., Monday to Friday`; what isn't recognised stays.
    """
    times = _HOUR.sub(lambda found: f"{found[1]}:{found[2] or '00'} {found[3].lower()}.m.", stated)
    week = _WEEK.sub(_("Monday to Friday"), _UNTIL_HOUR.sub(_(" to "), times))
    return re.sub(r"(?<=Friday) - (?=\d)", ", ", week)


def instant_words(at: datetime, zone: str) -> str:
    """`February 16, 2021, 12:00 a.m. PT`: the instant `at` (aware) in `zone`."""
    return f"{day_words(local_day(at, zone))}, {clock_words(at, zone)}"


def local_day(at: datetime, zone: str) -> date:
    """The calendar day in `zone` at the instant `at` (aware)."""
    return at.astimezone(ZoneInfo(zone)).date()


def distance_words(day: date, *, today: date) -> str:
    """How far `day` is from `today`: `in 27 days`, `tomorrow`, `today`, `yesterday`, `27 days ago`."""
    days = (day - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if days in near:
        return near[days]
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}
