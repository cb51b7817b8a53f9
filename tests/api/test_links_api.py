"""A person links an old CM/ECF account by API: started, confirmed, read, undone."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from linking.models import Link, PendingLink
from linking.undo import freeze_link
from tests.api.own import Own, make_filer, make_own, queries_of, sign_in
from tests.factories import CourtFactory, PacerAccountFactory, StaffFactory

pytestmark = pytest.mark.django_db

LINK = (
    "id court_id filer_login role pacer_account_number state linked_at ended_at end_reason undo_until receipt".split()
)


@pytest.fixture
def own() -> Own:
    return make_own()


def test_a_link_is_started_confirmed_and_read_under_one_id(own: Own) -> None:
    filer = make_filer(login="JRoe")
    started = own.start(filer)
    assert started.status_code == 202
    question = started.json()
    assert list(question)[: len(LINK)] == LINK
    assert (question["state"], question["receipt"], question["linked_at"]) == ("pending", None, None)
    assert question["confirm_url"].endswith(f"/api/v1/links/{question['id']}/confirm/")
    assert not Link.objects.exists()
    confirmed = own.post(f"links/{question['id']}/confirm/", {})
    assert confirmed.status_code == 200
    link = confirmed.json()
    assert list(link) == LINK
    assert link["id"] == question["id"]
    assert (link["state"], link["filer_login"], link["role"]) == ("active", "JRoe", "attorney")
    assert link["pacer_account_number"] == own.account.account_number
    assert link["receipt"].startswith("CANB-")
    assert datetime.fromisoformat(link["undo_until"]) - datetime.fromisoformat(link["linked_at"]) == timedelta(days=1)
    assert link["linked_at"][-6:] in {"-08:00", "-07:00"}  # of the court's zone
    assert own.get(f"links/{link['id']}/").json() == link


def test_what_is_to_be_confirmed_is_what_the_page_shows(own: Own) -> None:
    question = own.start(make_filer(first_name="Jane", last_name="Whitfield", bar_number="214507")).json()
    lines = {line["code"]: line for line in question["accounts"]}
    assert question["names_differ"] is True
    assert (lines["name"]["pacer"], lines["name"]["filer"]) == ("Jane Roe", "Jane Whitfield")
    assert lines["name"]["likeness"] == "different"
    assert lines["bar_number"]["filer"] == "214507"
    assert "•" in lines["email"]["filer"]
    within = datetime.fromisoformat(question["confirm_until"]) - timezone.now()
    assert timedelta(minutes=9) < within <= timedelta(minutes=10)


def test_names_that_differ_must_be_acknowledged(own: Own) -> None:
    question = own.start(make_filer(last_name="Whitfield")).json()
    refused = own.post(f"links/{question['id']}/confirm/", {"acknowledge_mismatch": False})
    assert (refused.status_code, refused.json()["code"]) == (409, "name_mismatch")
    made = own.post(f"links/{question['id']}/confirm/", {"acknowledge_mismatch": True})
    assert made.json()["state"] == "active"


def test_confirming_again_answers_the_same_link_even_when_its_question_is_forgotten(own: Own) -> None:
    link = own.linked(make_filer())
    assert own.post(f"links/{link['id']}/confirm/").json() == link
    PendingLink.objects.all().delete()
    assert own.post(f"links/{link['id']}/confirm/").json() == link
    assert Link.objects.count() == 1


def test_a_link_is_undone_and_linked_again_at_once(own: Own) -> None:
    filer = make_filer()
    link = own.linked(filer)
    undone = own.post(f"links/{link['id']}/undo/")
    assert undone.status_code == 200
    assert (undone.json()["state"], undone.json()["end_reason"]) == ("ended", "undone")
    assert undone.json()["ended_at"]
    assert own.post(f"links/{link['id']}/undo/").json() == undone.json()
    assert own.post(f"links/{link['id']}/confirm/").json()["code"] == "confirmation_expired"
    assert own.linked(filer)["id"] != link["id"]


def test_after_its_window_a_link_is_not_undone(own: Own) -> None:
    link = own.linked(make_filer())
    long_ago = timezone.now() - timedelta(days=2)
    Link.objects.update(linked_at=long_ago, undo_until=long_ago + timedelta(days=1))
    refused = own.post(f"links/{link['id']}/undo/")
    assert (refused.status_code, refused.json()["code"]) == (409, "undo_window_over")


def test_what_was_not_confirmed_is_not_undone_either(own: Own) -> None:
    question = own.start(make_filer()).json()
    refused = own.post(f"links/{question['id']}/undo/")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_linked")
    assert own.get(f"links/{question['id']}/").json()["state"] == "pending"


def test_a_frozen_link_says_so_and_is_neither_confirmed_nor_undone(own: Own) -> None:
    link = own.linked(make_filer())
    freeze_link(Link.objects.get().pk, said_by=None, now=timezone.now())
    assert own.get(f"links/{link['id']}/").json()["state"] == "frozen"
    for what in ("undo", "confirm"):
        assert own.post(f"links/{link['id']}/{what}/").json()["code"] == "link_frozen"


def test_a_question_ends_after_ten_minutes(own: Own) -> None:
    question = own.start(make_filer()).json()
    ago = timezone.now() - timedelta(minutes=11)
    PendingLink.objects.update(created_at=ago, expires_at=ago + timedelta(minutes=10))
    assert own.get(f"links/{question['id']}/").status_code == 404
    refused = own.post(f"links/{question['id']}/confirm/")
    assert (refused.status_code, refused.json()["code"]) == (409, "confirmation_expired")


def test_of_others_and_of_other_sessions_an_id_is_as_one_that_never_was(own: Own) -> None:
    filer = make_filer()
    question = own.start(filer).json()
    same_person = Own(client=sign_in(own.account), account=own.account)
    stranger = make_own()
    for other in (same_person, stranger):
        unknown = other.get(f"links/{uuid4()}/").json()
        assert other.get(f"links/{question['id']}/").json() == unknown
        for what in ("confirm", "undo"):
            assert other.post(f"links/{question['id']}/{what}/").json() == unknown
        assert other.get("links/").json()["count"] == 0
    link = own.linked(filer)
    assert stranger.get(f"links/{link['id']}/").status_code == 404
    assert stranger.post(f"links/{link['id']}/undo/").status_code == 404
    assert same_person.get(f"links/{link['id']}/").json() == link


def test_the_list_has_questions_first_then_links_the_newest_first(own: Own) -> None:
    first = own.linked(make_filer())
    own.post(f"links/{first['id']}/undo/")
    second = own.linked(make_filer(court=CourtFactory.create(court_id="cand")))
    question = own.start(make_filer(login="third")).json()
    listed = own.get("links/").json()
    assert list(listed) == ["count", "next", "previous", "results"]
    assert [(row["id"], row["state"]) for row in listed["results"]] == [
        (question["id"], "pending"),
        (second["id"], "active"),
        (first["id"], "ended"),
    ]
    assert all(list(row) == LINK for row in listed["results"])
    assert [row["id"] for row in own.get("links/?court=cand").json()["results"]] == [second["id"]]
    assert [row["id"] for row in own.get("links/?state=active,ended").json()["results"]] == [second["id"], first["id"]]
    assert [row["id"] for row in own.get("links/?state=pending").json()["results"]] == [question["id"]]


def test_pages_lead_through_questions_and_links(own: Own) -> None:
    for _round in range(3):
        link = own.linked(make_filer())
        own.post(f"links/{link['id']}/undo/")
    own.start(make_filer())
    own.start(make_filer())
    address, seen = "/api/v1/links/?page_size=2", []
    while address:
        page = own.client.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == page["count"] == 5


@pytest.mark.parametrize("query", ["state=gone", "page=0", "page_size=1000", "sate=active"])
def test_a_parameter_that_cannot_be_used_is_named(own: Own, query: str) -> None:
    refused = own.get(f"links/?{query}")
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_parameter")
    assert refused.json()["errors"][0]["parameter"] == query.partition("=")[0]


def test_queries_do_not_grow_with_links_and_filer_accounts(own: Own) -> None:
    own.linked(make_filer())
    few = queries_of(own.client, "/api/v1/links/")
    assert few <= 12
    for number in range(5):
        own.linked(make_filer(court=CourtFactory.create(court_id=f"co{number}")))
    assert queries_of(own.client, "/api/v1/links/") == few


def test_nobody_reads_or_links_without_signing_in(client: Client) -> None:
    link_id = uuid4()
    for path in ("links/", f"links/{link_id}/", "account/", "readiness/"):
        refused = client.get(f"/api/v1/{path}")
        assert (refused.status_code, refused.json()["code"]) == (403, "not_authenticated")
        assert refused["Cache-Control"] == "no-store"
    for path in ("links/", f"links/{link_id}/confirm/", f"links/{link_id}/undo/"):
        assert client.post(f"/api/v1/{path}", {}, content_type="application/json").status_code == 403


def test_a_post_without_the_csrf_token_is_refused_and_with_it_goes_through() -> None:
    account, filer = PacerAccountFactory.create(), make_filer()
    browser = sign_in(account, client=Client(enforce_csrf_checks=True))
    own = Own(client=browser, account=account)
    refused = own.start(filer)
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
    browser.get("/accounts/2fa/reauthenticate/")  # any page with a form
    body = {"court_id": "canb", "login": filer.login, "password": " Court-Demo-2026! "}
    token = browser.cookies["portal_csrf"].value
    started = browser.post("/api/v1/links/", body, content_type="application/json", headers={"X-CSRFToken": token})
    assert started.status_code == 202


def test_staff_without_a_pacer_account_are_told_to_register() -> None:
    role = StaffFactory.create()
    client = Client()
    client.force_login(role.user)
    for path in ("account/", "readiness/", "links/"):
        refused = client.get(f"/api/v1/{path}")
        assert (refused.status_code, refused.json()["code"]) == (409, "no_pacer_account")
        assert refused.json()["errors"][0]["next_url"].endswith("/accounts/signup/")


def test_answers_are_stored_nowhere_and_tell_the_rate(own: Own, settings: Settings) -> None:
    settings.API_RATES = {"reads": (50, 3600), "writes": (3, 3600)}
    read, written = own.get("links/"), own.start(make_filer())
    for answer in (read, written):
        assert answer["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in answer
    assert read["RateLimit"].startswith('"reads";r=49;')
    assert written["RateLimit-Policy"] == '"writes";q=3;w=3600'
    assert [own.post("links/").status_code for _ in range(3)] == [400, 400, 429]
    refused: Any = own.post("links/")
    assert (refused.status_code, refused.json()["code"]) == (429, "throttled")
    assert int(refused["Retry-After"]) > 0


def test_a_court_on_the_day_before_is_refused_and_linked_after_midnight(own: Own, settings: Settings) -> None:
    filer = make_filer()
    settings.PORTAL_AS_OF = datetime(2021, 2, 16, 7, 59, 59, tzinfo=UTC)
    refused = own.start(filer)
    assert (refused.status_code, refused.json()["code"]) == (409, "court_not_live")
    assert "12:00 a.m." in refused.json()["detail"]
    settings.PORTAL_AS_OF = datetime(2021, 2, 16, 8, 0, tzinfo=UTC)
    assert own.start(filer).status_code == 202
