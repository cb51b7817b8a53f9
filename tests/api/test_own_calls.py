"""Account and readiness of the signed-in person."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import AccountKind, FilingState, Membership, PacerAccount, TotpDevice, User
from cmecf_portal.account_api import AccountOut
from courts import directory
from linking.api_shapes import LinkOut, QuestionOut, ReadinessOut, StepOut
from linking.models import Link
from linking.undo import freeze_link
from tests.api.own import Own, make_filer, make_own, queries_of
from tests.factories import CourtFactory, FilerAccountFactory, PacerAccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Own:
    CourtFactory.create()
    directory.forget()
    return make_own()


def readiness(own: Own, query: str = "") -> Any:
    directory.forget()
    answer = own.get(f"readiness/{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def states(row: Any) -> dict[str, str]:
    return {step["code"]: step["state"] for step in row["steps"]}


def test_the_account_says_what_the_header_box_shows(own: Own) -> None:
    stated = own.get("account/").json()
    assert list(stated) == list(AccountOut().fields)
    assert stated["account_number"] == own.account.account_number
    assert (stated["kind"], stated["generation"], stated["may_file"]) == ("individual", "upgraded", True)
    assert stated["second_factor"] is True
    assert datetime.fromisoformat(stated["second_factor_used_at"]) <= timezone.now()
    assert (stated["email_confirmed"], stated["billed_to"]) == (False, None)


def test_a_legacy_firm_account_is_told_as_what_it_is(own: Own) -> None:
    firm = PacerAccountFactory.create(kind=AccountKind.FIRM, organization="Acme")
    Membership.objects.create(organization=firm, member=own.account, since=date(2020, 1, 1))
    PacerAccount.objects.filter(pk=own.account.pk).update(opened_on=date(2009, 5, 18), filing_state="suspended")
    stated = own.get("account/").json()
    assert (stated["generation"], stated["filing_state"], stated["may_file"]) == ("legacy", "suspended", False)
    assert stated["billed_to"] == firm.account_number


def test_readiness_lists_the_courts_of_links_and_of_the_confirmed_address(own: Own) -> None:
    FilerAccountFactory.create(court=CourtFactory.create(court_id="nysd"), email=own.account.user.email.upper())
    assert readiness(own)["results"] == []
    User.objects.update(email_verified_at=timezone.now())
    own.linked(make_filer())
    listed = readiness(own)
    assert list(listed) == ["count", "next", "previous", "results"]
    rows = {row["court_id"]: row for row in listed["results"]}
    assert set(rows) == {"canb", "nysd"}
    assert list(rows["canb"]) == list(ReadinessOut().fields)
    assert list(rows["canb"]["steps"][0]) == list(StepOut().fields)
    assert (rows["canb"]["is_linked"], rows["canb"]["steps_left"]) == (True, 0)
    assert states(rows["nysd"])["link"] == "to_do"
    assert rows["nysd"]["obstacles"] == []


def test_a_court_asked_for_says_what_stops_linking_there(own: Own, settings: Settings) -> None:
    settings.PORTAL_AS_OF = datetime(2021, 1, 20, 17, tzinfo=UTC)
    TotpDevice.objects.all().delete()
    row = readiness(own, "?court=canb")["results"][0]
    assert [found["code"] for found in row["obstacles"]] == ["court_not_live", "second_factor_missing"]
    assert states(row)["second_factor"] == "to_do"
    assert states(row)["link"] == "later"
    assert row["opens_at"] == "2021-02-16T00:00:00-08:00"
    later = readiness(own, "?court=canb&as_of=2021-02-16T00:00:00-08:00")["results"][0]
    assert [found["code"] for found in later["obstacles"]] == ["second_factor_missing"]


def test_a_link_that_is_paused_and_an_account_without_filing_are_stopped(own: Own) -> None:
    own.linked(make_filer())
    freeze_link(Link.objects.get().pk, said_by=None, now=timezone.now())
    PacerAccount.objects.update(filing_state=FilingState.SUSPENDED)
    row = readiness(own)["results"][0]
    assert states(row)["link"] == states(row)["own_account"] == "stopped"
    assert row["is_linked"] is False


def test_a_panel_asked_for_has_its_circuits_link(own: Own) -> None:
    circuit = CourtFactory.create(court_id="ca9", court_type="appellate")
    CourtFactory.create(
        court_id="bap9", court_type="bap", hosted_by=circuit, go_live_basis="not_announced", nextgen_go_live=None
    )
    own.linked(make_filer(court=circuit))
    assert readiness(own, "?court=bap9")["results"][0]["is_linked"] is True


@pytest.mark.parametrize("query", ["court=nowhere", "as_of=soon", "curt=canb", "page_size=0"])
def test_what_cannot_be_used_is_named(own: Own, query: str) -> None:
    refused = own.get(f"readiness/?{query}")
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["parameter"] == query.partition("=")[0]


def test_queries_do_not_grow_with_filer_accounts(own: Own) -> None:
    User.objects.update(email_verified_at=timezone.now())

    own.linked(make_filer())
    readiness(own)
    few = queries_of(own.client, "/api/v1/readiness/")
    assert few <= 12
    for number in range(5):
        court = CourtFactory.create(court_id=f"co{number}")
        own.linked(make_filer(court=court))
        FilerAccountFactory.create_batch(3, court=court, email=own.account.user.email)
        FilerAccountFactory.create(court=CourtFactory.create(court_id=f"cu{number}"), email=own.account.user.email)
    assert len(readiness(own)["results"]) == 11
    assert queries_of(own.client, "/api/v1/readiness/") == few


def test_the_shapes_of_the_description_are_those_of_the_answers(own: Own) -> None:
    question = own.start(make_filer()).json()
    assert list(question) == list(QuestionOut().fields)
    assert list(own.post(f"links/{question['id']}/confirm/").json()) == list(LinkOut().fields)
