"""The public pages as people use them: keyboard alone, with and without scripts, narrow and wide, on paper."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from courts import directory

expect.set_options(timeout=20_000)  # milliseconds: the machine may be busy
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("january")]

PAGES = (
    "/",
    "/courts/",
    "/courts/?q=oakland+bankruptcy",
    "/courts/?q=zzzzqqq",
    "/courts/?status=soon",
    "/courts/canb/",
    "/courts/ca9/",
    "/courts/mied/",
    "/courts/canb/?as_of=2021-02-16T00:00:00-08:00",
    "/courts/canb/?as_of=soon",
    "/courts/bap9/",
    "/courts/nowhere/",
    "/readiness/",
    "/readiness/?court=canb&court=cand&account=six&shared=no",
    "/readiness/?q=oakland",
    "/readiness/?q=&account=six",
    "/help/",
    "/api/docs/",
    "/no/such/page/",
)


@pytest.fixture(autouse=True)
def _real_courts(transactional_db: None) -> None:
    call_command("load_courts", verbosity=0)
    directory.forget()


@pytest.fixture
def plain_page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    yield context.new_page()
    context.close()


def test_every_page_is_accessible_and_keeps_to_the_policy(
    page: Page, live_server: LiveServer, accessible: Callable[[Page], None]
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for path in PAGES:
        page.goto(live_server.url + path)
        accessible(page)
    assert [text for text in complaints if "Security Policy" in text] == []


def test_by_keyboard_alone_somebody_arrives_at_the_court(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url)
    for _press in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("oakland bankruptcy")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("match “oakland bankruptcy”")
    page.get_by_label("Court, city, county, or abbreviation").focus()
    for _press in range(40):
        page.keyboard.press("Tab")
        if "canb" in page.evaluate("document.activeElement.getAttribute('href') || ''"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("California Northern Bankruptcy Court")


def test_the_list_follows_the_typing_and_says_how_many_there_are(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/courts/")
    page.get_by_label("Court, city, county, or abbreviation").press_sequentially("canb")
    expect(page.get_by_role("status")).to_contain_text("“canb”")
    expect(page.locator("#results tbody tr").first).to_contain_text("California Northern Bankruptcy Court")
    expect(page).to_have_url(f"{live_server.url}/courts/?q=canb")
    expect(page.locator(".tile__link--match").first).to_be_attached()
    expect(page.locator("#q")).to_be_focused()


def test_ticking_a_filter_narrows_the_list_at_once(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/courts/?q=california")
    page.get_by_role("group", name="Type of court").get_by_text("Bankruptcy", exact=False).first.click()
    expect(page).to_have_url(f"{live_server.url}/courts/?q=california&type=bankruptcy")
    expect(page.locator("#results tbody tr")).to_have_count(4)


def test_without_scripts_search_filters_and_map_work(plain_page: Page) -> None:
    plain_page.goto("/courts/")
    plain_page.fill("#q", "oakland bankruptcy")
    plain_page.locator(".search__button").click()
    assert "California Northern Bankruptcy Court" in plain_page.locator("#results tbody tr").first.inner_text()
    plain_page.locator('label[for="type-district"]').click()
    plain_page.get_by_role("button", name="Apply filters").click()
    assert "type=district" in plain_page.url
    plain_page.goto("/courts/")
    plain_page.locator('.tile__link[href="/courts/?state=HI"]').click()
    assert plain_page.locator("#results tbody tr").count() == 2


def test_without_scripts_a_visitor_finds_out_what_is_left(plain_page: Page) -> None:
    plain_page.goto("/readiness/")
    plain_page.fill("#look-for", "oakland bankruptcy")
    plain_page.get_by_role("button", name="Find court").click()
    plain_page.locator('label[for="court-canb"]').click()
    plain_page.locator('label[for="account-six"]').click()
    plain_page.locator('label[for="shared-no"]').click()
    plain_page.get_by_role("button", name="Show my steps").click()
    assert "Upgrade your Legacy account" in plain_page.locator("main").inner_text()
    assert "Tuesday" in plain_page.locator("main").inner_text()


def test_on_a_phone_rows_become_cards_and_filters_are_closed(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{live_server.url}/courts/?q=canb")
    assert page.locator("#results tbody tr").first.evaluate("row => getComputedStyle(row).display") == "block"
    assert not page.locator("#type-district").is_visible()
    assert page.get_by_role("row").count() > 1  # still a table for a screen reader


def test_on_paper_there_are_no_menus_and_no_filters(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/courts/canb/")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Main").is_visible()
    assert page.locator(".steps__number").first.is_visible()


def test_in_forced_colors_the_points_of_the_track_stay_visible(page: Page, live_server: LiveServer) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{live_server.url}/courts/canb/")
    width = page.locator(".track__point").first.evaluate("at => getComputedStyle(at, '::before').borderTopWidth")
    assert width == "4px"


def test_the_focus_is_seen_at_every_stop(page: Page, live_server: LiveServer) -> None:
    for path in ("/", "/courts/canb/", "/readiness/", "/api/docs/"):
        page.goto(live_server.url + path)
        for _press in range(25):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break  # past the last stop
            style = page.evaluate("(s => [s.outlineStyle, s.outlineWidth])(getComputedStyle(document.activeElement))")
            where = page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
            assert style[0] != "none", f"{path}: {where}"
            assert style[1] not in {"0px", "1px"}, f"{path}: {where}"


def test_the_page_counts_down_to_the_instant_and_then_is_live(
    page: Page, live_server: LiveServer, january: datetime
) -> None:
    page.goto(f"{live_server.url}/courts/canb/")
    expect(page.get_by_text("27")).to_be_visible()
    page.goto(f"{live_server.url}/courts/canb/?as_of=2021-02-16T00:00:00-08:00")
    expect(page.get_by_role("heading", name="On NextGen since Tuesday, February 16, 2021")).to_be_visible()
