"""Both accounts line by line, for the person who is to say that they are theirs."""

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import FilerAccount, PacerAccount
from courts.words import day_words, instant_words
from linking.eligibility import names_differ


class Likeness(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: what PACER has and what the court has; empty where a side does not keep it."""

    code: str
    label: str
    pacer: str
    filer: str
    likeness: Likeness


def mask_email(address: str) -> str:
    """`j•••••@roelaw.example`: enough to recognize one's own."""
    name, at, host = address.partition("@")
    return f"{name[:1]}•••••{at}{host}" if at else ""


def compare(account: PacerAccount, filer: FilerAccount) -> list[Line]:
    """The rows of the page that asks for the yes. Only the name decides anything; the rest is to look at."""
    zone = filer.court.time_zone
    seen, filed = account.user.last_login, filer.last_filed_on
    return [
        Line(
            code="name",
            label=_("Name"),
            pacer=account.name,
            filer=filer.name,
            likeness=Likeness.DIFFERENT if names_differ(account, filer) else Likeness.SAME,
        ),
        Line(
            code="email",
            label=_("Email"),
            pacer=mask_email(account.user.email),
            filer=mask_email(filer.email),
            likeness=_same_if(account.user.email, filer.email),
        ),
        _only_compared("role", _("Role"), account.user_type.capitalize(), filer.get_role_display()),
        _only_compared(
            "bar_number", _("Bar number"), _("Not kept by PACER"), f"{filer.bar_state} {filer.bar_number}".strip()
        ),
        _only_compared("account_number", _("Account number"), account.account_number, filer.external_id or ""),
        _only_compared(
            "last_used",
            _("Last used"),
            instant_words(seen.astimezone(ZoneInfo(zone)), zone) if seen else "",
            day_words(filed) if filed else "",
        ),
    ]


def _only_compared(code: str, label: str, pacer: str, filer: str) -> Line:
    likeness = Likeness.SAME if pacer and pacer == filer else Likeness.NOT_COMPARED
    return Line(code=code, label=label, pacer=pacer, filer=filer, likeness=likeness)


def _same_if(one: str, other: str) -> Likeness:
    return Likeness.SAME if one and one.casefold() == other.casefold() else Likeness.NOT_COMPARED
