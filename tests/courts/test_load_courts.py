"""`load_courts`: what it reports, what it keeps, and every fault by file, line and column."""

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from courts.models import Court, Office, ReferenceState
from courts.reference import COURT_COLUMNS, DATA, LARGEST_FILE
from events.models import Event

pytestmark = pytest.mark.django_db(transaction=True)

CANB = {
    "court_id": "canb",
    "psc_id": "CANBK",
    "name": "United States Bankruptcy Court for the Northern District of California",
    "short_name": "Northern California Bankruptcy",
    "citation": "Bankr. N.D. Cal.",
    "court_type": "bankruptcy",
    "circuit": "9",
    "state": "CA",
    "city": "San Francisco",
    "time_zone": "America/Los_Angeles",
    "cmecf_url": "https://ecf.canb.uscourts.gov",
    "nextgen_go_live": "2021-02-16",
    "help_desk_phone": "888-821-7606",
}
type Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A file of courts: one row for each set of changes to `canb`."""

    def make(*rows: dict[str, str], encoding: str = "utf-8", end: str = "\n") -> Path:
        lines = StringIO(newline="")
        writer = csv.DictWriter(lines, COURT_COLUMNS, restval="", lineterminator=end)
        writer.writeheader()
        for row in rows:
            writer.writerow({**CANB, **row})
        path = tmp_path / "courts.csv"
        path.write_bytes(lines.getvalue().encode(encoding))
        return path

    return make


def load(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("load_courts", str(path), *options, stdout=out)
    return out.getvalue()


def refused(path: Path) -> str:
    faults = StringIO()
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("load_courts", str(path), stdout=StringIO(), stderr=faults)
    assert not Court.objects.exists()
    return faults.getvalue()


def test_a_second_load_of_the_same_file_changes_nothing(write: Write) -> None:
    path = write({})
    assert "added: 1 courts" in load(path)
    before = ReferenceState.objects.get().version
    report = load(path)
    assert "added: 0" in report
    assert "unchanged: 1 courts" in report
    assert ReferenceState.objects.get().version == before


def test_a_changed_cell_is_reported_and_recorded(write: Write) -> None:
    load(write({}))
    assert "changed: 1 courts" in load(write({"city": "Oakland"}))
    assert Court.objects.get().city == "Oakland"
    assert Event.objects.filter(type="court.changed", court_id="canb").latest("pk").facts == {"fields": ["city"]}


def test_what_a_clerk_has_set_is_kept_until_told_otherwise(write: Write) -> None:
    load(write({}))
    Court.objects.update(help_desk_phone="415-268-2300", set_by_clerk=["help_desk_phone"])
    report = load(write({"help_desk_phone": "800-000-0000", "city": "Oakland"}))
    assert "canb: help_desk_phone is kept" in report
    assert Court.objects.get().help_desk_phone == "415-268-2300"
    assert Court.objects.get().city == "Oakland"
    load(write({"help_desk_phone": "800-000-0000"}), "--overwrite")
    assert Court.objects.get().help_desk_phone == "800-000-0000"


def test_a_blank_go_live_means_live_on_an_unknown_day(write: Write) -> None:
    load(write({"nextgen_go_live": ""}))
    court = Court.objects.get()
    assert (court.go_live_basis, court.nextgen_go_live) == ("live_day_unknown", None)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_files_of_any_system_are_read(write: Write, end: str, encoding: str) -> None:
    load(write({}, encoding=encoding, end=end))
    assert Court.objects.get().nextgen_go_live == date(2021, 2, 16)


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("time_zone", "America/Oakland", "is no IANA time zone"),
        ("nextgen_go_live", "2021-02-30", "is no day"),
        ("nextgen_go_live", "16/02/2021", "is no day"),
        ("court_type", "moon", "is none of"),
        ("circuit", "14", "is no circuit"),
        ("state", "XX", "is no code"),
        ("cmecf_url", "javascript:alert(1)", "is no web address"),
        ("help_desk_email", "nobody", "is no email address"),
        ("pdf_limit_mb", "many", "is no number"),
        ("name", "", "is empty"),
        ("short_name", "x" * 101, "characters; 100 fit"),
        ("court_id", "CANB", "is no court ID"),
    ],
)
def test_a_wrong_cell_is_named_by_file_line_and_column(write: Write, column: str, value: str, sentence: str) -> None:
    place = COURT_COLUMNS.index(column) + 1
    faults = refused(write({"court_id": "cand", "psc_id": ""}, {column: value}))
    assert f"courts.csv:3:{place}: " in faults
    assert sentence in faults


@pytest.mark.parametrize("column", ["court_id", "psc_id"])
def test_an_id_that_is_there_twice_is_named_with_its_first_line(write: Write, column: str) -> None:
    other = {"court_id": "cand", "psc_id": "CANDC"} | {column: CANB[column]}
    place = COURT_COLUMNS.index(column) + 1
    assert f"courts.csv:3:{place}: “{CANB[column]}” is there already, in line 2" in refused(write({}, other))


def test_a_row_with_a_cell_too_many_is_named(write: Write) -> None:
    path = write({})
    path.write_text(path.read_text().rstrip("\n") + ",more\n")
    assert f"courts.csv:2:{len(COURT_COLUMNS) + 1}: " in refused(path)


def test_every_fault_is_named_at_once(write: Write) -> None:
    faults = refused(write({"state": "XX", "time_zone": "Moon/Base"}, {"court_id": "cand", "circuit": "99"}))
    assert len(faults.splitlines()) == 4  # and the psc_id that is there twice


def test_other_columns_than_ours_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "courts.csv"
    path.write_text("court_id,name\ncanb,Northern California\n")
    assert "courts.csv:1:1: the first line must name the columns" in refused(path)


def test_bytes_that_are_no_text_are_named_by_line(write: Write) -> None:
    path = write({})
    path.write_bytes(path.read_bytes() + b"\xff\xfe\n")
    assert "courts.csv:3:1: is not UTF-8 here" in refused(path)


def test_a_nul_character_is_named_by_line(write: Write) -> None:
    path = write({})
    path.write_bytes(path.read_bytes() + b"\0\n")
    assert "courts.csv:3:1: holds a NUL character" in refused(path)


def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "courts.csv"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert f"more than {LARGEST_FILE:,} are not read" in refused(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "nowhere.csv:1:1: can't be read" in refused(tmp_path / "nowhere.csv")


def test_a_panel_belongs_to_the_circuit_with_its_address(write: Write) -> None:
    address = "https://ecf.ca9.uscourts.gov"
    circuit = {"court_id": "ca9", "psc_id": "09CA", "court_type": "appellate", "cmecf_url": address}
    panel = {"court_id": "bap9", "psc_id": "09BAP", "court_type": "bap", "cmecf_url": address}
    load(write(panel, circuit))
    assert Court.objects.get(pk="bap9").hosted_by_id == "ca9"


def test_a_panel_whose_circuit_is_unknown_is_refused(write: Write) -> None:
    assert "a panel uses its circuit's" in refused(write({"court_type": "bap"}))


def test_two_courts_may_swap_their_psc_ids(write: Write) -> None:
    load(write({}, {"court_id": "cand", "psc_id": "CANDC"}))
    load(write({"psc_id": "CANDC"}, {"court_id": "cand", "psc_id": "CANBK"}))
    assert Court.objects.get(pk="canb").psc_id == "CANDC"


def test_a_psc_id_of_a_court_that_the_file_does_not_name_is_refused(write: Write) -> None:
    load(write({}))
    faults = StringIO()
    with pytest.raises(CommandError):
        call_command("load_courts", str(write({"court_id": "cand"})), stdout=StringIO(), stderr=faults)
    assert "“CANBK” is the id of canb" in faults.getvalue()


def test_offices_of_an_unknown_court_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "offices.csv"
    path.write_text("court_id,office,address,city,state,zip,hours,phone,email\nzzzb,Main,,,,,,,\n")
    assert "offices.csv:2:1: there is no court “zzzb”" in refused(path)


def test_the_courts_that_come_along_load_whole_and_twice() -> None:
    out = StringIO()
    call_command("load_courts", stdout=out)
    assert "209 courts" in out.getvalue()
    hosted = dict(Court.objects.exclude(hosted_by=None).values_list("pk", "hosted_by"))
    assert hosted == {"bap1": "ca1", "bap6": "ca6", "bap8": "ca8", "bap9": "ca9", "bap10": "ca10"}
    assert Court.objects.exclude(psc_id=None).count() == 207
    assert Court.objects.filter(go_live_basis="dated").count() == 135
    assert not Office.objects.filter(phone__contains="<").exists()
    state = ReferenceState.objects.get()
    assert state.compiled_on == date(2026, 11, 23)
    assert set(state.loaded_files) == {path.name for path in DATA.glob("*.csv")}
    again = StringIO()
    call_command("load_courts", stdout=again)
    assert "added: 0\nchanged: 0\n" in again.getvalue()
