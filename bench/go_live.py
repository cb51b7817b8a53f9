"""A go-live Monday: attorneys by the thousand link at once, every form is sent twice, and ten want the same account.

    python -m bench.go_live [--attorneys 1000] [--database sqlite|postgres|both] [--kill]

Runs what `make run` runs, with four web processes, on a database of its own. Ends with 1 if one link was lost,
doubled or given to the wrong person. `--kill` ends a web process and the worker (SIGKILL) in the middle, thrice.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_bytes, token_hex

import psycopg
from psycopg import sql

from bench.server import TOP
from scripts.services import free_port, running_postgres, throwaway_postgres

WEB_PROCESSES = 4
RUN = "import sys; from bench.monday import main; sys.exit(main(sys.argv[1:]))"  # in a process with its own settings


def main() -> int:
    """The morning on each database that is asked for; 1 if a promise was broken on any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attorneys", type=int, default=1000, metavar="N")
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--kill", action="store_true", help="kill a web process and the worker in the middle")
    parser.add_argument("--seed", type=int, default=20210216, help="of what is left to chance")
    given = parser.parse_args()
    names = ["sqlite", "postgres"] if given.database == "both" else [given.database]
    arguments = [str(given.attorneys), str(given.seed), "kill" if given.kill else "spare"]
    codes = [_run_on(name, arguments) for name in names]
    return 1 if any(codes) else 0


def _run_on(name: str, arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="portal-go-live-") as folder, _database(name, folder) as url:
        (Path(folder) / "mails").mkdir()
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
            "WEB_PROCESSES": str(WEB_PROCESSES),
        }
        print(f"--- {name}", flush=True)
        command = [sys.executable, "-c", RUN, folder, *arguments]
        return subprocess.run(command, cwd=TOP, env=environment, check=False).returncode


@contextmanager
def _database(name: str, folder: str) -> Iterator[str]:
    if name == "sqlite":
        yield f"sqlite:///{folder}/portal.sqlite3"
    elif running := running_postgres():
        with own_database(running) as url:
            yield url
    else:
        with throwaway_postgres() as made:
            if made is None:
                sys.exit("There is no PostgreSQL: set TEST_POSTGRES_URL, or install it.")
            with own_database(made) as url:
                yield url


@contextmanager
def own_database(server: str) -> Iterator[str]:
    """A new database on this PostgreSQL server for the length of the block: its URL."""
    name = f"portal_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"{server.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


if __name__ == "__main__":
    sys.exit(main())
