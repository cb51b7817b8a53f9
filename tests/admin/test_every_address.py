"""Every address of the admin, as everybody who might try it. A new address without a row here fails the test."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from accounts.models import User
from accounts.roles import Role
from tests.accounts.people import attorney
from tests.admin.setting import CourtRows, signed_in, staff, text_of

pytestmark = pytest.mark.django_db

NOBODY, HELP_DESK, MANAGER, NATIONAL = "nobody", "help_desk", "manager", "national"

# Name: (whose row its address names, who gets a page). Everybody named later in the order gets one too.
ADDRESSES: dict[str, tuple[str, str]] = {
    "index": ("", HELP_DESK),
    "jsi18n": ("", HELP_DESK),
    "app_list": ("app", HELP_DESK),
    "accounts_fileraccount_changelist": ("", HELP_DESK),
    "accounts_fileraccount_change": ("filer", HELP_DESK),
    "accounts_fileraccount_history": ("filer", HELP_DESK),
    "accounts_fileraccount_delete": ("filer", NOBODY),
    "accounts_fileraccount_add": ("", NOBODY),
    "accounts_fileraccount_reset": ("filer", HELP_DESK),
    "accounts_fileraccount_unlock": ("filer", HELP_DESK),
    "accounts_fileraccount_status": ("filer", MANAGER),
    "accounts_fileraccount_role": ("filer", MANAGER),
    "linking_link_changelist": ("", HELP_DESK),
    "linking_link_change": ("link", HELP_DESK),
    "linking_link_history": ("link", HELP_DESK),
    "linking_link_delete": ("link", NOBODY),
    "linking_link_add": ("", NOBODY),
    "linking_link_unlink": ("link", MANAGER),
    "linking_link_move": ("link", MANAGER),
    "linking_link_release": ("link", MANAGER),
    "linking_case_changelist": ("", HELP_DESK),
    "linking_case_change": ("case", HELP_DESK),
    "linking_case_history": ("case", HELP_DESK),
    "linking_case_delete": ("case", NOBODY),
    "linking_case_add": ("", NOBODY),
    "linking_case_close": ("case", MANAGER),
    "courts_court_changelist": ("", HELP_DESK),
    "courts_court_change": ("court", HELP_DESK),
    "courts_court_history": ("court", HELP_DESK),
    "courts_court_delete": ("court", NOBODY),
    "courts_court_add": ("", NOBODY),
    "courts_court_go-live": ("court", MANAGER),
    "courts_court_dark-period": ("court", MANAGER),
    "courts_court_contacts": ("court", MANAGER),
    "courts_office_changelist": ("", HELP_DESK),
    "courts_office_change": ("office", HELP_DESK),
    "courts_office_history": ("office", HELP_DESK),
    "courts_office_delete": ("office", MANAGER),
    "courts_office_add": ("", MANAGER),
    "courts_notice_changelist": ("", HELP_DESK),
    "courts_notice_change": ("notice", HELP_DESK),
    "courts_notice_history": ("notice", HELP_DESK),
    "courts_notice_delete": ("notice", MANAGER),
    "courts_notice_add": ("", MANAGER),
    "courts_county_changelist": ("", HELP_DESK),
    "courts_county_change": ("county", HELP_DESK),
    "courts_county_history": ("county", HELP_DESK),
    "courts_county_delete": ("county", NOBODY),
    "courts_county_add": ("", NOBODY),
    "events_event_changelist": ("", HELP_DESK),
    "events_event_change": ("event", HELP_DESK),
    "events_event_history": ("event", HELP_DESK),
    "events_event_delete": ("event", NOBODY),
    "events_event_add": ("", NOBODY),
    "accounts_paceraccount_changelist": ("", NATIONAL),
    "accounts_paceraccount_change": ("account", NATIONAL),
    "accounts_paceraccount_history": ("account", NATIONAL),
    "accounts_paceraccount_delete": ("account", NOBODY),
    "accounts_paceraccount_add": ("", NOBODY),
    "accounts_paceraccount_filing": ("account", NATIONAL),
    "accounts_paceraccount_unlock": ("account", NATIONAL),
    "accounts_user_changelist": ("", NATIONAL),
    "accounts_user_change": ("user", NATIONAL),
    "accounts_user_history": ("user", NATIONAL),
    "accounts_user_delete": ("user", NOBODY),
    "accounts_user_add": ("", NOBODY),
    "accounts_user_unlock": ("user", NATIONAL),
    "accounts_staffrole_changelist": ("", NATIONAL),
    "accounts_staffrole_change": ("role", NATIONAL),
    "accounts_staffrole_history": ("role", NATIONAL),
    "accounts_staffrole_delete": ("role", NATIONAL),
    "accounts_staffrole_add": ("", NATIONAL),
}
# Elsewhere: the sign-in (test_second_factor.py), what completes names as one types (test_between_courts.py), and
# Django's own redirect of old addresses, which leads to the change page.
ELSEWHERE = {"login", "logout", "autocomplete", None}
ORDER = (HELP_DESK, MANAGER, NATIONAL)


def _names(patterns: Any) -> Iterator[str | None]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.name


def _key(canb: CourtRows, kind: str) -> object:
    if kind == "user":
        return canb.account.user_id
    if kind == "role":
        return staff(canb.court, Role.HELP_DESK).staff_roles.get().pk
    return getattr(canb, kind).pk


def _address(canb: CourtRows, name: str, *, key: object = None) -> str:
    kind = ADDRESSES[name][0]
    if kind == "app":
        return reverse(f"admin:{name}", args=["accounts"])
    return reverse(f"admin:{name}", args=[key or _key(canb, kind)] if kind else [])


def _never_was(kind: str) -> object:
    """A key of the right shape that no row has."""
    return uuid4() if kind == "link" else "nosuch" if kind == "court" else 987_654_321


def test_the_table_names_every_address() -> None:
    names = set(_names(admin.site.get_urls()))
    assert names - ELSEWHERE == set(ADDRESSES)
    assert not names & {"password_change", "view_on_site"}  # these would go round our own pages


def test_who_is_not_at_the_desk_is_sent_to_sign_in_or_to_the_factor(canb: CourtRows, manager: User) -> None:
    outsiders = (Client(), signed_in(attorney("nosy.esq")), signed_in(manager, factor=False))
    wrong = []
    for name in ADDRESSES:
        address = _address(canb, name)
        for who, client in enumerate(outsiders):
            for method in ("get", "post"):
                answer = getattr(client, method)(address)
                if answer.status_code != 302 or not answer["Location"].startswith("/admin/login/?next="):
                    wrong.append((name, who, method, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", ORDER)
def test_each_role_gets_its_pages_and_no_others(
    canb: CourtRows, help_desk: User, manager: User, national: User, role: str
) -> None:
    client = signed_in({HELP_DESK: help_desk, MANAGER: manager, NATIONAL: national}[role])
    wrong = []
    for name, (_kind, least) in ADDRESSES.items():
        allowed = least != NOBODY and ORDER.index(role) >= ORDER.index(least)
        # Pages of rows that this person cannot even know of answer like rows that never were: by a redirect.
        expected = {200} if allowed else {302, 403}
        status = client.get(_address(canb, name)).status_code
        if status not in expected:
            wrong.append((name, status))
    assert wrong == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", [Role.HELP_DESK, Role.COURT_MANAGER])
def test_a_row_of_another_court_answers_like_one_that_never_was(
    canb: CourtRows, cand: CourtRows, method: str, role: Role
) -> None:
    ask = getattr(signed_in(staff(cand.court, role)), method)
    for name, (kind, _least) in ADDRESSES.items():
        if kind in {"", "app"}:
            continue
        key, never = _key(canb, kind), _never_was(kind)
        theirs = ask(_address(canb, name, key=key), {"reason": "x"}, follow=True)
        nothing = ask(_address(canb, name, key=never), {"reason": "x"}, follow=True)
        assert theirs.status_code == nothing.status_code, name
        assert _chain(theirs, key) == _chain(nothing, never), name
        page = text_of(theirs).casefold()
        assert page.replace(f"“{key}”", "") == text_of(nothing).casefold().replace(f"“{never}”", ""), name
        assert not [told for told in canb.telling() if told != str(key) and told in page], name
    canb.link.refresh_from_db()
    assert canb.link.ended_at is None


def _chain(answer: Any, key: object) -> list[str]:
    return [place.replace(str(key), "") for place, _code in answer.redirect_chain]
