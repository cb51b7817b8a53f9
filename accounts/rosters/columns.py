"""The columns of the two rosters, and how a cell becomes a value or a fault. Knows no database."""

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.models import AccountKind, FilerRole, FilerStatus, FilingState, SearchState
from accounts.passwords import BadHash, check_importable

type Value = str | date | None
type Reader = Callable[[str], Value]


class BadCell(ValueError):
    """Why this cell can't be used, as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a file. A blank cell is "" where text may be emptied by a roster, else None: not stated."""

    name: str
    longest: int = 300
    required: bool = False
    blank: Value = None
    read: Reader = str


def digest_of(password_hash: str) -> str:
    """By which a load knows whether a password hash is the one that an earlier load brought."""
    return sha256(password_hash.encode()).hexdigest()


def read_cell(column: Column, cell: str) -> Value:
    """The value of a cell. Raises BadCell."""
    if not cell.isprintable():
        cell = _clean(cell)
    if column.name != "password_hash":
        cell = cell.strip()
    if not cell:
        if column.required:
            raise BadCell(_("%(column)s is missing") % {"column": column.name})
        return column.blank
    if len(cell) > column.longest:
        facts = {"column": column.name, "longest": column.longest, "length": len(cell)}
        raise BadCell(_("%(column)s has %(length)s characters; %(longest)s fit") % facts)
    return column.read(cell)


def _clean(cell: str) -> str:
    """Odd blanks become plain ones; what no keyboard types is refused. Raises BadCell."""
    for letter in cell:
        match unicodedata.category(letter):
            case "Cs":
                raise BadCell(_("this is not UTF-8 text; save the file as “CSV UTF-8”"))
            case "Cc" | "Zl" | "Zp":
                code = f"U+{ord(letter):04X}"
                raise BadCell(_("the control character %(code)s can’t be used here") % {"code": code})
    return "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in cell)


def _one_of(values: Collection[str]) -> Reader:
    def read(cell: str) -> str:
        value = cell.casefold().replace(" ", "_").replace("-", "_")
        if value not in values:
            raise BadCell(_("“%(cell)s” is none of %(known)s") % {"cell": cell[:40], "known": ", ".join(values)})
        return value

    return read


def _day(cell: str) -> date:
    for shape, written in ((r"\d{4}-\d\d-\d\d", "%Y-%m-%d"), (r"\d{1,2}/\d{1,2}/\d{4}", "%m/%d/%Y")):
        if re.fullmatch(shape, cell, re.ASCII):
            try:
                day = datetime.strptime(cell, written).date()  # noqa: DTZ007 - a calendar day has no zone
            except ValueError:
                break
            if 1900 <= day.year <= 2100:
                return day
    raise BadCell(_("“%(cell)s” is no day; write it as 2026-11-24") % {"cell": cell[:40]})


def _email(cell: str) -> str:
    try:
        validate_email(cell)
    except ValidationError:
        raise BadCell(_("“%(cell)s” is no email address") % {"cell": cell[:60]}) from None
    return cell


def _account_number(cell: str) -> str:
    if not re.fullmatch(r"[0-9]{7}", cell):
        raise BadCell(_("“%(cell)s” is no account number: those have 7 digits") % {"cell": cell[:40]})
    return cell


def _state(cell: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", cell):
        raise BadCell(_("“%(cell)s” is no state; write two letters, such as CA") % {"cell": cell[:40]})
    return cell.upper()


def _password_hash(cell: str) -> str:
    try:
        check_importable(cell)
    except BadHash as bad:
        raise BadCell(str(bad)) from None
    return cell


def _text(name: str, longest: int = 300) -> Column:
    return Column(name=name, longest=longest, blank="")


_NAMES = (_text("first_name"), _text("middle_name"), _text("last_name"))
_PASSWORD = Column(name="password_hash", longest=256, read=_password_hash)

FILER_COLUMNS = (
    Column(name="login", longest=150, required=True),
    Column(name="external_id", longest=60),
    Column(name="role", read=_one_of(FilerRole.values)),
    *_NAMES,
    _text("suffix", 40),
    _text("bar_number", 40),
    Column(name="bar_state", blank="", read=_state),
    Column(name="email", longest=254, blank="", read=_email),
    _text("phone", 40),
    _PASSWORD,
    Column(name="last_filed_on", read=_day),
    Column(name="status", read=_one_of(FilerStatus.values)),
)
ACCOUNT_COLUMNS = (
    Column(name="account_number", required=True, read=_account_number),
    Column(name="username", longest=150, required=True),
    Column(name="kind", read=_one_of(AccountKind.values)),
    Column(name="opened_on", required=True, read=_day),
    Column(name="upgraded_on", read=_day),
    *_NAMES,
    Column(name="email", longest=254, blank="", read=_email),
    _PASSWORD,
    Column(name="search_state", read=_one_of(SearchState.values)),
    Column(name="filing_state", read=_one_of(FilingState.values)),
)
