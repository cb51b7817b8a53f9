"""A roster of a hundred thousand filers, and as many simulated attorneys: seconds and peak memory, once each."""

import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.server import TOP, manage

ROWS = 100_000
ROLES = ("attorney", "trustee", "creditor", "filing_agent")
COLUMNS = ("login", "external_id", "role", "first_name", "last_name", "bar_number", "bar_state", "email", "status")


def write_roster(file: Path, *, changed: bool) -> None:
    """As a court would export it; the second one differs in every tenth row."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(COLUMNS)
        for number in range(ROWS):
            last_name = f"Roe{number % 977}{'-Smith' if changed and number % 10 == 0 else ''}"
            login, email = f"filer{number:06}", f"filer{number:06}@bench.example"
            role = ROLES[number % len(ROLES)]
            writer.writerow([login, f"x{number}", role, "Jane", last_name, f"{number:06}", "CA", email, "active"])


def timed(environment: dict[str, str], *command: str) -> str:
    """Seconds, processor seconds and peak MB of one command, of its own process alone."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command], cwd=TOP, env=environment, stdout=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}.")
    seconds, busy = time.perf_counter() - begun, usage.ru_utime + usage.ru_stime
    return f"{seconds:6.1f} {busy:6.1f} {usage.ru_maxrss / 1024:6.0f}"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        database = os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        environment = {**os.environ, "DATABASE_URL": database, "PORTAL_DEMO": "on", "EMAIL_URL": "dummymail://"}
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "load_courts")
        file = Path(folder) / "roster.csv"
        print("what, seconds, processor seconds, peak MB (targets: load_filers 30 s and 200 MB, simulate 60 s)")
        for words, changed in (("load_filers, all new", False), ("load_filers, a tenth changed", True)):
            write_roster(file, changed=changed)
            print(f"{words:30} {timed(environment, 'load_filers', 'canb', str(file), '--apply')}", flush=True)
        simulate = ("simulate", "--attorneys", str(ROWS), "--court", "cand", "--prefix", "sim")
        print(f"{'simulate':30} {timed(environment, *simulate)}")


if __name__ == "__main__":
    main()
