"""The clerk's desk as people use it: by keyboard, without scripts, narrow and wide, in light and dark."""

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.second_factor import add_totp_device
from accounts.simulation import TOTP_SECRET
from tests.accounts.people import attorney, code_now
from tests.admin.setting import CourtRows, linked
from tests.factories import PASSWORD, FilerAccountFactory

expect.set_options(timeout=20_000)  # milliseconds: the machine may be busy
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[Page, User], None]:
    """Through the sign-in and the second factor, as a clerk does in the morning."""

    def at_the_desk(page: Page, user: User) -> None:
        user.password = make_password(PASSWORD)
        user.save()
        add_totp_device(user, "Phone", TOTP_SECRET)
        page.goto(f"{live_server.url}/admin/")
        page.get_by_label("PACER username").fill(user.username)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        page.locator("input[name=code]").fill(code_now(user))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Clerk's desk")

    return at_the_desk


@pytest.fixture
def plain_page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    yield context.new_page()
    context.close()


def _wrong_link(canb: CourtRows) -> str:
    """Jane Roe's filer account, linked to somebody else's PACER account; the receipt."""
    somebody = attorney("somebody.else", factor=True, first_name="Sam", last_name="Other").pacer_account
    filer = FilerAccountFactory.create(court=canb.court, login="jroe", bar_number="213804", bar_state="CA")
    return linked(somebody, filer).receipt


def _unlink(page: Page, receipt: str) -> None:
    """From the index to the ended link, by what a caller says and what the pages offer."""
    page.get_by_role("link", name="Filer accounts").first.click()
    page.locator("#searchbar").fill("roe")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="jroe", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jane Roe")
    expect(page.locator(".verdict")).to_contain_text("Files with PACER account")
    page.get_by_role("link", name="Unlink or move the link").click()
    expect(page.get_by_role("heading", name="Both accounts")).to_be_visible()
    expect(page.locator(".record__main")).to_contain_text("Sam Other")
    page.get_by_role("link", name="Unlink", exact=True).click()
    page.get_by_label("Reason").fill("Linked to a namesake by mistake")
    page.get_by_role("button", name="End this link").click()
    expect(page.locator(".messagelist")).to_contain_text("The link is ended.")
    expect(page.locator(".verdict")).to_contain_text("Ended")
    expect(page.locator(".record")).to_contain_text("Linked to a namesake by mistake")
    expect(page.locator(".record")).to_contain_text(receipt)


def test_a_clerk_finds_janes_filer_and_unlinks_a_wrong_link_that_the_next_court_cannot_see(
    page: Page,
    browser: Browser,
    live_server: LiveServer,
    canb: CourtRows,
    manager: User,
    stranger: User,
    sign_in: Callable[[Page, User], None],
) -> None:
    receipt = _wrong_link(canb)
    sign_in(page, manager)
    _unlink(page, receipt)
    link_page = page.url
    other = browser.new_context().new_page()
    sign_in(other, stranger)
    other.goto(link_page)
    expect(other.locator(".messagelist")).to_contain_text("doesn’t exist")
    expect(other.locator("body")).not_to_contain_text(receipt)
    other.goto(f"{live_server.url}/admin/accounts/fileraccount/?q=roe")
    expect(other.locator("body")).not_to_contain_text("213804")
    other.context.close()


def test_the_same_works_without_scripts(
    plain_page: Page, canb: CourtRows, manager: User, sign_in: Callable[[Page, User], None]
) -> None:
    receipt = _wrong_link(canb)
    sign_in(plain_page, manager)
    _unlink(plain_page, receipt)


def test_by_keyboard_alone_a_clerk_lifts_a_pause(
    page: Page, live_server: LiveServer, canb: CourtRows, manager: User, sign_in: Callable[[Page, User], None]
) -> None:
    sign_in(page, manager)
    page.goto(f"{live_server.url}/admin/accounts/fileraccount/{canb.filer.pk}/change/")
    for wanted, heading in (("Lift the pause now", "Lift the pause now"), ("", "")):
        for _press in range(60):
            page.keyboard.press("Tab")
            focused = page.evaluate("(document.activeElement.value || document.activeElement.textContent || '').trim()")
            if focused == (wanted or "Lift the pause"):
                break
        assert focused == (wanted or "Lift the pause")
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        if heading:
            expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.locator(".messagelist")).to_contain_text("There was no pause at this login")


