"""What stops a link over the API: the codes, sentences and next steps of the pages, in problem+json."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import AccountKind, FilerStatus, FilingState, PacerAccount, TotpDevice
from linking.models import PendingLink
from tests.api.own import COURT_PASSWORD, Own, make_filer, make_own, sign_in, use_factor
from tests.factories import CourtFactory, FilerAccountFactory, PacerAccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Own:
    return make_own()


def problem(response: Any, status: int) -> Any:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    stated = response.json()
    assert stated["status"] == status
    assert stated["type"].endswith(f"/api/docs/#problem-{stated['code']}")
    return stated


def test_every_obstacle_is_an_entry_of_its_own_with_a_next_step(own: Own) -> None:
    filer = make_filer(court=CourtFactory.create(nextgen_go_live=date(2199, 1, 1)))
    PacerAccount.objects.update(opened_on=date(2009, 1, 1), filing_state=FilingState.SUSPENDED)
    TotpDevice.objects.all().delete()
    stated = problem(own.start(filer), 409)
    codes = [entry["code"] for entry in stated["errors"]]
    assert codes == ["court_not_live", "account_legacy", "account_disabled", "second_factor_missing"]
    assert stated["code"] == "court_not_live"
    assert stated["detail"] == stated["errors"][0]["detail"]
    for entry in stated["errors"]:
        assert entry["detail"]
        assert entry["next_words"]
        assert entry["next_url"].startswith(("http://localhost:8000/", "tel:"))


def test_a_firms_account_never_links(own: Own) -> None:
    PacerAccount.objects.update(kind=AccountKind.FIRM)
    assert problem(own.start(make_filer()), 409)["code"] == "account_not_individual"


def test_a_wrong_login_and_a_wrong_password_get_the_same_words(own: Own) -> None:
    filer = make_filer(login="jroe")
    wrong = problem(own.start(filer, password="wrong"), 422)
    unknown = problem(own.post("links/", {"court_id": "canb", "login": "nobody", "password": COURT_PASSWORD}), 422)
    assert wrong == unknown
    assert (wrong["code"], wrong["tries_left"]) == ("invalid_credentials", 4)
    assert not PendingLink.objects.exists()
    trimmed = problem(own.start(filer, password=COURT_PASSWORD.strip()), 422)
    assert trimmed["tries_left"] == 3


def test_too_many_wrong_passwords_say_when_to_come_back(own: Own) -> None:
    filer = make_filer()
    left = [problem(own.start(filer, password="wrong"), 422)["tries_left"] for _ in range(5)]
    assert left == [4, 3, 2, 1, 0]
    paused = own.start(filer)
    assert problem(paused, 429)["code"] == "too_many_attempts"
    assert 0 < int(paused["Retry-After"]) <= 15 * 60 + 1


def test_a_factor_that_this_session_has_not_used_is_asked_for(own: Own) -> None:
    filer = make_filer()
    own = Own(client=sign_in(own.account, factor=False), account=own.account)
    for answer in (own.start(filer), own.post("links/6f1c5c1e-8a57-4f0e-9f4e-2f5a3f6f7d10/undo/")):
        stated = problem(answer, 403)
        assert stated["code"] == "second_factor_missing"
        assert stated["errors"][0]["next_url"] == "http://localhost:8000/accounts/2fa/reauthenticate/"
    use_factor(own.client, own.account, at=timezone.now())
    assert own.start(filer).status_code == 202


def test_an_installation_that_asks_for_no_factor_links_without(settings: Settings) -> None:
    settings.PORTAL_REQUIRE_MFA = False
    account = PacerAccountFactory.create()
    own = Own(client=sign_in(account, factor=False), account=account)
    assert own.start(make_filer()).status_code == 202


def test_a_filer_account_of_somebody_else_is_told_without_a_name(own: Own) -> None:
    filer = make_filer()
    owner = make_own(first_name="Quentin", last_name="Quill")
    owner.linked(filer)
    stated = problem(own.start(filer), 409)
    assert stated["code"] == "filer_linked_elsewhere"
    assert "Quill" not in str(stated)
    assert owner.account.account_number not in str(stated)


def test_what_is_linked_already_or_closed_is_told_after_the_right_password_only(own: Own) -> None:
    filer = make_filer()
    own.linked(filer)
    assert problem(own.start(filer), 409)["code"] == "already_linked"
    closed = make_filer(status=FilerStatus.CLOSED, role="trustee")
    assert problem(own.start(closed, password="wrong"), 422)["code"] == "invalid_credentials"
    assert problem(own.start(closed), 409)["code"] == "filer_inactive"


def test_an_identity_that_changed_meanwhile_voids_the_question(own: Own) -> None:
    question = own.start(make_filer()).json()
    PacerAccount.objects.update(identity_version=2)
    assert problem(own.post(f"links/{question['id']}/confirm/"), 409)["code"] == "confirmation_expired"


@pytest.mark.parametrize("missing", ["court_id", "login", "password"])
def test_a_missing_field_is_named(own: Own, missing: str) -> None:
    CourtFactory.create()
    body = {"court_id": "canb", "login": "jroe", "password": "x"}
    del body[missing]
    stated = problem(own.post("links/", body), 400)
    assert (stated["code"], [entry["parameter"] for entry in stated["errors"]]) == ("invalid_parameter", [missing])


@pytest.mark.parametrize("court_id", ["nowhere", "CANB; --", "\0", "x" * 300])
def test_a_court_that_is_none_is_named(own: Own, court_id: str) -> None:
    stated = problem(own.post("links/", {"court_id": court_id, "login": "jroe", "password": "x"}), 400)
    assert stated["errors"][0]["parameter"] == "court_id"


@pytest.mark.parametrize(("body", "status"), [("{", 400), ("[]", 400), ("null", 400), ('"x"', 400), ("1e999", 400)])
def test_a_body_that_is_none_is_refused(own: Own, body: str, status: int) -> None:
    problem(own.client.post("/api/v1/links/", body, content_type="application/json"), status)


def test_forms_are_not_taken_and_too_much_is_not_read(own: Own) -> None:
    form = own.client.post("/api/v1/links/", {"court_id": "canb"}, headers={"Idempotency-Key": "form"})
    assert problem(form, 415)["code"] == "unsupported_media_type"
    huge = own.post("links/", {"court_id": "canb", "login": "j" * 70_000, "password": "x"})
    assert problem(huge, 413)["code"] == "body_too_large"
    assert problem(own.client.delete("/api/v1/links/"), 405)["code"] == "method_not_allowed"


@pytest.mark.parametrize("login", ["a&b@c$*'<x>", "ÉVA", "  spaced  "])
def test_logins_with_signs_and_capitals_link(own: Own, login: str) -> None:
    filer = make_filer(login=login)
    question = own.post(
        "links/", {"court_id": "canb", "login": login.swapcase().strip(), "password": COURT_PASSWORD}
    ).json()
    assert question["filer_login"] == filer.login


def test_a_panel_links_at_its_circuits_court(own: Own) -> None:
    circuit = CourtFactory.create(court_id="ca9", court_type="appellate")
    CourtFactory.create(
        court_id="bap9", court_type="bap", hosted_by=circuit, go_live_basis="not_announced", nextgen_go_live=None
    )
    filer = FilerAccountFactory.create(court=circuit, password=make_filer(court=circuit).password, login="panelist")
    started = own.post("links/", {"court_id": "bap9", "login": filer.login, "password": COURT_PASSWORD})
    assert started.status_code == 202, started.content
    link = own.post(f"links/{started.json()['id']}/confirm/").json()
    assert (link["court_id"], link["state"]) == ("ca9", "active")
