"""The selection as CSV and JSON, and PACER's data.json, on the real courts."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from courts.representation import CSV_COLUMNS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_courts")]


def rows(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_page_csv_json_and_api_give_the_same_courts_in_the_same_order(client: Client) -> None:
    query = "q=oakland&type=bankruptcy"
    listed = [row["court_id"] for row in rows(client, f"/courts.csv?{query}")]
    assert listed[0] == "canb"
    for address in (f"/courts.json?{query}", f"/api/v1/courts/?{query}"):
        assert [court["court_id"] for court in client.get(address).json()["results"]] == listed


def test_csv_and_json_hold_every_court_without_pages(client: Client) -> None:
    assert len(rows(client, "/courts.csv")) == 209
    answer = client.get("/courts.json").json()
    assert (answer["count"], answer["next"], len(answer["results"])) == (209, None, 209)


def test_an_empty_selection_still_names_the_columns(client: Client) -> None:
    content = client.get("/courts.csv?q=xqzv").content.decode("utf-8-sig")
    assert content.strip() == ",".join(CSV_COLUMNS)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t"])
def test_no_cell_passes_for_a_formula(client: Client, changed_courts: Any, begins: str) -> None:
    changed_courts("canb", emergency_contact=f"{begins}HYPERLINK(1)")
    row = next(row for row in rows(client, "/courts.csv?q=canb") if row["court_id"] == "canb")
    changed_courts("canb", emergency_contact="")
    assert row["emergency_contact"] == f"'{begins}HYPERLINK(1)"


@pytest.mark.parametrize("address", ["/courts.csv", "/courts.json", "/courts/go-live.ics"])
def test_filters_that_cannot_be_used_are_told_in_plain_sentences(client: Client, address: str) -> None:
    response = client.get(f"{address}?type=moon&as_of=2021-02-15")
    assert (response.status_code, response["Content-Type"]) == (400, "text/plain")
    assert "There is no type “moon”." in response.content.decode()
    assert "The offset from UTC is missing." in response.content.decode()


def test_nothing_can_be_written_there(client: Client) -> None:
    assert client.post("/courts.csv").status_code == 405


def test_pacers_feed_has_the_courts_with_a_psc_id_in_pacers_words(client: Client) -> None:
    feed = client.get("/file-case/court-cmecf-lookup/data.json").json()
    assert set(feed) == {"meta", "data"}
    courts = {row["court_id"]: row for row in feed["data"]}
    assert len(courts) == len(feed["data"]) == 207
    assert {row["type"] for row in feed["data"]} == {"District", "Bankruptcy", "Appeals", "National"}
    canb = courts["CANBK"]
    assert canb["login_url"] == "https://ecf.canb.uscourts.gov"
    assert canb["circuit"] == "09"
    assert {"name": "Alameda", "state": "CA"} in canb["counties"]
    assert canb["software_version"].startswith("NextGen CM/ECF Release 1.")
    assert courts["09BAP"]["type"] == courts["CAFC"]["type"] == "Appeals"
    assert courts["CAFC"]["circuit"] == "FC"
    assert all(value for row in feed["data"] for value in row.values())


def test_pacers_feed_tells_the_first_cmecf_and_not_nextgen(client: Client) -> None:
    feed = client.get("/file-case/court-cmecf-lookup/data.json").json()
    stated = client.get("/api/v1/courts/canb/").json()
    canb = next(row for row in feed["data"] if row["court_id"] == "CANBK")
    assert canb["go_live_date"] != stated["nextgen_go_live"]
    assert canb["go_live_date"].endswith(("2003", "2004", "2005"))
    assert client.get("/file-case/court-cmecf-lookup/data.json")["Access-Control-Allow-Origin"] == "*"
