"""Rosters as files, for tests."""

import csv
import io
from collections.abc import Sequence
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

FILER_HEADER = (
    "login,external_id,role,first_name,middle_name,last_name,suffix,bar_number,bar_state,email,phone,password_hash,"
    "last_filed_on,status"
).split(",")
ACCOUNT_HEADER = (
    "account_number,username,kind,opened_on,upgraded_on,first_name,middle_name,last_name,email,password_hash,"
    "search_state,filing_state"
).split(",")
HASH = "$6$abcdefgh$" + "A" * 86
OTHER_HASH = "$6$ijklmnop$" + "B" * 86

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"


def csv_file(rows: Sequence[Sequence[str]], *, encoding: str = "utf-8", end: str = "\n") -> io.BytesIO:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def filers(*rows: dict[str, str]) -> io.BytesIO:
    """A CSV roster of filers; each row names what it doesn't leave blank."""
    return csv_file([FILER_HEADER, *([row.get(name, "") for name in FILER_HEADER] for row in rows)])


def accounts(*rows: dict[str, str]) -> io.BytesIO:
    """A CSV roster of PACER accounts; each row names what it doesn't leave blank."""
    return csv_file([ACCOUNT_HEADER, *([row.get(name, "") for name in ACCOUNT_HEADER] for row in rows)])


def xlsx_file(rows: Sequence[Sequence[str | int]]) -> io.BytesIO:
    """A workbook of one sheet, as small as readers bear it; numbers become number cells."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{_RELATIONSHIPS}"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_WORKBOOK}"/></Types>',
        )
        packed.writestr("_rels/.rels", _relation("officeDocument", "xl/workbook.xml"))
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets><sheet name="Roster" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        packed.writestr("xl/_rels/workbook.xml.rels", _relation("worksheet", "worksheets/sheet1.xml"))
        packed.writestr("xl/worksheets/sheet1.xml", _sheet(rows))
    made.seek(0)
    return made


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_DOCUMENT}/{kind}" '
        f'Target="{target}"/></Relationships>'
    )


def _sheet(rows: Sequence[Sequence[str | int]]) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = [_cell(f"{chr(65 + index)}{number}", value) for index, value in enumerate(row) if value != ""]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cell(where: str, value: str | int) -> str:
    if isinstance(value, int):
        return f'<c r="{where}"><v>{value}</v></c>'
    return f'<c r="{where}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
