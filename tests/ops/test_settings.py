"""The table of settings and its example are one list."""

import re
from pathlib import Path

from cmecf_portal.settings.env import SCHEME

TOP = Path(__file__).resolve().parent.parent.parent


def test_the_example_lists_every_setting_and_no_other() -> None:
    listed = re.findall(r"^([A-Z_]+)=", (TOP / ".env.example").read_text(), flags=re.MULTILINE)
    assert sorted(listed) == sorted(SCHEME)


def test_lock_files_name_no_host() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "package-lock.json"):
        text = (TOP / name).read_text()
        assert "://" not in re.sub(r'"(url|funding)": "[^"]*"', "", text), name


def test_every_requirement_has_its_hash() -> None:
    text = (TOP / "requirements.txt").read_text()
    pinned = re.findall(r"^[a-z0-9][^ ]*==", text, flags=re.MULTILINE)
    assert len(pinned) > 30
    assert len(re.findall(r"^[a-z0-9][^\n]*\\\n    --hash=sha256:", text, flags=re.MULTILINE)) == len(pinned)
