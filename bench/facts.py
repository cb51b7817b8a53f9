"""The courts and places of `courts/data/`, read without a database, for the look-up's own tests and figures."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from courts.lookup import CourtFacts, Places, prepare_places

DATA = Path(__file__).resolve().parent.parent / "courts" / "data"


@cache
def read_courts() -> tuple[CourtFacts, ...]:
    """Every court of the CSV files, in their order."""
    offices: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in _rows("court_offices.csv"):
        offices[row["court_id"]].append((row["city"], row["state"], row["zip"]))
    counties: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in _rows("court_counties.csv"):
        counties[row["court_id"]].append((row["state"], row["county"]))
    return tuple(
        CourtFacts(
            court_id=row["court_id"],
            psc_id=row["psc_id"],
            name=row["name"],
            short_name=row["short_name"],
            citation=row["citation"],
            court_type=row["court_type"],
            circuit=row["circuit"],
            state=row["state"],
            city=row["city"],
            cmecf_url=row["cmecf_url"],
            hosted_by=row["court_id"].replace("bap", "ca") if row["court_type"] == "bap" else None,
            offices=tuple(offices[row["court_id"]]),
            counties=tuple(sorted(counties[row["court_id"]])),
        )
        for row in _rows("federal_courts.csv")
    )


@cache
def read_places() -> tuple[Places, bytes]:
    """The gazetteer, as a web process holds it, and the payload that it came from."""
    payload = prepare_places({county for court in read_courts() for county in court.counties})
    return Places.from_bytes(payload), payload


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
