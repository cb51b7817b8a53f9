"""`make lint`: style, types, imports, templates, settings; every check runs, and one that fails fails all."""

import os
import subprocess
import sys

from scripts.environment import TOP, ensure_env

BIN = os.path.dirname(sys.executable)
CHECKS = [
    [f"{BIN}/ruff", "check", "."],
    [f"{BIN}/ruff", "format", "--check", "."],
    [f"{BIN}/mypy", "."],
    [f"{BIN}/lint-imports"],
    [f"{BIN}/djlint", "templates", "--lint", "--quiet"],
    [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
]
PRODUCTION = {
    "PORTAL_URL": "https://portal.example",
    "PORTAL_DEMO": "off",
    "ALLOWED_HOSTS": "portal.example",
    "EMAIL_URL": "smtp://localhost",
}


def main() -> int:
    ensure_env()
    failed = []
    for check in CHECKS:
        name = " ".join([os.path.basename(check[0]), *check[1:]])
        print(f"--- {name}", flush=True)
        extra = PRODUCTION if "--deploy" in check else {}
        if subprocess.run(check, cwd=TOP, env={**os.environ, **extra}, check=False).returncode:
            failed.append(name)
    print(f"Failed: {'; '.join(failed)}" if failed else "Every check passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
