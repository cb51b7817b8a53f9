"""Jane Roe links in a real browser: with scripts and without, by keyboard alone, on a phone and on a desk."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import PacerAccount
from linking.models import Link
from tests.accounts.people import code_now
from tests.factories import PASSWORD, CourtFactory
from tests.linking.setting import COURT_PASSWORD, GO_LIVE, filer, jane

expect.set_options(timeout=20_000)  # milliseconds: the machine may be busy
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINK = "Link a CM/ECF account to my PACER account"


@pytest.fixture
def account(transactional_db: None) -> PacerAccount:
    """Jane, with filer accounts at canb and cand."""
    canb = CourtFactory.create(short_name="California Northern Bankruptcy Court")
    cand = CourtFactory.create(
        court_id="cand", court_type="district", short_name="California Northern District Court",
        nextgen_go_live=date(2021, 10, 25),
    )  # fmt: skip
    account = jane()
    for court, login in ((canb, "jroe"), (cand, "janeroe")):
        filer(login, court=court, email=account.user.email)
    return account


@pytest.fixture(params=["with scripts", "without scripts"])
def visit(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    scripts = request.param == "with scripts"
    context = browser.new_context(java_script_enabled=scripts, base_url=live_server.url)
    yield context
    context.close()


def sign_in(page: Page, account: PacerAccount, *, base: str = "") -> None:
    page.goto(f"{base}/accounts/login/")
    page.locator("[name=login]").fill(account.user.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.locator("[name=code]").fill(code_now(account.user))
    page.locator("main form button").first.click()
    expect(page.locator(".header__account")).to_contain_text("Jane Roe")


def link(page: Page, court_id: str, login: str) -> None:
    page.goto(f"/cmecf/{court_id}/utilities/")
    page.get_by_role("link", name=LINK).click()
    page.get_by_label("CM/ECF login").fill(login)
    page.get_by_label("CM/ECF password").fill(COURT_PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Are both of these accounts yours?")
    page.get_by_role("button", name="Link these accounts").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your accounts are linked. You can file now.")


def test_refused_a_second_before_go_live_and_linked_at_both_courts_after_it(
    visit: BrowserContext, account: PacerAccount, settings: LazySettings
) -> None:
    page = visit.new_page()
    sign_in(page, account)
    settings.PORTAL_AS_OF = GO_LIVE - timedelta(seconds=1)
    page.goto("/cmecf/canb/utilities/link/")
    expect(page.locator("[data-code=court_not_live]")).to_contain_text("Tuesday, February 16, 2021")
    expect(page.get_by_label("CM/ECF password")).to_have_count(0)
    settings.PORTAL_AS_OF = GO_LIVE
    link(page, "canb", "JROE")
    expect(page.get_by_role("navigation", name="Menus of this court")).to_contain_text("Adversary")
    expect(page.locator(".elsewhere")).to_contain_text("You can link there from October 25, 2021.")
    settings.PORTAL_AS_OF = GO_LIVE + timedelta(days=300)
    page.get_by_role("link", name="California Northern District Court").click()
    link(page, "cand", "janeroe")
    expect(page.get_by_role("navigation", name="Menus of this court")).to_contain_text("Criminal")
    assert Link.objects.active().count() == 2


def test_undo_and_link_again(visit: BrowserContext, account: PacerAccount) -> None:
    page = visit.new_page()
    sign_in(page, account)
    link(page, "canb", "jroe")
    page.get_by_role("link", name="Undo this link").click()
    page.get_by_role("button", name="Undo this link").click()
    expect(page.get_by_text("The link is undone")).to_be_visible()
    expect(page.get_by_role("navigation", name="Menus of this court")).not_to_contain_text("Adversary")
    link(page, "canb", "jroe")


def test_by_keyboard_alone(page: Page, live_server: LiveServer, account: PacerAccount) -> None:
    page.context.set_default_timeout(20_000)
    page.goto(f"{live_server.url}/accounts/login/?next=/cmecf/canb/utilities/link/")
    page.locator("[name=login]").focus()
    page.keyboard.type(account.user.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("[name=code]").focus()
    page.keyboard.type(code_now(account.user))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(LINK)
    _tab_to(page, "id_login")
    page.keyboard.type("jroe")
    page.keyboard.press("Tab")
    page.keyboard.type(COURT_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Are both of these accounts yours?")
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Link these accounts":
            break
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your accounts are linked. You can file now.")


def _tab_to(page: Page, element_id: str) -> None:
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == element_id:
            return
    pytest.fail(f"{element_id} is not reached by Tab")


def test_every_page_on_the_way_is_accessible_and_keeps_to_the_policy(
    page: Page, live_server: LiveServer, account: PacerAccount, accessible: Callable[[Page], None]
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    base = live_server.url
    sign_in(page, account, base=base)
    for path in ("", "utilities/", "utilities/link/", "utilities/reset/", "query/", "reports/", "file/bankruptcy/"):
        page.goto(f"{base}/cmecf/canb/{path}")
        accessible(page)
    page.goto(f"{base}/cmecf/canb/utilities/link/")
    page.get_by_role("button", name="Continue").click()
    accessible(page)
    page.get_by_label("CM/ECF login").fill("jroe")
    page.get_by_label("CM/ECF password").fill("wrong")
    page.get_by_role("button", name="Continue").click()
    accessible(page)
    filer("whitfield", last_name="Whitfield")
    page.get_by_label("CM/ECF login").fill("whitfield")
    page.get_by_label("CM/ECF password").fill(COURT_PASSWORD)
    page.get_by_role("button", name="Continue").click()
    accessible(page)
    page.get_by_role("button", name="Link these accounts").click()
    accessible(page)
    page.get_by_text("Both accounts are mine, although the names differ").click()
    page.get_by_role("button", name="Link these accounts").click()
    accessible(page)
    for path in ("", "file/bankruptcy/", "utilities/"):
        page.goto(f"{base}/cmecf/canb/{path}")
        accessible(page)
    made = Link.objects.get()
    for path in (f"links/{made.pk}/", f"links/{made.pk}/undo/"):
        page.goto(f"{base}/cmecf/canb/{path}")
        accessible(page)
    page.goto(f"{base}/cmecf/canb/?receipt={made.receipt}")
    page.get_by_role("link", name="This wasn’t me").click()
    accessible(page)
    page.get_by_role("button", name="This wasn’t me: pause the link").click()
    accessible(page)
    page.goto(f"{base}/cmecf/canb/")
    accessible(page)
    assert [text for text in complaints if "Security Policy" in text] == []


def test_the_receipt_fits_one_sheet_of_paper(page: Page, live_server: LiveServer, account: PacerAccount) -> None:
    sign_in(page, account, base=live_server.url)
    page.goto(f"{live_server.url}/cmecf/canb/utilities/link/")
    page.get_by_label("CM/ECF login").fill("jroe")
    page.get_by_label("CM/ECF password").fill(COURT_PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Link these accounts").click()
    page.get_by_role("link", name="Receipt to print or keep").click()
    expect(page.locator(".receipt__number")).to_be_visible()
    pages = page.pdf(format="Letter").count(b"/Type /Page\n") or page.pdf(format="Letter").count(b"/Type/Page/")
    assert pages == 1
