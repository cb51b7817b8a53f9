"""A database and settings of their own for one benchmark, on SQLite or on PostgreSQL."""

import argparse
import os
import subprocess
import sys
import tempfile
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_bytes, token_hex

import psycopg
from psycopg import sql

from bench.server import TOP
from scripts.services import free_port, running_postgres, throwaway_postgres

DATABASES = ("sqlite", "postgres")


def ask_for_database(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")


def on_each(database: str, module: str, arguments: Sequence[str], **settings: str) -> int:
    """Run `main([FOLDER, *arguments])` of a module of bench/ on each database; 1 if one of them did not give 0.

    In a process of its own, which has the settings for its database from the start. FOLDER is a fresh one.
    """
    names = DATABASES if database == "both" else (database,)
    codes = [_on(name, module, arguments, settings) for name in names]
    return 1 if any(codes) else 0


def _on(name: str, module: str, arguments: Sequence[str], settings: dict[str, str]) -> int:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder, _database(name, folder) as url:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cmecf_portal.settings",
            "PORTAL_ENV_FILE": f"{folder}/none",
            "DATABASE_URL": url,
            "CACHE_URL": "",
            "SECRET_KEY": token_hex(32),
            "FIELD_KEYS": urlsafe_b64encode(token_bytes(32)).decode(),
            "EMAIL_URL": f"filemail:///{folder}/mails",
            "PORTAL_DEMO": "on",
            "PORTAL_AS_OF": "",
            "PORT": str(free_port()),
            **settings,
        }
        (Path(folder) / "mails").mkdir()
        print(f"--- {name}", flush=True)
        program = f"import sys; from bench.{module} import main; sys.exit(main(sys.argv[1:]))"
        command = [sys.executable, "-c", program, folder, *arguments]
        return subprocess.run(command, cwd=TOP, env=environment, check=False).returncode


@contextmanager
def _database(name: str, folder: str) -> Iterator[str]:
    if name == "sqlite":
        yield f"sqlite:///{folder}/portal.sqlite3"
    elif running := running_postgres():
        with _own_database(running) as url:
            yield url
    else:
        with throwaway_postgres() as made:
            if made is None:
                sys.exit("There is no PostgreSQL: set TEST_POSTGRES_URL, or install it.")
            with _own_database(made) as url:
                yield url


@contextmanager
def _own_database(server: str) -> Iterator[str]:
    name = f"portal_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"{server.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
