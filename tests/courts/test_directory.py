"""The directory that a process holds: what renews it, what it keeps, and that a rolled-back change leaves no trace."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from courts import directory
from courts.directory import bump_version, current
from courts.kinds import CourtStatus
from courts.models import Court
from tests.factories import CourtFactory


@pytest.mark.django_db
def test_a_change_is_seen_at_once_in_the_process_that_made_it() -> None:
    CourtFactory.create()
    assert current().by_id["canb"].city == "San Francisco"
    Court.objects.update(city="Oakland")
    bump_version()
    assert current().by_id["canb"].city == "Oakland"


@pytest.mark.django_db
def test_a_change_of_another_process_is_seen_when_the_second_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    CourtFactory.create()
    bump_version()
    before = current()
    looked_at = directory._looked_at
    Court.objects.update(city="Oakland")
    bump_version()
    monkeypatch.setattr(directory, "_looked_at", looked_at)  # as in a process that did not make the change
    assert current() is before
    monkeypatch.setattr(directory, "_looked_at", looked_at - directory.LOOK_EVERY)
    assert current().by_id["canb"].city == "Oakland"


@pytest.mark.django_db
def test_between_changes_it_costs_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    CourtFactory.create()
    current()
    with django_assert_num_queries(0):
        assert current() is current()


@pytest.mark.django_db
def test_the_index_is_kept_when_only_dates_and_contacts_change() -> None:
    CourtFactory.create()
    bump_version()
    before = current()
    Court.objects.update(nextgen_go_live=date(2021, 3, 1), help_desk_phone="415-268-2300")
    bump_version()
    assert current() is not before
    assert current().index is before.index
    Court.objects.update(short_name="Northern California Bankruptcy")
    bump_version()
    assert current().index is not before.index


@pytest.mark.django_db(transaction=True)
def test_what_was_read_inside_a_transaction_that_failed_is_not_kept() -> None:
    CourtFactory.create()
    bump_version()
    with transaction.atomic():
        Court.objects.update(city="Oakland")
        bump_version()
        assert current().by_id["canb"].city == "Oakland"
        transaction.set_rollback(True)
    bump_version()
    assert current().by_id["canb"].city == "San Francisco"


@pytest.mark.django_db
def test_a_segment_of_time_ends_where_a_status_changes() -> None:
    begins = datetime(2021, 2, 12, 20, 0, tzinfo=UTC)
    CourtFactory.create(dark_from=begins, dark_until=begins + timedelta(days=3))
    known = current()
    assert known.segment(begins - timedelta(seconds=1)) < known.segment(begins)
    assert known.segment(begins) == known.segment(begins + timedelta(days=2))
    go_live = known.by_id["canb"].go_live_at
    assert go_live is not None
    assert known.next_change(begins + timedelta(days=3)) == go_live
    assert known.next_change(go_live) is None


@pytest.mark.django_db
def test_a_panel_takes_its_dates_from_its_circuit_in_its_own_zone() -> None:
    begins = datetime(2021, 2, 12, 20, 0, tzinfo=UTC)
    CourtFactory.create(
        court_id="ca9", court_type="appellate", dark_from=begins, dark_until=begins + timedelta(hours=1)
    )
    CourtFactory.create(court_id="bap9", court_type="bap", hosted_by_id="ca9", nextgen_go_live=date(2001, 1, 1))
    panel = current().by_id["bap9"]
    assert panel.nextgen_go_live == date(2021, 2, 16)
    assert panel.status(begins) == CourtStatus.DARK
    assert panel.dark_from is not None
    assert panel.dark_from.isoformat() == "2021-02-12T12:00:00-08:00"
    assert [entry.court_id for entry in current().hosted["ca9"]] == ["bap9"]
