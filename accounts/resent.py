"""The same code sent again from the same session: a double click, or a retry whose first answer was lost.

The first one uses the code up and goes on under a new session key, whose cookie the browser may have dropped with the
answer. So the old session stays for a minute, with a note of the code that it has used: whoever sends that code from
it again gets the same answer and a session of their own. They hold the secret cookie and the code together, which
signed them in a moment ago; from any other session the code stays used (docs/decisions/0010-a-code-sent-twice.md).
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import Session
from accounts.sessions import SessionStore, hashed

RESENT_WITHIN = timedelta(minutes=1)
NOTE = "used_code"


def note_use(session_key: str, code: str, *, kind: str, factor_id: int, now: datetime) -> None:
    """Note at this session (its cookie's key) that it has used `code`. To be called in the transaction of the use."""
    rows, store = Session.objects.filter(session_key=hashed(session_key)), SessionStore()
    found = rows.values_list("session_data", flat=True).first()
    if found is not None:
        note = {"code": _sealed(session_key, code), "kind": kind, "id": factor_id}
        rows.update(session_data=store.encode({**store.decode(found), NOTE: note}), expire_date=now + RESENT_WITHIN)


def noted_use(session_key: str, code: str, *, now: datetime) -> tuple[str, int] | None:
    """Kind and id of the factor whose `code` this session has used within the last minute; None if it was another."""
    rows = Session.objects.filter(session_key=hashed(session_key), expire_date__gt=now)
    found = rows.values_list("session_data", flat=True).first()
    note = SessionStore().decode(found).get(NOTE) if found is not None else None
    if note is None or not constant_time_compare(note["code"], _sealed(session_key, code)):
        return None
    return str(note["kind"]), int(note["id"])


def leave_behind(session: Any) -> None:
    """Let the session's next key leave the old row as it is, and go on without the note."""
    session.pop(NOTE, None)
    session.leaves_old_row = True


def _sealed(session_key: str, code: str) -> str:
    return salted_hmac("accounts.resent", f"{session_key}:{code}", algorithm="sha256").hexdigest()
