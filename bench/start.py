"""How long `make run` takes in a checkout where everything is up to date."""

import os
import subprocess
import sys
import tempfile
import time
from statistics import median

from bench.server import TOP, ask
from scripts.services import free_port

STARTS = 3
LONGEST = 60.0  # seconds


def main() -> None:
    """The first start prepares a database of its own and is not counted."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3", "PORT": str(free_port())}
        first = _start(environment)
        later = [_start(environment) for _number in range(STARTS)]
    print(f"first start with all packages there: {first:.2f} s")
    print(f"second start of `make run`: {median(later):.2f} s (target: under 5)")


def _start(environment: dict[str, str]) -> float:
    """Seconds from the command to the first answer."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        ["make", "--silent", "run"],
        cwd=TOP,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(int(environment["PORT"])):
            if process.poll() is not None or time.perf_counter() - begun > LONGEST:
                sys.exit("`make run` did not start; run it to see why.")
            time.sleep(0.02)
        return time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(port: int) -> bool:
    try:
        return ask(port, "/livez")[0] == 200
    except OSError:
        return False


if __name__ == "__main__":
    main()
