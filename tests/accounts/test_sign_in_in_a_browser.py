"""Signing in and enrolling as people do it: keyboard alone, with and without scripts, and every page accessible."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from accounts import totp
from accounts.models import TotpDevice, User
from accounts.recovery import answer_recovery_requests
from tests.accounts.mails import code_in_mail, texts
from tests.accounts.people import attorney, code_now
from tests.factories import PASSWORD

expect.set_options(timeout=20_000)  # milliseconds: the machine may be busy
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["with scripts", "without scripts"])
def any_page(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param == "with scripts", base_url=live_server.url)
    yield context.new_page()
    context.close()


def sign_in(page: Page, user: User) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("PACER username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")


def current_code(secret: str) -> str:
    return totp.code_of(secret, step=totp.step_at(timezone.now()))


def test_somebody_signs_in_with_the_second_factor_and_out_again(any_page: Page) -> None:
    user = attorney(factor=True)
    any_page.goto("/account/history/")
    any_page.get_by_label("PACER username").fill(user.username)
    any_page.get_by_label("Password").fill("Wrong-Guess-2026!")
    any_page.keyboard.press("Enter")
    expect(any_page.get_by_role("alert")).to_contain_text("4 tries are left")
    expect(any_page).to_have_title("Error: Sign in · CM/ECF Portal")
    expect(any_page.get_by_label("PACER username")).to_have_value(user.username)
    expect(any_page.get_by_label("Password")).to_have_value("")
    any_page.get_by_label("Password").fill(PASSWORD)
    any_page.keyboard.press("Enter")
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Enter your 6‑digit code")
    any_page.get_by_label("One-time code").fill(code_now(user))
    any_page.keyboard.press("Enter")
    any_page.wait_for_url("**/account/history/")
    any_page.get_by_role("button", name="Sign out").click()
    expect(any_page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()


def test_by_keyboard_alone_somebody_signs_in(page: Page, live_server: LiveServer) -> None:
    user = attorney()
    page.goto(f"{live_server.url}/accounts/login/")
    for _press in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "login":
            break
    page.keyboard.type(user.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Manage My Account")


def test_somebody_enrols_an_app_and_goes_on_where_they_were(any_page: Page) -> None:
    user = attorney()
    sign_in(any_page, user)
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Manage My Account")
    any_page.goto("/accounts/2fa/totp/activate/?next=/courts/")
    any_page.get_by_role("button", name="Send the code").click()
    expect(any_page.get_by_label("Code from the mail")).to_be_visible()
    any_page.get_by_label("Code from the mail").fill(code_in_mail(to=user.email, kind="code_enrol"))
    any_page.keyboard.press("Enter")
    expect(any_page.get_by_role("img", name="QR code with the key")).to_be_visible()
    secret = any_page.locator("#secret-key").inner_text().replace(" ", "")
    any_page.get_by_label("Name of the device").fill("My phone")
    any_page.get_by_label("Code that the app shows").fill(current_code(secret))
    any_page.keyboard.press("Enter")
    expect(any_page.get_by_role("list", name="Your recovery codes").get_by_role("listitem")).to_have_count(10)
    any_page.get_by_role("button", name="I have kept them").click()
    any_page.wait_for_url("**/courts/")
    assert TotpDevice.objects.get(user=user).name == "My phone"


def test_on_paper_there_are_the_recovery_codes_and_no_buttons(page: Page, live_server: LiveServer) -> None:
    user = attorney(factor=True)
    page.context.add_cookies(cookies_of(user, live_server))
    page.goto(f"{live_server.url}/accounts/2fa/recovery-codes/generate/")
    page.get_by_role("button", name="Make ten new ones").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("list", name="Your recovery codes")).to_be_visible()
    expect(page.get_by_role("button", name="I have kept them")).not_to_be_visible()


def test_somebody_who_forgot_everything_gets_in_again(any_page: Page) -> None:
    user = attorney()
    any_page.goto("/accounts/login/")
    any_page.get_by_role("link", name="Forgot your username or password?").click()
    any_page.get_by_label("Email").fill(user.email)
    any_page.keyboard.press("Enter")
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    answer_recovery_requests(now=timezone.now())
    link = next(line for line in texts(to=user.email)[0].splitlines() if "/key/" in line)
    any_page.goto(link.removeprefix("http://localhost:8000"))
    any_page.get_by_label("New password", exact=True).fill("Engine-of-1843-runs!")
    any_page.get_by_label("New password, once more").fill("Engine-of-1843-runs!")
    any_page.keyboard.press("Enter")
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Your new password is set")


def cookies_of(user: User, live_server: LiveServer, *, factor: bool = True) -> list[SetCookieParam]:
    """The cookies of somebody who has signed in through the pages."""
    client = Client()
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    if factor:
        client.post("/accounts/2fa/authenticate/", {"code": code_now(user)})
    names = ("portal_session", "portal_device")
    return [
        {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        for name in names
        if name in client.cookies
    ]


STRANGERS_PAGES = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-made-up/",
    "/accounts/password/reset/key/done/",
)
OWN_PAGES = (
    "/accounts/logout/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/reauthenticate/?use=recovery",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/totp/deactivate/?device={device}",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
)


def test_every_page_of_a_stranger_is_accessible(
    page: Page, live_server: LiveServer, accessible: Callable[[Page], None], settings: Settings
) -> None:
    settings.PORTAL_DEMO = True  # the sign-in page with its list of log-ins
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for path in STRANGERS_PAGES:
        page.goto(live_server.url + path)
        accessible(page)
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("button", name="Continue").click()
    accessible(page)
    page.goto(f"{live_server.url}/accounts/signup/")
    page.get_by_role("button", name="Create the account").click()
    accessible(page)
    assert [text for text in complaints if "Security Policy" in text] == []


def test_every_page_of_ones_own_is_accessible(
    page: Page, live_server: LiveServer, accessible: Callable[[Page], None]
) -> None:
    user = attorney(factor=True)
    page.context.add_cookies(cookies_of(user, live_server))
    for path in OWN_PAGES:
        page.goto(live_server.url + path.format(device=TotpDevice.objects.get().pk))
        accessible(page)
    page.get_by_role("button", name="Make ten new ones").click()
    expect(page.get_by_role("list", name="Your recovery codes")).to_be_visible()
    accessible(page)


def test_the_steps_on_the_way_are_accessible(
    page: Page, live_server: LiveServer, accessible: Callable[[Page], None]
) -> None:
    user, joan = attorney(user__email_verified_at=None), attorney("joan.poe.esq", factor=True)
    page.context.add_cookies(cookies_of(user, live_server, factor=False))
    page.goto(f"{live_server.url}/accounts/2fa/totp/activate/")
    accessible(page)
    page.get_by_role("button", name="Send the code").click()
    accessible(page)
    page.goto(f"{live_server.url}/accounts/confirm-email/")
    accessible(page)
    page.get_by_role("button", name="Send the code").click()
    accessible(page)
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("PACER username").fill(joan.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your 6‑digit code")
    accessible(page)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title("Error: Enter your 6‑digit code · CM/ECF Portal")
    accessible(page)
