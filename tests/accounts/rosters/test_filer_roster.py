"""A court's roster: what is new, changed and closed, and what a roster never touches."""

from typing import BinaryIO

import pytest

from accounts.models import FilerAccount, RosterKind, RosterLoad, StagedFiler
from accounts.rosters import held
from accounts.rosters.base import Comparison
from accounts.rosters.faults import BadRoster, RosterBusy, TooManyClosed
from accounts.rosters.loads import apply_load, discard, stage
from courts.models import Court
from events.models import Event
from events.record import system
from tests.accounts.rosters.sheets import FILER_HEADER, HASH, OTHER_HASH, csv_file, filers, xlsx_file
from tests.factories import CourtFactory, FilerAccountFactory

pytestmark = pytest.mark.django_db(transaction=True)
JROE = {"login": "jroe", "external_id": "E1", "first_name": "Jane", "last_name": "Roe", "password_hash": HASH}


@pytest.fixture
def canb() -> Court:
    return CourtFactory.create()


def staged(file: BinaryIO, court: Court, *, close_missing: bool = False) -> RosterLoad:
    return stage(
        file,
        name="roster.csv",
        kind=RosterKind.FILERS,
        court=court,
        actor=system("test"),
        close_missing=close_missing,
    )


def load(file: BinaryIO, court: Court, *, close_missing: bool = False, yes: bool = False) -> Comparison:
    return apply_load(staged(file, court, close_missing=close_missing), closing_is_meant=yes)


def refused(file: BinaryIO, court: Court) -> list[str]:
    with pytest.raises(BadRoster) as bad:
        load(file, court)
    assert RosterLoad.objects.count() == 0
    assert StagedFiler.objects.count() == 0
    return [f"{fault.line}:{fault.column}: {fault.sentence}" for fault in bad.value.faults]


def test_a_dry_run_changes_nothing_and_leaves_nothing(canb: Court) -> None:
    dry = staged(filers(JROE), canb)
    assert dry.counts["new"] == 1
    discard(dry)
    assert not FilerAccount.objects.exists()
    assert not StagedFiler.objects.exists()


def test_new_filers_come_in_with_what_the_roster_says(canb: Court) -> None:
    done = load(filers({**JROE, "role": "Trustee", "last_filed_on": "2/3/2020", "bar_state": "ca"}), canb)
    filer = FilerAccount.objects.get()
    assert (done.new, filer.court, filer.login, filer.login_key) == (1, canb, "jroe", "jroe")
    assert (filer.role, filer.status, filer.bar_state, filer.password) == ("trustee", "active", "CA", HASH)
    assert f"{filer.last_filed_on}" == "2020-02-03"
    event = Event.objects.get(type="filer.roster_loaded")
    assert (event.court_id, event.facts["new"]) == ("canb", 1)
    assert not StagedFiler.objects.exists(), "hashes stay where they are used only"


def test_the_same_roster_again_changes_nothing(canb: Court) -> None:
    load(filers(JROE), canb)
    before = FilerAccount.objects.values().get()
    done = load(filers(JROE), canb)
    assert (done.new, done.changed, done.same) == (0, 0, 1)
    assert FilerAccount.objects.values().get() == before


def test_a_filer_is_known_by_number_even_under_another_login(canb: Court) -> None:
    load(filers(JROE), canb)
    done = load(filers({**JROE, "login": "Jane.Roe"}), canb)
    filer = FilerAccount.objects.get()
    assert (done.changed, done.fields, filer.login, filer.login_key) == (1, {"login": 1}, "Jane.Roe", "jane.roe")
    assert filer.identity_version == 2
    assert Event.objects.get(type="filer.loaded").facts["fields"] == ["login"]


def test_a_filer_without_a_number_is_known_by_login_in_any_case_and_gets_the_number(canb: Court) -> None:
    load(filers({**JROE, "external_id": ""}), canb)
    done = load(filers({**JROE, "login": "JROE"}), canb)
    assert (done.new, done.changed) == (0, 1)
    assert FilerAccount.objects.get().external_id == "E1"


def test_logins_may_change_hands_in_one_roster(canb: Court) -> None:
    load(filers(JROE, {"login": "bking", "external_id": "E2"}), canb)
    load(filers({**JROE, "login": "bking"}, {"login": "jroe", "external_id": "E2"}), canb)
    assert dict(FilerAccount.objects.values_list("external_id", "login_key")) == {"E1": "bking", "E2": "jroe"}


def test_blank_and_missing_columns_keep_the_password_number_role_and_state(canb: Court) -> None:
    load(filers({**JROE, "role": "trustee", "status": "suspended", "phone": "415-555-0100"}), canb)
    load(filers({"login": "jroe", "first_name": "Jane", "last_name": "Roe-Doe"}), canb)
    filer = FilerAccount.objects.get()
    assert (filer.last_name, filer.phone) == ("Roe-Doe", "")
    assert (filer.password, filer.external_id, filer.role, filer.status) == (HASH, "E1", "trustee", "suspended")
    load(csv_file([["login", "last_name"], ["jroe", "Roe"]]), canb)
    filer.refresh_from_db()
    assert (filer.first_name, filer.last_name) == ("Jane", "Roe")


