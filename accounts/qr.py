"""QR codes as SVG, drawn by us: no picture file, no style attribute, nothing that the pages' policy forbids."""

from dataclasses import dataclass

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M


@dataclass(frozen=True, slots=True)
class QrPicture:
    """For `<svg viewBox="0 0 {size} {size}"><path d="{path}"/></svg>`; one unit a module, the quiet zone included."""

    size: int
    path: str


def draw(text: str) -> QrPicture:
    """The QR code of `text`. Each run of dark modules in a row is one rectangle."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    rows: list[list[bool]] = code.get_matrix()
    parts: list[str] = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                parts.append(f"M{x} {y}h{end - x}v1h-{end - x}z")
            x = end + 1
    return QrPicture(size=len(rows), path="".join(parts))
