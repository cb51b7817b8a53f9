"""What one attorney's POST costs, in the process that answers it. See linking.py."""

import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import thread_time
from typing import Any
from urllib.parse import urlencode

import django
import structlog
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

django.setup()  # before the modules below, which know the models

from accounts import totp  # noqa: E402
from accounts.models import User  # noqa: E402
from accounts.passwords import verify_password  # noqa: E402
from accounts.simulation import COURT_PASSWORD, PORTAL_PASSWORD, TOTP_SECRET  # noqa: E402
from bench.server import TOP  # noqa: E402

COURT = "canb"
FIRST = 1_000  # filer accounts of the first count
ROUNDS = 60
TARGET = 1.25
LINK = f"/cmecf/{COURT}/utilities/link/"

type Costs = dict[str, list[float]]
type Queries = dict[str, set[int]]


def main(arguments: list[str]) -> int:
    """`FOLDER FILERS`: 0 if the query counts do not grow."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))  # a line each goes to a file elsewhere
    subprocess.run([sys.executable, "-m", "scripts.prepare"], cwd=TOP, check=True, stdout=subprocess.DEVNULL)
    counted = {}
    for number, prefix in ((FIRST, "few"), (int(arguments[1]), "many")):
        _simulate(number, prefix)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        _measure(prefix, rounds=5, queries=defaultdict(set), costs=defaultdict(list))  # what is prepared once
        costs: Costs = defaultdict(list)
        queries: Queries = defaultdict(set)
        _measure(prefix, rounds=ROUNDS, queries=queries, costs=costs, start=5)
        counted[number] = queries
        _print(number, costs, queries)
    few, many = counted[FIRST], counted[int(arguments[1])]
    grown = {name for name in few if min(few[name]) != min(many[name])}  # some look again after a while: the directory
    print(f"queries grow with the rows: {', '.join(sorted(grown)) or 'none'}", flush=True)
    return 1 if grown else 0


def _simulate(number: int, prefix: str) -> None:
    call_command("simulate", attorneys=number, court=COURT, prefix=prefix, verbosity=0)


def _measure(prefix: str, *, rounds: int, queries: Queries, costs: Costs, start: int = 0) -> None:
    """Every attorney's morning, with a bare verification between any two steps: the machine's speed drifts."""
    stored = User.objects.get(username=f"{prefix}000000").password
    client = Client(HTTP_HOST="localhost")
    for number in range(start, start + rounds):
        for name, act, expected in _morning(client, f"{prefix}{number:06d}"):
            with _timed(costs["bare verify"]):
                assert verify_password(PORTAL_PASSWORD, stored).ok
            if number % 2:  # to write queries down costs time too
                with CaptureQueriesContext(connection) as seen:
                    status = act()
                queries[name].add(len(seen.captured_queries))
            else:
                with _timed(costs[name]):
                    status = act()
            assert status == expected, (name, status)


def _morning(client: Client, username: str) -> Iterator[tuple[str, Callable[[], int], int]]:
    """The steps: what each is called, what it does, and the status that it answers. One after the other."""
    client.cookies.clear()
    last: Any = None

    def get(path: str) -> int:
        nonlocal last
        last = client.get(path)
        return int(last.status_code)

    def post(path: str, **fields: str) -> int:
        nonlocal last
        last = client.post(path, urlencode(fields), content_type="application/x-www-form-urlencoded")
        return int(last.status_code)

    yield "sign in", lambda: post("/accounts/login/", login=username, password=PORTAL_PASSWORD), 302
    code = totp.code_of(TOTP_SECRET, step=totp.step_at(timezone.now()))
    yield "second factor", lambda: post("/accounts/2fa/authenticate/", code=code), 302
    yield "link page", lambda: get(LINK), 200
    yield "link form", lambda: post(LINK, login=username, password=COURT_PASSWORD), 303
    question = last["Location"]
    yield "confirm page", lambda: get(question), 200
    yield "confirm", lambda: post(f"{LINK}confirm/", c=question.rpartition("=")[2]), 303
    welcome = last["Location"]
    yield "welcome page", lambda: get(welcome), 200


@contextmanager
def _timed(times: list[float]) -> Iterator[None]:
    begun = thread_time()
    yield
    times.append(thread_time() - begun)


def _print(number: int, costs: Costs, queries: Queries) -> None:
    bare = median(costs["bare verify"])
    print(f"{number:,} filer accounts; bare Argon2 verification {bare * 1000:.1f} ms of CPU")
    print(f"{'step':14} {'ms':>6} {'against bare':>13} {'queries':>8}")
    for name, times in costs.items():
        if name != "bare verify":
            counts = "-".join(map(str, sorted({min(queries[name]), max(queries[name])})))
            ratio, hashed = median(times) / bare, name in {"sign in", "link form"}
            print(f"{name:14} {median(times) * 1000:6.1f} {ratio:13.2f} {counts:>8}{_verdict(ratio) if hashed else ''}")


def _verdict(ratio: float) -> str:
    return f"  (target: {TARGET}, {'kept' if ratio <= TARGET else 'missed'})"