def test_a_password_changes_only_if_the_court_has_changed_it(canb: Court) -> None:
    load(filers(JROE), canb)
    FilerAccount.objects.update(password="argon2$our-own-re-hash")
    assert load(filers(JROE), canb).changed == 0
    assert FilerAccount.objects.get().password == "argon2$our-own-re-hash"
    assert load(filers({**JROE, "password_hash": OTHER_HASH}), canb).fields == {"password_hash": 1}
    filer = FilerAccount.objects.get()
    assert (filer.password, filer.password_version) == (OTHER_HASH, 2)


def test_a_linked_filers_password_and_role_are_reported_and_kept(canb: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    load(filers(JROE), canb)
    monkeypatch.setattr(held, "_sources", [lambda: FilerAccount.objects.filter(login="jroe").values("pk")])
    done = load(filers({**JROE, "role": "trustee", "password_hash": OTHER_HASH, "phone": "1"}), canb)
    filer = FilerAccount.objects.get()
    assert (done.held, done.fields) == (1, {"phone": 1})
    assert (filer.role, filer.password, filer.phone) == ("attorney", HASH, "1")


def test_absence_closes_nobody_unless_asked_to(canb: Court) -> None:
    FilerAccountFactory.create_batch(100, court=canb)
    load(filers(JROE), canb)
    assert FilerAccount.objects.filter(status="closed").count() == 0
    rest = [{"login": login} for login in FilerAccount.objects.values_list("login", flat=True)[2:]]
    done = load(filers(*rest), canb, close_missing=True)
    assert (done.missing, done.closing, done.open_before) == (2, 2, 101)
    assert FilerAccount.objects.filter(status="closed").count() == 2
    assert Event.objects.filter(type="filer.state_changed").count() == 2


def test_more_than_two_of_a_hundred_are_closed_only_when_meant(canb: Court) -> None:
    FilerAccountFactory.create_batch(100, court=canb)
    rest = [{"login": login} for login in FilerAccount.objects.values_list("login", flat=True)[3:]]
    with pytest.raises(TooManyClosed) as many:
        load(filers(*rest), canb, close_missing=True)
    assert (many.value.closing, many.value.of) == (3, 100)
    assert FilerAccount.objects.filter(status="closed").count() == 0
    load(filers(*rest), canb, close_missing=True, yes=True)
    assert FilerAccount.objects.filter(status="closed").count() == 3


def test_another_courts_filers_are_neither_matched_nor_closed(canb: Court) -> None:
    other = FilerAccountFactory.create(court=CourtFactory.create(court_id="cand"), login="jroe", external_id="E1")
    done = load(filers(JROE), canb, close_missing=True)
    other.refresh_from_db()
    assert (done.new, other.first_name, other.status) == (1, "Jane", "active")


def test_two_rows_for_one_login_name_each_other(canb: Court) -> None:
    found = refused(filers(JROE, {"login": "JROE "}), canb)
    assert found == ["3:1: the login JROE is in line 2 too"]


def test_two_rows_for_one_number_name_each_other(canb: Court) -> None:
    found = refused(filers(JROE, {"login": "bking", "external_id": "E1"}), canb)
    assert found == ["3:2: this external_id is in line 2 too"]


def test_a_login_that_another_filer_keeps_names_that_filer(canb: Court) -> None:
    load(filers(JROE), canb)
    RosterLoad.objects.all().delete()
    found = refused(filers({"login": "jroe", "external_id": "E9"}), canb)
    assert found == ["2:1: the login jroe belongs to another filer account: Jane Roe, external_id E1"]


def test_a_workbook_is_read_like_a_csv_file(canb: Court) -> None:
    load(xlsx_file([FILER_HEADER, ["jroe", 17, "", "José", "", "Roe", "", 213804]]), canb)
    filer = FilerAccount.objects.get()
    assert (filer.external_id, filer.first_name, filer.bar_number) == ("17", "José", "213804")


def test_while_one_roster_is_applied_another_one_waits(canb: Court) -> None:
    first, second = staged(filers(JROE), canb), staged(filers(JROE), canb)
    from_now = RosterLoad.objects.filter(pk=first.pk)
    from_now.update(state="applying", leased_until="2100-01-01T00:00:00Z")
    with pytest.raises(RosterBusy):
        apply_load(second)
    from_now.update(leased_until="2020-01-01T00:00:00Z")  # its process has died
    assert apply_load(second).new == 1


def test_the_second_of_two_rosters_sees_what_the_first_has_done(canb: Court) -> None:
    first, second = staged(filers(JROE), canb), staged(filers({**JROE, "phone": "1"}), canb)
    assert second.counts["new"] == 1
    apply_load(first)
    assert (apply_load(second).new, FilerAccount.objects.get().phone) == (0, "1")
