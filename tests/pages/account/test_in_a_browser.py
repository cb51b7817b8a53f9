"""The signed-in person's pages in a real browser: accessible at 320 and 1280 pixels, with scripts and without."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import PacerAccount
from courts import directory
from courts.clock import read_instant
from linking.undo import freeze_link
from tests.pages.account.people import browser_of, found_by_address, jane, linked

expect.set_options(timeout=20_000)  # milliseconds: the machine may be busy
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _on_the_day(settings: Settings, transactional_db: None) -> None:
    call_command("load_courts", verbosity=0)
    directory.forget()
    settings.PORTAL_AS_OF = read_instant("2021-02-16T09:44:00-08:00")


def signed_in(page: Page, live_server: LiveServer, account: PacerAccount) -> Page:
    key = browser_of(account).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    return page


def test_every_page_is_accessible(page: Page, live_server: LiveServer, accessible: Callable[[Page], None]) -> None:
    account = jane()
    linked(account, "canb", login="jroe")
    freeze_link(linked(account, "nysd").pk, said_by=None, now=timezone.now())
    found_by_address(account, "cand")
    signed_in(page, live_server, account)
    for path in (
        "/account/",
        "/account/maintenance/",
        "/account/history/",
        "/readiness/?court=cacb",
        "/readiness/?q=oakland",
        "/courts/canb/",
        "/courts/cand/",
        "/api/docs/",
    ):
        response = page.goto(live_server.url + path)
        assert response is not None
        assert response.status == 200, path
        accessible(page)


def test_from_what_is_left_a_filer_comes_to_the_link_form_by_keyboard(page: Page, live_server: LiveServer) -> None:
    account = jane()
    found_by_address(account, "canb")
    signed_in(page, live_server, account)
    page.goto(f"{live_server.url}/account/")
    row = page.get_by_role("row", name="California Northern Bankruptcy Court")
    step = row.get_by_role("link", name="Link your filing account")
    step.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/cmecf/canb/utilities/link/")
    expect(page.get_by_label("CM/ECF login")).to_be_visible()


def test_a_court_is_added_to_the_list_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = signed_in(context.new_page(), live_server, jane())
    page.goto(f"{live_server.url}/readiness/")
    page.get_by_label("A court, its city or county, or its abbreviation").fill("canb")
    page.get_by_role("button", name="Find court").click()
    page.get_by_label("California Northern Bankruptcy Court").check()
    page.get_by_role("button", name="Show these courts").click()
    expect(page.get_by_role("heading", name="California Northern Bankruptcy Court")).to_be_visible()
    expect(page.get_by_role("heading", name="Link your filing account")).to_be_visible()
    context.close()
