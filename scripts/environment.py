"""What the launcher asks of a checkout: an ignored .env with keys of its own, and settings that work."""

import os
import sys
from base64 import urlsafe_b64encode
from importlib import import_module
from pathlib import Path
from secrets import token_bytes, token_urlsafe

from django.core.exceptions import ImproperlyConfigured

TOP = Path(__file__).resolve().parent.parent
FILE = TOP / ".env"


class CannotStart(Exception):
    """Why the portal does not start: one sentence, with what to do."""


def ensure_env(path: Path = FILE) -> bool:
    """Write `path` with fresh keys if it is missing, readable by its owner alone; whether it was written."""
    if path.exists():
        return False
    text = (
        "# Made by `make run`, for this checkout alone. Every setting: .env.example\n"
        f"SECRET_KEY={token_urlsafe(50)}\n"
        f"FIELD_KEYS={urlsafe_b64encode(token_bytes(32)).decode()}\n"
        "PORTAL_DEMO=on\n"
        "EMAIL_URL=dummymail://\n"
    )
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise CannotStart(f"{path} can't be written: {error.strerror}.") from None
    return True


def check_settings() -> None:
    """Read the settings as the portal itself does. Raises CannotStart with the name of a setting that is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmecf_portal.settings")
    try:
        import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    except ImproperlyConfigured as error:
        raise CannotStart(str(error)) from None


def say(problem: CannotStart) -> None:
    """One sentence on standard error, and no traceback."""
    print(problem, file=sys.stderr, flush=True)
