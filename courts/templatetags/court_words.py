"""Dates and times in templates, in `time` elements that never break apart."""

import re
from datetime import date, datetime

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from courts import words
from courts.lookup.vocabulary import PLAIN_WORDS

register = template.Library()


@register.filter
def day(value: date) -> SafeString:
    """`February 16, 2021`, as a `time` element."""
    return format_html('<time class="nowrap" datetime="{}">{}</time>', value.isoformat(), words.day_words(value))


@register.filter
def weekday(value: date) -> SafeString:
    """`Tuesday, February 16, 2021`; only the weekday may stand on a line of its own."""
    name, rest = words.weekday_words(value).split(", ", maxsplit=1)
    return format_html('<time datetime="{}">{}, <span class="nowrap">{}</span></time>', value.isoformat(), name, rest)


@register.filter
def month_day(value: date) -> SafeString:
    """`February 16`: where the year is plain."""
    return format_html('<time class="nowrap" datetime="{}">{}</time>', value.isoformat(), words.month_day_words(value))


@register.filter
def month_day_time(value: datetime, zone: str) -> SafeString:
    """`February 12, 12:00 p.m. PT`; never breaks apart."""
    return format_html(
        '<time class="nowrap" datetime="{}">{}, {}</time>',
        value.isoformat(),
        words.month_day_words(words.local_day(value, zone)),
        words.clock_words(value, zone),
    )


@register.filter
def distance(value: date, today: date) -> str:
    """`in 27 days`, `tomorrow`: how far a day is from `today`."""
    return words.distance_words(value, today=today)


@register.filter
def clock(value: datetime, zone: str) -> SafeString:
    """`9:00 a.m. PT`, as a `time` element."""
    return format_html(
        '<time class="nowrap" datetime="{}">{}</time>', value.isoformat(), words.clock_words(value, zone)
    )


@register.filter
def instant(value: datetime, zone: str) -> SafeString:
    """`February 16, 2021, 12:00 a.m. PT`; breaks only between date and time."""
    return format_html(
        '<time datetime="{}"><span class="nowrap">{}</span>, <span class="nowrap">{}</span></time>',
        value.isoformat(),
        words.day_words(words.local_day(value, zone)),
        words.clock_words(value, zone),
    )


@register.filter
def weekday_instant(value: datetime, zone: str) -> SafeString:
    """`Wednesday, February 17, 2021, 9:43 a.m. PT`: until when something can be done."""
    return format_html(
        '<time datetime="{}">{}, <span class="nowrap">{}</span></time>',
        value.isoformat(),
        words.weekday_words(words.local_day(value, zone)),
        words.clock_words(value, zone),
    )


@register.filter
def telephone(value: str) -> SafeString | str:
    """A US number as a link to dial that never wraps; anything else as it stands."""
    found = re.fullmatch(r"(?:1-)?(\d{3})-(\d{3})-(\d{4})(?: ext\. (\d+))?", value)
    if not found:
        return value
    extension = f";ext={found[4]}" if found[4] else ""
    dialled = f"+1{found[1]}{found[2]}{found[3]}{extension}"
    return format_html('<a class="nowrap" href="tel:{}">{}</a>', dialled, value)


@register.filter
def mailbox(value: str) -> SafeString:
    """An email address that breaks behind its @ before it breaks anywhere else."""
    name, at, domain = value.partition("@")
    return format_html("{}{}<wbr>{}", name, at, domain)


@register.filter
def house_style(value: str) -> str:
    """Opening hours as a court states them, with times as we write them: `9:00 a.m. to 4:30 p.m.`"""
    return words.hours_words(value)


@register.filter
def sentence(value: str) -> str:
    """The same as a sentence of its own, with its full stop."""
    said = words.hours_words(value).rstrip(" ;,")
    return said if said.endswith(".") else f"{said}."


@register.filter
def host(value: str) -> str:
    """The host of an address, for people: `ecf.canb.uscourts.gov`."""
    return value.partition("://")[2].partition("/")[0] or value


@register.filter
def marked(value: str, query: str) -> SafeString:
    """`value` with the words of `query` that occur in it marked, but for those that every court answers to."""
    said = {word for word in re.findall(r"\w{3,}", query) if word.casefold() not in PLAIN_WORDS}
    wanted = sorted(map(re.escape, said), key=len, reverse=True)
    if not wanted:
        return format_html("{}", value)
    parts = re.split(rf"\b({'|'.join(wanted[:12])})\b", value, flags=re.IGNORECASE)
    return format_html_join("", "{}", ((_mark(part) if place % 2 else part,) for place, part in enumerate(parts)))


def _mark(word: str) -> SafeString:
    return format_html("<mark>{}</mark>", word)
