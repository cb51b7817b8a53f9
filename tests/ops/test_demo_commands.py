"""`demo` makes what is missing and nothing else; `simulate` makes attorneys in bulk; both in a demonstration only."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import FilerAccount, PacerAccount, TotpDevice, User
from accounts.passwords import verify_password
from accounts.simulation import COURT_PASSWORD, PORTAL_PASSWORD
from cmecf_portal.demo_accounts import DEMO_LOGINS
from tests.accounts.people import CODE, code_now, try_password
from tests.factories import CourtFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings: Settings) -> None:
    settings.PORTAL_DEMO = True
    for court_id in ("canb", "cand"):
        CourtFactory.create(court_id=court_id)


def run(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("command", [("demo",), ("simulate", "--attorneys=1", "--court=canb", "--prefix=sim")])
def test_elsewhere_they_refuse(command: tuple[str, ...]) -> None:
    CourtFactory.create()
    with pytest.raises(CommandError, match="PORTAL_DEMO=on"):
        run(*command)
    assert not User.objects.exists()


@pytest.mark.usefixtures("demonstration")
def test_every_demo_log_in_signs_in_as_the_design_says() -> None:
    out = run("demo")
    for login in DEMO_LOGINS:
        assert f"{login.username} " in out
        client = Client()
        assert try_password(client, login.username, PORTAL_PASSWORD).status_code == 302
        user = User.objects.get(username=login.username)
        if login.second_factor:
            assert client.post(CODE, {"code": code_now(user)}).status_code == 302
        assert "_auth_user_id" in client.session
        assert user.is_staff is (login.role is not None)
    firm, legacy = PacerAccount.objects.get(account_number="7310062"), PacerAccount.objects.get(user__username="gr1998")
    assert (firm.kind, legacy.is_legacy) == ("firm", True)
    for court_id, filer_login in (("canb", "jroe"), ("cand", "janeroe")):
        filer = FilerAccount.objects.get(court_id=court_id, login=filer_login)
        assert verify_password(COURT_PASSWORD, filer.password).ok


@pytest.mark.usefixtures("demonstration")
def test_a_second_run_changes_nothing_and_reset_does() -> None:
    run("demo")
    User.objects.filter(username="jane.roe.esq").update(username="jane.renamed", username_key="jane.renamed")
    PacerAccount.objects.filter(account_number="7204418").update(last_name="Renamed")
    assert "kept" in run("demo")
    assert PacerAccount.objects.get(account_number="7204418").last_name == "Renamed"
    assert "reset" in run("demo", "--reset")
    account = PacerAccount.objects.select_related("user").get(account_number="7204418")
    assert (account.last_name, account.user.username) == ("Roe", "jane.roe.esq")


def test_without_courts_it_says_what_to_do_first(settings: Settings) -> None:
    settings.PORTAL_DEMO = True
    with pytest.raises(CommandError, match="load_courts"):
        run("demo")


@pytest.mark.usefixtures("demonstration")
def test_simulated_attorneys_sign_in_and_have_a_filer_account_of_the_same_name(client: Client) -> None:
    assert "3 PACER accounts and 3 filer accounts at canb made" in run(
        "simulate", "--attorneys=3", "--court=canb", "--prefix=sim"
    )
    account = PacerAccount.objects.select_related("user").get(user__username="sim000002")
    filer = FilerAccount.objects.get(court_id="canb", login="sim000002")
    assert (account.is_legacy, account.kind, filer.last_name) == (False, "individual", account.last_name)
    assert verify_password(COURT_PASSWORD, filer.password).ok
    assert try_password(client, "sim000002", PORTAL_PASSWORD)["Location"] == CODE
    assert client.post(CODE, {"code": code_now(account.user)}).status_code == 302


@pytest.mark.usefixtures("demonstration")
def test_repeating_it_makes_what_is_missing() -> None:
    run("simulate", "--attorneys=2", "--court=canb", "--prefix=sim")
    assert "3 PACER accounts" in run("simulate", "--attorneys=5", "--court=canb", "--prefix=sim")
    assert User.objects.count() == PacerAccount.objects.count() == TotpDevice.objects.count() == 5
    assert PacerAccount.objects.values("account_number").distinct().count() == 5
    run("simulate", "--attorneys=2", "--court=cand", "--prefix=sim")
    assert FilerAccount.objects.filter(court_id="cand").count() == 2
    assert User.objects.count() == 5


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize(
    "wrong",
    [
        ["--attorneys=0", "--court=canb", "--prefix=sim"],
        ["--attorneys=1", "--court=zzzz", "--prefix=sim"],
        ["--attorneys=1", "--court=canb", "--prefix=with blank"],
        ["--attorneys=2000000", "--court=canb", "--prefix=sim"],
    ],
)
def test_wrong_arguments_are_named(wrong: list[str]) -> None:
    with pytest.raises(CommandError, match="--"):
        run("simulate", *wrong)
    assert not User.objects.exists()
