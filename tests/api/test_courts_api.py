"""The courts over the API: shapes, filters, pages, validators."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils.dateparse import parse_datetime
from pytest_django import DjangoAssertNumQueries

from courts import directory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_courts")]

COURT = (
    "court_id psc_id name short_name citation court_type circuit state city time_zone hosted_by status go_live_basis "
    "nextgen_go_live go_live_at dark_from dark_until cmecf_url website_url rss_url pdf_limit_mb help_desk "
    "emergency_contact order_url"
).split()


def ask(client: Client, address: str, **headers: str) -> Any:
    response = client.get(address, headers=headers)
    assert response.status_code == 200, response.content
    return response.json()


def ids(client: Client, query: str) -> set[str]:
    return {court["court_id"] for court in ask(client, f"/api/v1/courts/?page_size=250&{query}")["results"]}


def problem(client: Client, address: str, status: int) -> Any:
    response = client.get(address)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    stated = response.json()
    assert stated["status"] == status
    return stated


def test_a_court_has_the_keys_of_the_contract_and_no_others(client: Client) -> None:
    listed = ask(client, "/api/v1/courts/?q=canb")
    assert list(listed) == ["count", "next", "previous", "results"]
    assert list(listed["results"][0]) == COURT
    detail = ask(client, "/api/v1/courts/canb/")
    assert list(detail) == [*COURT, "offices", "counties"]
    assert list(detail["help_desk"]) == ["email", "phone"]
    assert {"state": "CA", "name": "Alameda"} in detail["counties"]


@pytest.mark.parametrize(
    ("as_of", "status"),
    [("2021-02-15T23:59:59-08:00", "scheduled"), ("2021-02-16T00:00:00-08:00", "live")],
)
def test_canb_goes_live_at_midnight_in_its_own_zone(client: Client, settings: Any, as_of: str, status: str) -> None:
    assert ask(client, f"/api/v1/courts/canb/?as_of={as_of}")["status"] == status
    settings.PORTAL_AS_OF = parse_datetime(as_of)
    court = ask(client, "/api/v1/courts/canb/")
    assert court["status"] == status
    assert court["go_live_at"] == "2021-02-16T00:00:00-08:00"


def test_an_answer_that_lies_ready_follows_the_clock(client: Client, settings: Any) -> None:
    settings.PORTAL_AS_OF = parse_datetime("2021-02-15T23:59:59-08:00")
    before = client.get("/api/v1/courts/canb/")
    settings.PORTAL_AS_OF = parse_datetime("2021-02-16T00:00:00-08:00")
    after = client.get("/api/v1/courts/canb/")
    assert (before.json()["status"], after.json()["status"]) == ("scheduled", "live")
    assert before["ETag"] != after["ETag"]


def test_a_panel_shows_its_circuits_dates_and_names_it(client: Client) -> None:
    panel, circuit = ask(client, "/api/v1/courts/bap9/"), ask(client, "/api/v1/courts/ca9/")
    assert panel["hosted_by"] == "ca9"
    for key in ("status", "go_live_basis", "nextgen_go_live", "go_live_at", "cmecf_url"):
        assert panel[key] == circuit[key]


def test_filters_narrow_and_their_values_add_up(client: Client) -> None:
    bankruptcy = ids(client, "type=bankruptcy&state=CA")
    assert bankruptcy == {"cacb", "caeb", "canb", "casb"}
    assert ids(client, "type=bankruptcy&type=district&state=CA") == ids(client, "type=bankruptcy,district&state=ca")
    assert ids(client, "county=Alameda,CA") == {"cand", "canb"} | (ids(client, "county=Alameda, ca"))
    assert "canb" in ids(client, "city=oakland")
    assert ids(client, "circuit=9") > bankruptcy
    assert ids(client, "status=live_day_unknown").isdisjoint(ids(client, "status=live_dated"))


def test_empty_filters_are_no_condition(client: Client) -> None:
    empty = "q=&type=&state=&county=&city=&circuit=&status=&as_of="
    assert ask(client, f"/api/v1/courts/?{empty}")["count"] == 209


def test_pages_lead_from_one_to_the_next_through_every_court(client: Client) -> None:
    address, seen = "/api/v1/courts/?page_size=100", []
    while address:
        page = ask(client, address)
        seen += [court["court_id"] for court in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == page["count"] == 209
    assert page["previous"].endswith("page_size=100&page=2")


def test_every_parameter_that_cannot_be_used_is_named(client: Client) -> None:
    stated = problem(client, "/api/v1/courts/?type=moon&as_of=2021-02-15&circut=9&page=0&page_size=1000", 400)
    assert {wrong["parameter"] for wrong in stated["errors"]} == {"type", "as_of", "circut", "page", "page_size"}
    assert stated["code"] == "invalid_parameter"
    assert "moon" in stated["detail"]


@pytest.mark.parametrize("address", ["/api/v1/courts/zzz/", "/api/v1/courts/?page=99", "/api/v1/nothing/", "/api/x/"])
def test_what_is_not_there_is_a_problem_too(client: Client, address: str) -> None:
    assert problem(client, address, 404)["code"] == "not_found"


def test_other_methods_and_formats_are_refused_in_the_same_shape(client: Client) -> None:
    posted = client.post("/api/v1/courts/", {})
    assert (posted.status_code, posted["Content-Type"]) == (405, "application/problem+json")
    assert posted["Allow"] == "GET, HEAD, OPTIONS"
    page = client.get("/api/v1/courts/", headers={"Accept": "text/html"})
    assert (page.status_code, page["Content-Type"]) == (406, "application/problem+json")


def test_an_answer_is_not_sent_again_to_who_has_it(client: Client) -> None:
    first = client.get("/api/v1/courts/?q=oakland")
    tag = first["ETag"]
    assert tag.startswith('"')  # strong
    again = client.get("/api/v1/courts/?q=oakland", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert client.get("/api/v1/courts/?q=fresno", headers={"If-None-Match": tag}).status_code == 200


def test_a_change_is_seen_at_once_and_changes_the_tag(client: Client, changed_courts: Any) -> None:
    before = client.get("/api/v1/courts/canb/")
    changed_courts("canb", help_desk_phone="415-268-2300")
    after = client.get("/api/v1/courts/canb/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.json()["help_desk"]["phone"] == "415-268-2300"
    changed_courts("canb", help_desk_phone=before.json()["help_desk"]["phone"])


def test_scripts_of_other_sites_may_read(client: Client) -> None:
    read = client.get("/api/v1/courts/canb/", headers={"Origin": "https://firm.example"})
    assert read["Access-Control-Allow-Origin"] == "*"
    refused = client.get("/api/v1/courts/?type=moon", headers={"Origin": "https://firm.example"})
    assert refused["Access-Control-Allow-Origin"] == "*"
    asked = client.options("/api/v1/courts/", headers={"Access-Control-Request-Method": "GET"})
    assert asked.status_code == 204
    assert "GET" in asked["Access-Control-Allow-Methods"]


def test_an_answer_costs_at_most_three_queries_and_none_when_it_lies_ready(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    directory.current()
    with django_assert_max_num_queries(1):  # the version of the reference data, once a second
        client.get("/api/v1/courts/?q=brooklin&page_size=250")
        client.get("/api/v1/courts/?q=brooklin&page_size=250")
        client.get("/api/v1/courts/nysd/")


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "\0",
        "'; DROP TABLE courts_court; --",
        "<script>alert(1)</script>",
        "\u202ebnac",
        "ｃａｎｂ",
        "𝔠𝔞𝔫𝔟",
    ],
)
def test_no_search_text_breaks_the_answer(client: Client, text: str) -> None:
    response = client.get("/api/v1/courts/", {"q": text})
    assert response.status_code == 200
    assert json.loads(response.content)["count"] >= 0


def test_the_root_names_what_there_is(client: Client) -> None:
    for address in ask(client, "/api/v1/").values():
        assert client.get(address.removeprefix("http://testserver")).status_code == 200
