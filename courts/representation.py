"""A court as programs read it: one shape for the API, CSV and JSON (design, section 9)."""

import csv
import json
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any
from weakref import WeakKeyDictionary

from courts.directory import CourtEntry, Directory
from courts.kinds import CourtStatus

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
CSV_COLUMNS = tuple(
    """court_id psc_id name short_name citation court_type circuit state city time_zone hosted_by status go_live_basis
    nextgen_go_live go_live_at dark_from dark_until cmecf_url website_url rss_url pdf_limit_mb help_desk_email
    help_desk_phone emergency_contact order_url""".split()
)


def court_fields(court: CourtEntry, status: CourtStatus) -> dict[str, Any]:
    """What a list says of a court. Instants are ISO 8601 with the offset of the court's zone; unknown text is empty."""
    return {
        "court_id": court.court_id,
        "psc_id": court.psc_id,
        "name": court.name,
        "short_name": court.short_name,
        "citation": court.citation,
        "court_type": court.court_type,
        "circuit": court.circuit,
        "state": court.state,
        "city": court.city,
        "time_zone": court.time_zone,
        "hosted_by": court.hosted_by_id,
        "status": status.value,
        "go_live_basis": court.go_live_basis,
        "nextgen_go_live": court.nextgen_go_live.isoformat() if court.nextgen_go_live else None,
        "go_live_at": court.go_live_at.isoformat() if court.go_live_at else None,
        "dark_from": court.dark_from.isoformat() if court.dark_from else None,
        "dark_until": court.dark_until.isoformat() if court.dark_until else None,
        "cmecf_url": court.cmecf_url,
        "website_url": court.website_url,
        "rss_url": court.rss_url,
        "pdf_limit_mb": court.pdf_limit_mb,
        "help_desk": {"email": court.help_desk_email, "phone": court.help_desk_phone},
        "emergency_contact": court.emergency_contact,
        "order_url": court.order_url,
    }


def court_details(court: CourtEntry, status: CourtStatus) -> dict[str, Any]:
    """`court_fields` with the offices and the counties that the court serves."""
    return {
        **court_fields(court, status),
        "offices": [
            {
                "name": office.name,
                "address": office.address,
                "city": office.city,
                "state": office.state,
                "zip": office.zip,
                "hours": office.hours,
                "phone": office.phone,
                "email": office.email,
            }
            for office in court.offices
        ],
        "counties": [{"state": state, "name": name} for state, name in court.counties],
    }


def to_json(value: object) -> bytes:
    """Compact JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


# One entry a directory: the bytes of each court in each status. A directory that is let go takes its bytes along.
_pieces: WeakKeyDictionary[Directory, dict[tuple[str, CourtStatus], bytes]] = WeakKeyDictionary()


def court_json(directory: Directory, court: CourtEntry, status: CourtStatus) -> bytes:
    """`court_fields` as JSON, made once for each directory and status."""
    pieces = _pieces.setdefault(directory, {})
    key = (court.court_id, status)
    piece = pieces.get(key)
    if piece is None:
        piece = pieces[key] = to_json(court_fields(court, status))
    return piece


def list_json(pieces: Sequence[bytes], *, count: int, following: str | None, previous: str | None) -> bytes:
    """A page of a list, `{count, next, previous, results}`, from ready-made pieces."""
    head = to_json({"count": count, "next": following, "previous": previous})
    return head[:-1] + b',"results":[' + b",".join(pieces) + b"]}"


def courts_csv(rows: Iterable[tuple[CourtEntry, CourtStatus]]) -> bytes:
    """The courts as CSV in UTF-8 with a byte order mark, which spreadsheets need; no cell passes for a formula."""
    lines = StringIO(newline="")
    writer = csv.DictWriter(lines, CSV_COLUMNS)
    writer.writeheader()
    for court, status in rows:
        fields = court_fields(court, status)
        desk = fields.pop("help_desk")
        cells = {**fields, "help_desk_email": desk["email"], "help_desk_phone": desk["phone"]}
        writer.writerow({name: _guarded(value) for name, value in cells.items()})
    return lines.getvalue().encode("utf-8-sig")


def _guarded(value: object) -> object:
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
