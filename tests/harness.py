"""Settings of the tests, made before Django reads its own: which database, cache and keys. A pytest plugin.

`--db postgres` or TEST_DB=postgres runs on PostgreSQL, else SQLite in a file (threads need one). TEST_RUN keeps the
databases of several runs on one machine apart.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from scripts.services import chromium, running_postgres, running_redis

RUN = os.environ.setdefault("TEST_RUN", str(os.getpid()))


def _asked_for() -> str:
    for place, argument in enumerate(sys.argv):
        if argument.startswith("--db="):
            return argument.partition("=")[2]
        if argument == "--db" and place + 1 < len(sys.argv):
            return sys.argv[place + 1]
    return os.environ.get("TEST_DB", "sqlite")


DB = os.environ["TEST_DB"] = _asked_for()
if DB == "postgres":
    server = running_postgres()
    if server is None:
        sys.exit("There is no PostgreSQL for the tests: set TEST_POSTGRES_URL.")
    os.environ["TEST_POSTGRES_URL"] = server
    os.environ["DATABASE_URL"] = f"{server.rpartition('/')[0]}/portal_{RUN}"
else:
    folder = Path(tempfile.gettempdir()) / f"portal-tests-{RUN}"
    folder.mkdir(exist_ok=True)
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'portal.sqlite3'}"
if url := running_redis():
    os.environ["TEST_REDIS_URL"] = url
    # Runs and their parallel halves share the server, and each must be able to clear its own keys alone.
    prefix = f"test-{RUN}-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    os.environ["CACHE_URL"] = url.replace("redis://", "rediscache://") + f"?key_prefix={prefix}"
os.environ.update(
    SECRET_KEY="tests-only-" + "k" * 50,
    FIELD_KEYS="dGVzdHMtb25seS0wMDAwMDAwMDAwMDAwMDAwMDAwMDA=",
    PORTAL_DEMO="off",
    PORTAL_AS_OF="",
    PORTAL_URL="http://localhost:8000",
    PORTAL_REQUIRE_MFA="on",
    TRUSTED_PROXIES="0",
    ALLOWED_HOSTS="localhost,127.0.0.1,testserver",
    DEBUG="off",
    EMAIL_URL="memorymail://",
    DJANGO_ALLOW_ASYNC_UNSAFE="1",  # Playwright's sync API keeps an event loop in the thread of the test
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", default=DB, choices=["sqlite", "postgres"], help="the database of this run")


def pytest_report_header() -> str:
    cache = "Redis" if os.environ.get("TEST_REDIS_URL") else "in the process: there is no Redis"
    return f"database: {DB}, cache: {cache}, browser: {chromium() or 'none'}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests for one kind of server are left out of the other half's run; a missing server or browser is a skip."""
    kept, left_out = [], []
    for item in items:
        if item.get_closest_marker("postgres") and DB != "postgres":
            left_out.append(item)
        elif item.get_closest_marker("browser") and chromium() is None:
            item.add_marker(pytest.mark.skip(reason="there is no Chromium"))
            kept.append(item)
        elif item.get_closest_marker("redis") and not os.environ.get("TEST_REDIS_URL"):
            item.add_marker(pytest.mark.skip(reason="there is no Redis"))
            kept.append(item)
        else:
            kept.append(item)
    items[:] = kept
    if left_out:
        left_out[0].config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failed run: it hides what was not looked at."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
    if os.environ.get("CI", "").lower() == "true" and reporter and skipped and session.exitstatus == 0:
        session.exitstatus = 1
        reporter.write_line(f"\n{skipped} skipped: in CI that is a failure.", red=True)
    if DB == "sqlite" and "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(folder, ignore_errors=True)
