"""The go-live dates as an Atom feed (RFC 4287), and PACER's own look-up feed for its existing readers."""

from collections.abc import Iterable
from datetime import date
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from courts.directory import CourtEntry, Directory
from courts.kinds import CourtType
from courts.words import day_words, instant_words, zone_words

TAG = "tag:cmecf-portal,2026:"  # RFC 4151: ids that stay when the portal's address changes


def go_live_atom(courts: Iterable[CourtEntry]) -> bytes:
    """One entry for each court with a date, the latest go-live first; an entry is updated when its court is."""
    dated = [(court.go_live_at, court) for court in courts if court.go_live_at and not court.hosted_by_id]
    dated.sort(key=lambda pair: (pair[0], pair[1].court_id), reverse=True)
    path = reverse("go_live_feed")
    feed = Atom1Feed(
        title=_("NextGen CM/ECF go-live dates"),
        link=settings.PORTAL_URL + reverse("courts"),
        feed_url=settings.PORTAL_URL + path,
        description=None,
        subtitle=_("When federal courts move to NextGen CM/ECF."),
        author_name=_("CM/ECF Portal"),
        language="en-us",
        feed_guid=f"{TAG}go-live",
    )
    for at, court in dated:
        address = settings.PORTAL_URL + reverse("court", args=[court.court_id])
        feed.add_item(
            title=_("%(court)s: NextGen go-live on %(day)s") % {"court": court.short_name, "day": day_words(at.date())},
            link=address,
            description=_summary(court),
            unique_id=f"{TAG}go-live/{court.court_id}",
            updateddate=court.updated_at,
        )
    return feed.writeString("utf-8").encode()


def _summary(court: CourtEntry) -> str:
    assert court.go_live_at is not None
    words = {"court": court.name, "at": instant_words(court.go_live_at, court.time_zone)}
    sentences = [_("%(court)s runs NextGen CM/ECF from %(at)s.") % words]
    if court.dark_from and court.dark_until:
        ends = {
            "from": instant_words(court.dark_from, court.time_zone),
            "until": instant_words(court.dark_until, court.time_zone),
        }
        sentences.append(_("CM/ECF is down from %(from)s until %(until)s.") % ends)
    sentences.append(_("Time zone: %(zone)s.") % {"zone": zone_words(court.time_zone)})
    return " ".join(sentences)


# PACER's words for the types; a panel is an appeals court there.
_PACER_TYPES = {
    CourtType.DISTRICT: "District",
    CourtType.BANKRUPTCY: "Bankruptcy",
    CourtType.APPELLATE: "Appeals",
    CourtType.BAP: "Appeals",
    CourtType.NATIONAL: "National",
}


def pacer_lookup(directory: Directory) -> dict[str, Any]:
    """PACER's `data.json`: the courts that have a PSC id, by that id. Schema: domain notes, section 6.

    `go_live_date` is there the first CM/ECF, not NextGen. What we don't have is left out, key and all.
    """
    courts = sorted((court for court in directory.courts if court.psc_id), key=lambda court: court.psc_id or "")
    updated = max((court.updated_at for court in courts), default=None)
    meta = {
        "credit": "CM/ECF Portal",
        "url": settings.PORTAL_URL + reverse("courts"),
        **({"last_updated": format_datetime(updated)} if updated else {}),
    }
    return {"meta": meta, "data": [_pacer_row(court) for court in courts]}


def _pacer_row(court: CourtEntry) -> dict[str, Any]:
    row: dict[str, Any] = {
        "title": court.short_name,
        "court_id": court.psc_id,
        "type": _PACER_TYPES[CourtType(court.court_type)],
        "login_url": court.cmecf_url,
        "court_name": court.name,
        "software_version": _software(court),
        "circuit": court.circuit.rjust(2, "0").upper().replace("FED", "FC") if court.circuit else "",
        "web_url": court.website_url,
        "counties": [{"name": name, "state": state} for state, name in court.counties],
        "help_desk": [{"courtId": court.psc_id, "phone": court.help_desk_phone}] if court.help_desk_phone else [],
        "locations": [_location(court, place) for place in range(len(court.offices))],
        "pdf_size": str(court.pdf_limit_mb or ""),
        "go_live_date": _first_live(court.cmecf_first_live),
        "rss_url": court.rss_url,
    }
    return {key: value for key, value in row.items() if value}


def _software(court: CourtEntry) -> str:
    if not court.software_release:
        return ""
    appellate = court.court_type in {CourtType.APPELLATE, CourtType.BAP}
    return f"NextGen CM/ECF {'Appellate ' if appellate else ''}Release {court.software_release}"


def _location(court: CourtEntry, place: int) -> dict[str, str]:
    office = court.offices[place]
    stated = {
        "name": office.name,
        "address": office.address,
        "email": office.email,
        "hours": office.hours,
        "phone": office.phone,
    }
    return {key: value for key, value in stated.items() if value}


def _first_live(iso: str) -> str:
    """`09/08/2003`, PACER's commonest shape, for a whole day; a month or year as it stands."""
    return date.fromisoformat(iso).strftime("%m/%d/%Y") if len(iso) == 10 else iso
