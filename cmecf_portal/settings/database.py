"""Databases, cache and mail."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from .env import TESTING, env


def _url(name: str, reader: str) -> dict[str, Any]:
    try:
        return dict(getattr(env, reader)(name))
    except (ValueError, KeyError, TypeError) as error:
        raise ImproperlyConfigured(f"{name}: this address can't be used ({error}). See .env.example.") from None


DATABASES = {"default": _url("DATABASE_URL", "db_url")}
_default = DATABASES["default"]
if "sqlite3" in _default["ENGINE"]:
    # IMMEDIATE takes the write lock at BEGIN, so that a busy rival waits instead of failing half-way.
    _default["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,  # seconds
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
    }
    if TESTING:  # threads of a test share a database only if it lies in a file
        _default["TEST"] = {"NAME": f"{_default['NAME']}.test"}
elif "postgresql" in _default["ENGINE"]:
    if not TESTING:  # a pool holds connections open, and the tests drop their database
        _default["OPTIONS"] = {**_default.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 10}}
else:
    raise ImproperlyConfigured("DATABASE_URL: use sqlite:///FILE or postgres://USER@HOST/NAME. See .env.example.")

ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In capitals: what stands behind the question mark, such as key_prefix, is named so by Django.
CACHES = {"default": {name.upper(): value for name, value in _url("CACHE_URL", "cache_url").items()}}
# What a cache that is down raises. Redis's client is dear in memory and loaded only where it serves.
CACHE_ERRORS: tuple[type[Exception], ...] = (OSError,)
if "redis" in CACHES["default"]["BACKEND"]:
    CACHE_ERRORS += (import_string("redis.exceptions.RedisError"),)


def _mailer() -> dict[str, Any]:
    parts = _url("EMAIL_URL", "email_url")
    backend = parts["EMAIL_BACKEND"]
    if backend.endswith("smtp.EmailBackend"):
        options = {
            "host": parts.get("EMAIL_HOST") or "localhost",
            "port": parts.get("EMAIL_PORT") or 25,
            "username": parts.get("EMAIL_HOST_USER") or "",
            "password": parts.get("EMAIL_HOST_PASSWORD") or "",
            "use_tls": parts.get("EMAIL_USE_TLS", False),
            "use_ssl": parts.get("EMAIL_USE_SSL", False),
            "timeout": 20,  # seconds
        }
    else:
        options = {"file_path": parts["EMAIL_FILE_PATH"]} if backend.endswith("filebased.EmailBackend") else {}
    return {"BACKEND": backend, "OPTIONS": options}


MAILERS = {"default": _mailer()}