def _findings(page: Page, addresses: list[str], accessible: Callable[[Page], None]) -> list[str]:
    """What axe, the width and the console complain of, page by page."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    for address in addresses:
        page.goto(address)
        try:
            accessible(page)
        except AssertionError as finding:
            found.append(str(finding).partition("\n")[0])
    return found


def _pages_of(court: CourtRows) -> list[str]:
    return [
        "",
        "accounts/",
        "accounts/fileraccount/",
        "accounts/fileraccount/?q=quill",
        f"accounts/fileraccount/{court.filer.pk}/change/",
        f"accounts/fileraccount/{court.filer.pk}/history/",
        f"accounts/fileraccount/{court.filer.pk}/status/",
        f"accounts/fileraccount/{court.filer.pk}/reset/",
        "linking/link/",
        f"linking/link/{court.link.pk}/change/",
        f"linking/link/{court.link.pk}/move/",
        "linking/case/",
        f"linking/case/{court.case.pk}/change/",
        "courts/court/",
        f"courts/court/{court.court.pk}/change/",
        f"courts/court/{court.court.pk}/go-live/",
        f"courts/court/{court.court.pk}/dark-period/",
        f"courts/court/{court.court.pk}/contacts/",
        "courts/notice/",
        f"courts/notice/{court.notice.pk}/change/",
        f"courts/office/{court.office.pk}/delete/",
        "courts/office/add/",
        "events/event/",
        f"events/event/{court.event.pk}/change/",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_is_accessible_and_keeps_to_the_policy(
    page: Page,
    live_server: LiveServer,
    accessible: Callable[[Page], None],
    canb: CourtRows,
    manager: User,
    sign_in: Callable[[Page, User], None],
    scheme: Literal["light", "dark"],
) -> None:
    page.emulate_media(color_scheme=scheme)
    sign_in(page, manager)
    assert _findings(page, [f"{live_server.url}/admin/{path}" for path in _pages_of(canb)], accessible) == []


def test_the_pages_of_national_staff_are_accessible_and_keep_to_the_policy(
    page: Page,
    live_server: LiveServer,
    accessible: Callable[[Page], None],
    canb: CourtRows,
    cand: CourtRows,
    national: User,
    sign_in: Callable[[Page, User], None],
) -> None:
    sign_in(page, national)
    paths = [
        "",
        "accounts/fileraccount/",
        "linking/link/",
        "accounts/paceraccount/",
        f"accounts/paceraccount/{canb.account.pk}/change/",
        f"accounts/paceraccount/{canb.account.pk}/filing/",
        "accounts/user/",
        f"accounts/user/{canb.account.user_id}/change/",
        f"accounts/user/{canb.account.user_id}/unlock/",
        "accounts/staffrole/",
        "accounts/staffrole/add/",
        f"accounts/staffrole/{national.staff_roles.get().pk}/change/",
    ]
    assert _findings(page, [f"{live_server.url}/admin/{path}" for path in paths], accessible) == []


def test_an_error_stands_at_its_field_and_is_accessible(
    page: Page,
    live_server: LiveServer,
    accessible: Callable[[Page], None],
    canb: CourtRows,
    manager: User,
    sign_in: Callable[[Page, User], None],
) -> None:
    sign_in(page, manager)
    page.goto(f"{live_server.url}/admin/linking/link/{canb.link.pk}/move/")
    page.get_by_role("button", name="Move the link").click()
    expect(page).to_have_title("Error: " + page.title().removeprefix("Error: "))
    expect(page.get_by_label("Reason")).to_have_attribute("aria-invalid", "true")
    accessible(page)
