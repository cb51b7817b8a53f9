"""Recovery codes between their making and the moment in which the person says to have kept them.

They wait sealed in the session, so that the page survives a reload and the answer to the POST can be a redirect;
nothing else can show them again.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from accounts.crypto import Undecipherable, decrypt, encrypt

KEY = "recovery_codes_shown"
LIFE = timedelta(minutes=15)


def keep(session: Any, codes: list[str], *, now: datetime) -> None:
    session[KEY] = {"sealed": encrypt(json.dumps(codes)), "until": int((now + LIFE).timestamp())}


def waiting(session: Any, *, now: datetime) -> list[str]:
    """The codes that this session may still show; empty when there are none."""
    kept = session.get(KEY)
    if not kept:
        return []
    if now.timestamp() > kept["until"]:
        forget(session)
        return []
    try:
        codes: list[str] = json.loads(decrypt(kept["sealed"]))
    except Undecipherable:
        return []
    return codes


def forget(session: Any) -> None:
    session.pop(KEY, None)
