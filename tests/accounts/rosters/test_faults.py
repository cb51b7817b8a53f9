"""Every fault of a file is named by line and column, whatever programs and people put into it."""

import io
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rosters.columns import ACCOUNT_COLUMNS, FILER_COLUMNS
from accounts.rosters.faults import BadRoster
from accounts.rosters.rows import ValueRow, read_header, read_rows
from accounts.rosters.sheets import read_sheet
from tests.accounts.rosters.sheets import FILER_HEADER, HASH, accounts, csv_file, filers


def read(file: BinaryIO, columns: tuple = FILER_COLUMNS) -> list[ValueRow]:  # type: ignore[type-arg]
    rows = read_sheet(file)
    return list(read_rows(rows, read_header(rows, columns)))


def faults(file: BinaryIO, columns: tuple = FILER_COLUMNS) -> list[tuple[int, int, str]]:  # type: ignore[type-arg]
    with pytest.raises(BadRoster) as bad:
        read(file, columns)
    return [(fault.line, fault.column, fault.sentence) for fault in bad.value.faults]


@pytest.mark.parametrize(
    ("encoding", "end"), [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("utf-8", "\r"), ("utf-16", "\r\n")]
)
def test_files_of_all_systems_read_the_same(encoding: str, end: str) -> None:
    [row] = read(csv_file([["login", "last_name"], ["ébert", "Ébert, Jr."]], encoding=encoding, end=end))
    assert (row.line, row.values) == (2, {"login": "ébert", "last_name": "Ébert, Jr."})


@pytest.mark.parametrize("separator", [";", "\t"])
def test_semicolons_and_tabs_separate_too(separator: str) -> None:
    [row] = read(io.BytesIO(f"login{separator}last_name\njroe{separator}Roe\n".encode()))
    assert row.values["last_name"] == "Roe"


def test_all_faults_are_named_at_once() -> None:
    bad = filers(
        {"login": "", "last_name": "Roe"},
        {"login": "a", "role": "judge", "email": "nobody"},
        {"login": "b", "last_filed_on": "2020-02-30", "status": "gone", "bar_state": "Cal"},
        {"login": "c", "password_hash": "hunter2"},
    )
    found = faults(bad)
    assert [(line, column) for line, column, _sentence in found] == [
        (2, 1),
        (3, 3),
        (3, 10),
        (4, 9),
        (4, 13),
        (4, 14),
        (5, 12),
    ]
    assert found[0][2] == "login is missing"
    assert "hunter2" not in found[-1][2], "what may be a password is not repeated"


@pytest.mark.parametrize("cell", ["a\0b", "a\x1bb", "a\u2028b"])
def test_control_characters_are_named(cell: str) -> None:
    assert [(line, column) for line, column, _s in faults(filers({"login": "x", "first_name": cell}))] == [(2, 4)]


def test_bytes_that_are_no_utf8_are_pointed_at() -> None:
    [(line, column, sentence)] = faults(io.BytesIO("login,last_name\njroe,Müller\n".encode("cp1252")))
    assert (line, column, "UTF-8" in sentence) == (2, 2, True)


def test_an_open_quote_is_named_where_it_begins() -> None:
    assert faults(io.BytesIO(b'login,last_name\njroe,"Roe\nbking,King\n'))[0][:2] == (2, 1)


def test_rows_of_the_wrong_length_are_named() -> None:
    found = faults(io.BytesIO(b"login,last_name\njroe\nbking,King,Jr.\n"))
    assert [(line, column) for line, column, _s in found] == [(2, 2), (3, 3)]


def test_lines_count_as_an_editor_counts_them() -> None:
    found = faults(io.BytesIO(b'login,last_name\n\njroe,"Roe"\nbking,"Ki\nng"\nccc\n'))
    assert [(line, column) for line, column, _s in found] == [(4, 2), (6, 2)]


def test_the_header_names_what_is_unknown_double_or_missing() -> None:
    found = faults(csv_file([["role", "role", "shoe_size"]]))
    assert [(line, column) for line, column, _s in found] == [(1, 2), (1, 3), (1, 4)]


def test_an_empty_file_lacks_its_header() -> None:
    assert faults(io.BytesIO(b""))[0][:2] == (1, 1)


def test_a_file_that_is_no_workbook_is_refused() -> None:
    assert faults(io.BytesIO(b"PK\x03\x04 not really"))[0][:2] == (1, 1)


def test_names_of_300_letters_fit_and_longer_ones_are_named() -> None:
    [row] = read(filers({"login": "x", "last_name": "N" * 300}))
    assert row.values["last_name"] == "N" * 300
    assert faults(filers({"login": "x", "last_name": "N" * 301}))[0][:2] == (2, 6)


def test_a_one_word_name_and_a_formula_are_names_like_others() -> None:
    [row] = read(filers({"login": "=2+2", "last_name": '=HYPERLINK("http://evil.example")'}))
    assert (row.values["login"], row.values["first_name"]) == ("=2+2", "")
    assert row.values["last_name"] == '=HYPERLINK("http://evil.example")'


def test_account_numbers_have_seven_digits_and_upgrades_come_after_opening() -> None:
    row = {"account_number": "7000001", "username": "x", "opened_on": "2009-01-01"}
    assert read(accounts({**row, "password_hash": HASH}), ACCOUNT_COLUMNS)
    assert faults(accounts({**row, "account_number": "12"}), ACCOUNT_COLUMNS)[0][:2] == (2, 1)
    assert faults(accounts({**row, "upgraded_on": "2008-01-01"}), ACCOUNT_COLUMNS)[0][:2] == (2, 5)


@given(cells=st.lists(st.text(max_size=20), min_size=14, max_size=14))
def test_whatever_stands_in_a_row_it_is_read_or_named(cells: list[str]) -> None:
    try:
        for row in read(csv_file([FILER_HEADER, cells], encoding="utf-8")):
            assert row.values["login"]
    except (BadRoster, UnicodeEncodeError):
        pass
