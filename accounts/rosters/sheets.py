"""Files into rows of cells: CSV as programs and spreadsheets write it, and XLSX. Knows no accounts, no database."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from accounts.rosters.faults import BadRoster, Fault

type Row = tuple[int, list[str]]  # line in the file, from 1; cells

XLSX_MAGIC = b"PK\x03\x04"
MOST_UNPACKED = 250 * 1024 * 1024  # bytes: a roster of a quarter of a million rows; larger ones come as CSV
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_sheet(file: BinaryIO) -> Iterator[Row]:
    """The rows of a CSV or XLSX file, header first, blank ones left out. Raises BadRoster.

    CSV may be UTF-8 with or without a byte order mark, or UTF-16; with any line ends; separated by commas,
    semicolons or tabs. Bytes that are no text arrive as lone surrogates, for the caller to point at.
    """
    start = file.read(4)
    file.seek(0)
    if start == XLSX_MAGIC:
        return _read_xlsx(file)
    return _read_csv(file, encoding="utf-16" if start[:2] in UTF16_MARKS else "utf-8-sig")


def _read_csv(file: BinaryIO, *, encoding: str) -> Iterator[Row]:
    text = io.TextIOWrapper(file, encoding=encoding, errors="surrogateescape", newline="")
    first = text.readline()
    reader = csv.reader(chain([first], text), delimiter=_separator(first), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell and not cell.isspace() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadRoster([Fault(line, 1, _("this row can’t be read: %(why)s") % {"why": error})]) from None


def _separator(header: str) -> str:
    return max(",;\t", key=header.count) if header else ","


def _read_xlsx(file: BinaryIO) -> Iterator[Row]:
    try:
        with ZipFile(file) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MOST_UNPACKED:
            raise BadRoster([Fault(1, 1, _("this workbook is too large; save the sheet as CSV"))])
        file.seek(0)
        workbook = CalamineWorkbook.from_filelike(file)
        rows = workbook.get_sheet_by_index(0).iter_rows()
        for line, values in enumerate(rows, 1):
            cells = [_as_text(value) for value in values]
            if any(cells):
                yield line, cells
    except (BadZipFile, CalamineError, IndexError):
        raise BadRoster([Fault(1, 1, _("this workbook can’t be read; save the sheet as CSV"))]) from None


def _as_text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
