"""The menus of a court's Document Filing System. Filing menus appear with a usable link and not before.

Query, Reports and Utilities are there for everybody who is signed in: domain.md, section 4.3.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courts.kinds import CourtType
from courts.models import Court


@dataclass(frozen=True, slots=True)
class FilingMenu:
    """A menu with which documents are filed: `slug` in its address, what it is for."""

    slug: str
    words: Promise
    purpose: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """A menu as the bar and the cards show it."""

    url: str
    words: str
    purpose: str
    is_filing: bool
    is_current: bool


_FILING: dict[str, tuple[FilingMenu, ...]] = {
    CourtType.BANKRUPTCY: (
        FilingMenu(
            "bankruptcy",
            _("Bankruptcy"),
            _("Open a case, file claims, motions, and other documents in a bankruptcy case."),
        ),
        FilingMenu("adversary", _("Adversary"), _("Open and file in an adversary proceeding.")),
    ),
    CourtType.DISTRICT: (
        FilingMenu("civil", _("Civil"), _("Open a civil case, file complaints, motions, and other documents.")),
        FilingMenu("criminal", _("Criminal"), _("File motions, notices, and other documents in a criminal case.")),
    ),
    CourtType.APPELLATE: (
        FilingMenu("file-a-document", _("File a document"), _("Briefs, motions, and other papers in an appeal.")),
        FilingMenu("new-case", _("Open a new case"), _("Petitions, and applications for permission to appeal.")),
    ),
    CourtType.NATIONAL: (
        FilingMenu("file-a-document", _("File a document"), _("Complaints, motions, and other documents.")),
    ),
}
_FILING[CourtType.BAP] = _FILING[CourtType.APPELLATE]  # they use their circuit's system


def filing_menus(court: Court) -> tuple[FilingMenu, ...]:
    """The filing menus of this kind of court."""
    return _FILING[court.court_type]


def filing_menu(court: Court, slug: str) -> FilingMenu | None:
    return next((menu for menu in filing_menus(court) if menu.slug == slug), None)


def menus(court: Court, *, may_file: bool, current: str = "") -> list[MenuEntry]:
    """The menu bar: filing menus first, for those who may file. `current`: the name of the menu that is open."""
    bar = []
    if may_file:
        bar = [
            MenuEntry(
                url=reverse("cmecf_file", args=[court.pk, menu.slug]),
                words=str(menu.words),
                purpose=str(menu.purpose),
                is_filing=True,
                is_current=menu.slug == current,
            )
            for menu in filing_menus(court)
        ]
    return bar + [
        MenuEntry(
            url=reverse(name, args=[court.pk]),
            words=str(words),
            purpose=str(purpose),
            is_filing=False,
            is_current=name == current,
        )
        for name, words, purpose in (
            ("cmecf_query", _("Query"), _("Find a case by number, name, or nature of suit.")),
            ("cmecf_reports", _("Reports"), _("Docket sheets, cases filed, claims register.")),
            ("cmecf_utilities", _("Utilities"), _("Your links at this court, receipts, and your account.")),
        )
    ]
