"""What every template must keep to: no inline script or style, and documented parts."""

import gzip
import re
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted((TOP / "templates").rglob("*.html"))
MAIL = TOP / "templates" / "mail"
LARGEST_STYLE_SHEET = 30_000  # bytes, gzipped


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 30


@pytest.mark.parametrize("path", [p for p in TEMPLATES if MAIL not in p.parents], ids=lambda p: p.name)
def test_a_page_has_no_inline_script_style_or_handler(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("path", sorted((TOP / "templates/partials").glob("*.html")), ids=lambda p: p.name)
def test_a_part_says_what_it_needs(path: Path) -> None:
    assert re.match(r"(\{% load [^%]*%\}\s*)?(\{#|\{% comment %\})", path.read_text())


def test_the_style_sheet_stays_small() -> None:
    sheet = (TOP / "static/build/portal.css").read_bytes()
    assert len(gzip.compress(sheet, 9)) < LARGEST_STYLE_SHEET


def test_no_style_sheet_asks_another_host() -> None:
    for name in ("portal.css", "admin.css"):
        sheet = (TOP / "static/build" / name).read_text()
        assert not re.search(r"url\([\"']?(https?:)?//", sheet)
        assert "@import" not in sheet
