"""Each constraint of the reference data, with a row that it must refuse."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from courts.models import County, Court, CourtType, GoLiveBasis, Notice, ReferenceState
from tests.factories import CourtFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2021, 2, 12, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("court_known_type", {"court_type": "moon"}),
        ("court_dated_has_date", {"nextgen_go_live": None}),
        ("court_dated_has_date", {"go_live_basis": GoLiveBasis.LIVE_DAY_UNKNOWN}),
        ("court_dated_has_date", {"go_live_basis": "sometime", "nextgen_go_live": None}),
        ("court_dark_has_both_ends", {"dark_from": NOON}),
        ("court_dark_has_both_ends", {"dark_until": NOON}),
        ("court_dark_has_both_ends", {"dark_from": NOON, "dark_until": NOON}),
        ("court_not_own_host", {"hosted_by_id": "canb"}),
        ("court_undo_within_a_week", {"undo_hours": 169}),
    ],
)
def test_a_court_that_contradicts_itself_is_refused(constraint: str, fields: dict[str, Any]) -> None:
    CourtFactory.create()  # so that the refusal has one cause
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Court.objects.filter(pk="canb").update(**fields)


def test_a_court_with_a_dark_period_and_a_host_is_accepted() -> None:
    CourtFactory.create(court_id="ca9", court_type=CourtType.APPELLATE, nextgen_go_live=date(2021, 2, 16))
    CourtFactory.create(
        court_id="bap9", court_type=CourtType.BAP, hosted_by_id="ca9", dark_from=NOON, dark_until=NOON + timedelta(1)
    )


def test_two_courts_never_share_a_psc_id() -> None:
    CourtFactory.create(psc_id="CANBK")
    with pytest.raises(IntegrityError), transaction.atomic():
        CourtFactory.create(court_id="cand", psc_id="CANBK")


def test_a_county_stands_once_at_a_court() -> None:
    court = CourtFactory.create()
    County.objects.create(court=court, state="CA", name="Alameda")
    County.objects.create(court=court, state="NV", name="Alameda")
    with pytest.raises(IntegrityError), transaction.atomic():
        County.objects.create(court=court, state="CA", name="Alameda")


def test_a_notice_ends_after_it_begins() -> None:
    court = CourtFactory.create()
    Notice.objects.create(court=court, title="Closed", text="…", shown_from=NOON, shown_until=None)
    with pytest.raises(IntegrityError, match="notice_ends_later"), transaction.atomic():
        Notice.objects.create(court=court, title="Closed", text="…", shown_from=NOON, shown_until=NOON)


def test_there_is_one_state_of_the_reference_data() -> None:
    ReferenceState.objects.get_or_create(pk=1)
    with pytest.raises(IntegrityError, match="reference_state_one_row"), transaction.atomic():
        ReferenceState.objects.create(pk=2)
