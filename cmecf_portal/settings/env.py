"""Everything that comes from the environment, in one table: type, default and unit."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from environ import Env

BASE_DIR = Path(__file__).resolve().parent.parent.parent

SCHEME: dict[str, Any] = {
    "DEBUG": (bool, False),
    "SECRET_KEY": (str, ""),  # no default that works: without DEBUG the site does not start on a known key
    "FIELD_KEYS": (list, []),  # Fernet keys for fields at rest; the first encrypts, all decrypt
    "DATABASE_URL": (str, f"sqlite:///{BASE_DIR / 'portal.sqlite3'}"),
    "CACHE_URL": (str, "locmemcache://"),
    "EMAIL_URL": (str, "consolemail://"),
    "DEFAULT_FROM_EMAIL": (str, "CM/ECF Portal <portal@localhost>"),
    "ALLOWED_HOSTS": (list, ["localhost", "127.0.0.1", "[::1]"]),
    "PORTAL_URL": (str, ""),  # public origin for mails and links; empty: http://localhost:$PORT
    "TRUSTED_PROXIES": (int, 0),  # how many proxies of ours stand in front and append to X-Forwarded-For
    "PORT": (int, 8000),
    "WEB_PROCESSES": (int, 1),  # read by scripts/serve.py
    "PORTAL_DEMO": (bool, False),
    "PORTAL_REQUIRE_MFA": (bool, True),
    "PORTAL_AS_OF": (str, ""),  # ISO 8601 instant with offset; only with PORTAL_DEMO
}

YES, NO = set(Env.BOOLEAN_TRUE_STRINGS), {"off", "false", "no", "n", "0"}

env = Env(**SCHEME)
TESTING = "pytest" in sys.modules
if not TESTING:  # tests bring their own settings (tests/harness.py)
    Env.read_env(os.environ.get("PORTAL_ENV_FILE") or str(BASE_DIR / ".env"))
for _name in SCHEME:
    if not os.environ.get(_name, "-"):  # set to nothing means not set
        del os.environ[_name]


def _stop(setting: str, why: str) -> NoReturn:
    raise ImproperlyConfigured(f"{setting}: {why} See .env.example.")


def _flag(name: str) -> bool:
    """A word that is neither would count as off, and turn a protection off by a slip of the pen."""
    if (text := os.environ.get(name, "off")).lower() not in YES | NO:
        _stop(name, f"{text!r} is neither on nor off.")
    return bool(env(name))


def _number(name: str, *, least: int, most: int) -> int:
    try:
        value = int(env(name))
    except ValueError:
        _stop(name, f"{os.environ[name]!r} is no whole number.")
    if not least <= value <= most:
        _stop(name, f"{value} is out of range. Use a number from {least} to {most}.")
    return value


def _is_key(text: str) -> bool:
    try:
        Fernet(text)
    except ValueError:
        return False
    return True


DEBUG: bool = _flag("DEBUG")
PORT: int = _number("PORT", least=1, most=65535)
WEB_PROCESSES: int = _number("WEB_PROCESSES", least=1, most=64)
PORTAL_DEMO: bool = _flag("PORTAL_DEMO")
PORTAL_REQUIRE_MFA: bool = _flag("PORTAL_REQUIRE_MFA")
TRUSTED_PROXIES: int = _number("TRUSTED_PROXIES", least=0, most=9)
PORTAL_URL: str = (env("PORTAL_URL") or f"http://localhost:{PORT}").rstrip("/")
ALLOWED_HOSTS: list[str] = env("ALLOWED_HOSTS")
DEFAULT_FROM_EMAIL: str = env("DEFAULT_FROM_EMAIL")

SECRET_KEY: str = env("SECRET_KEY") or ("only-for-development-" + "0" * 40 if DEBUG else "")
if not SECRET_KEY:
    _stop("SECRET_KEY", "it is missing. Set it to 50 random characters; `make run` writes one into .env.")

FIELD_KEYS: list[str] = [key for key in env("FIELD_KEYS") if key]
if not FIELD_KEYS:
    if DEBUG:
        FIELD_KEYS = ["b25seS1mb3ItZGV2ZWxvcG1lbnQtMDAwMDAwMDAwMDA="]
    else:
        _stop("FIELD_KEYS", "it is missing. Set at least one Fernet key; `make run` writes one into .env.")
if not all(map(_is_key, FIELD_KEYS)):
    _stop("FIELD_KEYS", "a key is no Fernet key: 32 random bytes in URL-safe base64.")

PORTAL_AS_OF: datetime | None = None
if _text := env("PORTAL_AS_OF"):
    try:
        PORTAL_AS_OF = datetime.fromisoformat(_text)
    except ValueError:
        _stop("PORTAL_AS_OF", f"{_text!r} is no ISO 8601 instant, such as 2021-02-15T23:59:59-08:00.")
    if PORTAL_AS_OF is not None and PORTAL_AS_OF.tzinfo is None:
        _stop("PORTAL_AS_OF", f"{_text!r} has no offset from UTC, such as -08:00.")
    if not PORTAL_DEMO:
        _stop("PORTAL_AS_OF", "the go-live clock stands still in a demo installation only (PORTAL_DEMO=on).")
