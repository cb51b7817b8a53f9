"""Reading reference data files: every fault is named by file, line and column, and a file with one is not used."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from courts.kinds import CourtType
from courts.states import STATES

DATA = Path(__file__).parent / "data"
COMPILED_ON = date(2026, 11, 23)
LARGEST_FILE = 20 * 1024 * 1024  # bytes; all three files together have half a megabyte
MOST_FAULTS = 50

COURT_COLUMNS = tuple(
    """court_id psc_id name short_name citation court_type circuit state city time_zone cmecf_url website_url
    nextgen_go_live go_live_source cmecf_first_live software_release pdf_limit_mb rss_url help_desk_email
    help_desk_phone contact_source notes""".split()
)
OFFICE_COLUMNS = ("court_id", "office", "address", "city", "state", "zip", "hours", "phone", "email")
COUNTY_COLUMNS = ("court_id", "state", "county")
LENGTHS = {
    "court_id": 10, "psc_id": 10, "name": 200, "short_name": 100, "citation": 40, "city": 60, "cmecf_url": 300,
    "website_url": 300, "go_live_source": 500, "cmecf_first_live": 10, "software_release": 20, "rss_url": 300,
    "help_desk_phone": 60, "office": 200, "address": 400, "zip": 10, "hours": 300, "phone": 300, "email": 200,
    "county": 80,
}  # fmt: skip
# American Samoa has a county line in Hawaii's courts, and no court.
AREAS = frozenset(STATES) | {"AS"}
CIRCUITS = frozenset({*(str(number) for number in range(1, 12)), "dc", "fed"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where (line and column from 1), and what."""

    file: str
    line: int
    column: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.sentence}"


class BadReferenceData(Exception):
    """Nothing was changed; `.faults` says why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells by column name, and where it stands."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One file that was read without a fault."""

    file: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    digest: str

    def fault(self, line: Line, column: str, sentence: str) -> Fault:
        return Fault(self.file, line.number, self.columns.index(column) + 1, sentence)


