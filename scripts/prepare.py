"""What a start needs besides packages: database, reference data, static files, demonstration accounts."""

import hashlib
import os
import sys
from io import StringIO
from pathlib import Path

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from scripts.environment import TOP, CannotStart, check_settings, say

FOLDERS = ("courts", "accounts", "linking", "events", "cmecf_portal", "static")
SETTINGS = ("DATABASE_URL", "FIELD_KEYS", "SECRET_KEY", "PORTAL_DEMO")


def is_prepared() -> bool:
    """Whether nothing changed since the last preparation. A database on a server is asked each time."""
    stamp = _stamp()
    if stamp is None or not stamp.with_suffix("").exists() or not Path(settings.STATIC_ROOT).is_dir():
        return False
    try:
        return stamp.read_text() == _state()
    except OSError:
        return False


def prepare() -> None:
    """Do everything; each step leaves what is up to date as it is. Raises CannotStart."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmecf_portal.settings")
    django.setup()
    try:
        _reach_database()
        call_command("migrate", verbosity=0)
        call_command("load_courts")
        call_command("collectstatic", interactive=False, verbosity=0)
        if settings.PORTAL_DEMO:
            call_command("demo", stdout=StringIO())  # the launcher lists them at each start
        if stamp := _stamp():
            stamp.write_text(_state())
    except (DatabaseError, psycopg.Error) as error:
        raise CannotStart(f"DATABASE_URL: the database can't be used ({_line(error)}). See .env.example.") from None
    except CommandError as error:
        raise CannotStart(str(error)) from None
    except OSError as error:
        raise CannotStart(f"{error.filename or 'This disk'} can't be written: {error.strerror or error}.") from None


def _reach_database() -> None:
    """Ask PostgreSQL once and directly: its pool would try for half a minute, and then not say why it failed."""
    if connection.vendor == "postgresql":
        parameters = connection.get_connection_params()
        reached = {
            name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if name in parameters
        }
        psycopg.connect(**reached, connect_timeout=5).close()


def _stamp() -> Path | None:
    """Beside the database file that it vouches for; None for a database on a server."""
    database = settings.DATABASES["default"]
    return Path(f"{database['NAME']}.prepared") if "sqlite3" in str(database["ENGINE"]) else None


def _line(error: Exception) -> str:
    """Drivers explain at length; the first line says what is wrong."""
    return (str(error).strip().splitlines() or ["no reason given"])[0].rstrip(".")


def _state() -> str:
    """A digest of the code, the data, the packages and the settings that the preparation depends on."""
    digest = hashlib.sha256((TOP / "requirements.txt").read_bytes())
    digest.update(repr([os.environ.get(name) for name in SETTINGS]).encode())
    for folder in FOLDERS:
        for path in sorted((TOP / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                stat = path.stat()
                digest.update(f"{path.relative_to(TOP)} {stat.st_size} {stat.st_mtime_ns}".encode())
    return digest.hexdigest()


def main() -> int:
    """Prepare in a process of its own, so that the one that looks after the servers stays small."""
    try:
        check_settings()
        prepare()
    except CannotStart as problem:
        say(problem)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
