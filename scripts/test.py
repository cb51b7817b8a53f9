"""`make test`: the whole suite on SQLite, then on PostgreSQL, with a real cache and a real browser."""

import os
import subprocess
import sys
from contextlib import ExitStack

from scripts.environment import TOP
from scripts.services import chromium, running_postgres, running_redis, throwaway_postgres, throwaway_redis


def main(arguments: list[str]) -> int:
    """Run both halves; 0 only if everything that could run passed, and in CI everything could."""
    in_ci = os.environ.get("CI", "").lower() == "true"
    environment = {**os.environ, "TEST_RUN": os.environ.get("TEST_RUN") or str(os.getpid())}
    missing: list[str] = []
    with ExitStack() as stack:
        if url := running_redis() or stack.enter_context(throwaway_redis()):
            environment["TEST_REDIS_URL"] = url
        else:
            missing.append("Redis: the tests of the shared cache did not run.")
        if chromium() is None:
            missing.append("Chromium: the browser tests did not run.")
        postgres = running_postgres() or stack.enter_context(throwaway_postgres())
        codes = [_half("sqlite", environment, arguments)]
        if postgres:
            codes.append(_half("postgres", {**environment, "TEST_POSTGRES_URL": postgres}, arguments))
        else:
            missing.append("PostgreSQL: the PostgreSQL half of the tests did not run.")
    for line in missing:
        print(f"Missing {line}")
    return 1 if any(codes) or (in_ci and missing) else 0


def _half(database: str, environment: dict[str, str], arguments: list[str]) -> int:
    print(f"--- {database}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *arguments]
    return subprocess.run(command, cwd=TOP, env={**environment, "TEST_DB": database}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