def read_table(path: Path) -> Table:
    """A CSV file of one of the three kinds, told by its first line. Raises BadReferenceData.

    UTF-8, with or without a byte order mark, line ends of any system. A file over LARGEST_FILE is refused unread.
    """
    name = path.name
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise _bad(name, 1, 1, f"the file has {size:,} bytes; more than {LARGEST_FILE:,} are not read")
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise _bad(name, 1, 1, f"can't be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _bad(name, line, 1, "is not UTF-8 here; save the file as CSV in UTF-8") from None
    if (zero := text.find("\0")) >= 0:
        raise _bad(name, text.count("\n", 0, zero) + 1, 1, "holds a NUL character")
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        columns = tuple(cell.strip() for cell in next(reader, []))
        if columns not in {COURT_COLUMNS, OFFICE_COLUMNS, COUNTY_COLUMNS}:
            raise _bad(name, 1, 1, f"the first line must name the columns {','.join(_nearest(columns))}")
        lines, faults = _lines(name, columns, reader)
    except csv.Error as error:
        raise _bad(name, reader.line_num, 1, f"is no CSV here: {error}") from None
    if faults:
        raise BadReferenceData(faults)
    table = Table(name, columns, tuple(lines), sha256(raw).hexdigest())
    if faults := list(_check(table)):
        raise BadReferenceData(faults[:MOST_FAULTS])
    return table


def _bad(file: str, line: int, column: int, sentence: str) -> BadReferenceData:
    return BadReferenceData([Fault(file, line, column, sentence)])


def _nearest(columns: tuple[str, ...]) -> tuple[str, ...]:
    kinds = (COURT_COLUMNS, OFFICE_COLUMNS, COUNTY_COLUMNS)
    return max(kinds, key=lambda kind: len(set(kind) & set(columns)))


def _lines(name: str, columns: tuple[str, ...], reader: Iterator[list[str]]) -> tuple[list[Line], list[Fault]]:
    lines: list[Line] = []
    faults: list[Fault] = []
    for cells in reader:
        number: int = reader.line_num  # type: ignore[attr-defined]
        if not any(cells):
            continue
        if len(cells) != len(columns):
            column = min(len(cells), len(columns)) + 1
            faults.append(Fault(name, number, column, f"{len(cells)} cells where {len(columns)} are expected"))
            if len(faults) >= MOST_FAULTS:
                break
        else:
            lines.append(Line(number, dict(zip(columns, (cell.strip() for cell in cells), strict=True))))
    return lines, faults


def _check(table: Table) -> Iterator[Fault]:
    checks = {COURT_COLUMNS: _court_checks, OFFICE_COLUMNS: _office_checks, COUNTY_COLUMNS: _county_checks}
    seen: dict[tuple[str, str], int] = {}
    whole: dict[tuple[str, ...], int] = {}
    for line in table.lines:
        for column, most in LENGTHS.items():
            if len(line.cells.get(column, "")) > most:
                yield table.fault(line, column, f"has {len(line.cells[column])} characters; {most} fit")
        for column, sentence in checks[table.columns](line.cells):
            yield table.fault(line, column, sentence)
        if table.columns == COURT_COLUMNS:
            for column in ("court_id", "psc_id"):
                value = line.cells[column]
                if value and (first := seen.setdefault((column, value), line.number)) != line.number:
                    yield table.fault(line, column, f"“{value}” is there already, in line {first}")
        elif table.columns == COUNTY_COLUMNS:
            cells = tuple(line.cells.values())
            if (first := whole.setdefault(cells, line.number)) != line.number:
                yield table.fault(line, "county", f"the same county is there already, in line {first}")


type Cells = Mapping[str, str]
type Complaint = tuple[str, str]


def _court_checks(cells: Cells) -> Iterator[Complaint]:
    for column in ("court_id", "name", "short_name", "citation", "city", "cmecf_url"):
        if not cells[column]:
            yield column, "is empty"
    court_id = cells["court_id"]
    if court_id and not (court_id.isascii() and court_id.isalnum() and court_id == court_id.lower()):
        yield "court_id", f"“{court_id}” is no court ID: lower-case letters and digits, such as canb"
    if cells["court_type"] not in CourtType.values:
        yield "court_type", f"“{cells['court_type']}” is none of {', '.join(CourtType.values)}"
    if cells["circuit"] and cells["circuit"] not in CIRCUITS:
        yield "circuit", f"“{cells['circuit']}” is no circuit: 1 to 11, dc or fed"
    if cells["state"] and cells["state"] not in STATES:
        yield "state", f"“{cells['state']}” is no code of a state or territory"
    if cells["time_zone"] not in available_timezones():
        yield "time_zone", f"“{cells['time_zone']}” is no IANA time zone, such as America/Los_Angeles"
    for column in ("cmecf_url", "website_url", "go_live_source", "rss_url"):
        if cells[column] and not _is_web_address(cells[column]):
            yield column, f"“{cells[column][:60]}” is no web address"
    if (day := cells["nextgen_go_live"]) and not _is_day(day):
        yield "nextgen_go_live", f"“{day}” is no day; write it as 2021-02-16"
    if (limit := cells["pdf_limit_mb"]) and not (limit.isascii() and limit.isdigit() and int(limit[:9]) <= 10_000):
        yield "pdf_limit_mb", f"“{limit}” is no number of megabytes"
    yield from _email_check("help_desk_email", cells["help_desk_email"])


def _office_checks(cells: Cells) -> Iterator[Complaint]:
    for column in ("court_id", "office"):
        if not cells[column]:
            yield column, "is empty"
    if cells["state"] and cells["state"] not in AREAS:
        yield "state", f"“{cells['state']}” is no code of a state or territory"


def _county_checks(cells: Cells) -> Iterator[Complaint]:
    for column in COUNTY_COLUMNS:
        if not cells[column]:
            yield column, "is empty"
    if cells["state"] and cells["state"] not in AREAS:
        yield "state", f"“{cells['state']}” is no code of a state or territory"


def _email_check(column: str, address: str) -> Iterator[Complaint]:
    if address:
        try:
            validate_email(address)
        except ValidationError:
            yield column, f"“{address[:60]}” is no email address"


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text).year >= 1990
    except ValueError:
        return False


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in text
