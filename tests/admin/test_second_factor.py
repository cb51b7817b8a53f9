"""The desk opens only to a session that has proved a second factor, through the portal's own pages."""

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import User
from accounts.second_factor import add_totp_device
from accounts.simulation import TOTP_SECRET
from tests.accounts.people import CODE, attorney, code_now, sign_in, try_password
from tests.admin.setting import CourtRows, signed_in
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(manager: User) -> User:
    manager.password = make_password(PASSWORD)
    manager.save()
    add_totp_device(manager, "Phone", TOTP_SECRET)
    return manager


def test_a_clerk_comes_in_by_password_and_code_and_arrives_where_the_way_led(canb: CourtRows, clerk: User) -> None:
    client, wanted = Client(), f"/admin/accounts/fileraccount/{canb.filer.pk}/change/"
    asked = client.get(wanted, follow=True)
    assert asked.redirect_chain[-1][0].startswith("/accounts/login/?next=%2Fadmin%2Faccounts")
    answer = try_password(client, clerk.username, next=wanted)
    assert answer["Location"].startswith(CODE)
    assert client.get(wanted).status_code == 302  # the password alone opens nothing
    done = client.post(answer["Location"], {"code": code_now(clerk), "next": wanted}, follow=True)
    assert done.status_code == 200
    assert done.wsgi_request.path == wanted


def test_staff_without_an_app_are_led_to_enrol_one(canb: CourtRows, manager: User) -> None:
    answer = signed_in(manager, factor=False).get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/2fa/totp/activate/?next=%2Fadmin%2F")


def test_staff_whose_session_has_not_proved_its_factor_are_asked_for_it(canb: CourtRows, clerk: User) -> None:
    answer = signed_in(clerk, factor=False).get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/2fa/reauthenticate/?next=%2Fadmin%2F")


def test_the_desk_demands_the_factor_even_where_the_portal_asks_filers_for_none(
    canb: CourtRows, clerk: User, settings: Settings
) -> None:
    settings.PORTAL_REQUIRE_MFA = False
    assert signed_in(clerk, factor=False).get("/admin/").status_code == 302
    assert signed_in(clerk).get("/admin/").status_code == 200


def test_an_attorney_with_every_factor_is_refused(canb: CourtRows) -> None:
    client = sign_in(Client(), attorney("curious.esq", factor=True))
    assert client.get("/admin/", follow=True).status_code == 403


def test_the_way_back_leads_to_no_other_site(canb: CourtRows) -> None:
    answer = Client().get("/admin/login/?next=https://elsewhere.example/")
    assert answer["Location"] == "/accounts/login/?next=%2Fadmin%2F"


def test_the_stock_sign_out_leads_to_the_portals_own(canb: CourtRows, manager: User) -> None:
    client = signed_in(manager)
    assert client.post("/admin/logout/")["Location"] == "/accounts/logout/"
    assert client.get("/admin/").status_code == 200  # it has signed nobody out by itself
