"""What `make run` says when something is missing: one sentence, no traceback."""

import os
import socket
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from scripts.environment import CannotStart, ensure_env
from scripts.serve import check_port
from scripts.services import free_port

TOP = Path(__file__).resolve().parent.parent.parent


def run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=TOP, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60, check=False
    )


def old_python(folder: Path) -> Path:
    """An interpreter that is too old, as far as the launcher can tell."""
    path = folder / "python-old"
    path.write_text('#!/bin/sh\ncase "$2" in *print*) echo "Python 3.9";; *) exit 1;; esac\n')
    path.chmod(0o755)
    return path


def test_a_python_that_is_new_enough_is_found() -> None:
    found = run(["sh", "scripts/find_python.sh"], PYTHON=sys.executable)
    assert found.stdout.strip() == sys.executable


def test_an_old_python_is_named_with_what_to_do(tmp_path: Path) -> None:
    answer = run(["sh", "scripts/find_python.sh"], PYTHON=str(old_python(tmp_path)))
    assert answer.returncode == 1
    assert "needs Python 3.12 or newer" in answer.stderr
    assert "Python 3.9" in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_missing_npm_is_named_with_what_to_do(tmp_path: Path) -> None:
    for tool in ("sh", "mkdir"):
        (tmp_path / tool).symlink_to(f"/bin/{tool}")
    answer = run(["/bin/sh", "scripts/assets.sh"], PATH=str(tmp_path))
    assert answer.returncode == 1
    assert "npm is missing" in answer.stderr


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match="can't be written"):
        ensure_env(tmp_path / "file" / ".env")


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = run([sys.executable, "-m", "scripts.run"], PORT=str(port))
        assert answer.returncode == 1
        assert f"Port {port} is taken" in answer.stderr
        assert "make run" in answer.stderr
        assert len(answer.stderr.strip().splitlines()) == 1
    check_port(port)


def test_a_database_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    answer = run([sys.executable, "-m", "scripts.prepare"], DATABASE_URL=f"sqlite:///{tmp_path}/none/portal.sqlite3")
    assert answer.returncode == 1
    assert answer.stderr.startswith("DATABASE_URL: the database can't be used")
    assert len(answer.stderr.strip().splitlines()) == 1


def test_a_database_server_that_does_not_answer_is_named_at_once_and_why() -> None:
    begun = time.monotonic()
    answer = run([sys.executable, "-m", "scripts.prepare"], DATABASE_URL=f"postgres://a@127.0.0.1:{free_port()}/b")
    assert answer.returncode == 1
    assert "Connection refused" in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1
    assert time.monotonic() - begun < 25  # the pool alone would take thirty seconds


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        ("SECRET_KEY", "", "SECRET_KEY"),
        ("FIELD_KEYS", "", "FIELD_KEYS"),
        ("FIELD_KEYS", "a2V5", "FIELD_KEYS"),
        ("DATABASE_URL", "mysql://localhost/x", "DATABASE_URL"),
        ("PORTAL_AS_OF", "yesterday", "PORTAL_AS_OF"),
        ("PORTAL_AS_OF", "2021-02-16T00:00:00", "offset"),
        ("PORT", "eighty", "PORT"),
        ("PORT", "70000", "PORT"),
        ("PORTAL_REQUIRE_MFA", "ture", "PORTAL_REQUIRE_MFA"),
        ("WEB_PROCESSES", "0", "WEB_PROCESSES"),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(tmp_path: Path, setting: str, value: str, says: str) -> None:
    right = {
        "SECRET_KEY": "x" * 50,
        "FIELD_KEYS": urlsafe_b64encode(b"k" * 32).decode(),
        "PORTAL_DEMO": "on",
        "PORTAL_ENV_FILE": str(tmp_path / "none"),
    }
    load = [sys.executable, "-c", "import cmecf_portal.settings"]
    assert run(load, **right).returncode == 0  # so that the refusal has one cause
    answer = run([sys.executable, "-m", "scripts.serve"], **{**right, setting: value})
    assert answer.returncode == 1
    assert says in answer.stderr
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_keys_are_written_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    assert ensure_env(path)
    first = path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    assert not ensure_env(path)
    assert path.read_text() == first
