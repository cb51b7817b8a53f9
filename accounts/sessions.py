"""Sessions in the database, under the hash of their key: a copy of the table signs nobody in."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone
from django.utils.crypto import get_random_string

from events.context import current_request


def hashed(session_key: str) -> str:
    return sha256(session_key.encode()).hexdigest()


class SessionStore(DatabaseStore):
    """Django's database store with hashed keys, and the owner, address and browser beside each session."""

    leaves_old_row = False  # accounts/resent.py
    _started: tuple[str, datetime] | None = None  # of the row that was read or written: its key, and when it began

    @classmethod
    def get_model_class(cls) -> Any:
        return apps.get_model("accounts", "Session")

    def _get_session_from_db(self) -> Any:
        if not self.session_key:
            return None
        try:
            found: Any = self.model.objects.get(session_key=hashed(self.session_key), expire_date__gt=timezone.now())
        except self.model.DoesNotExist:
            self._session_key = None
            return None
        self._started = (str(found.session_key), found.started_at)
        return found

    def exists(self, session_key: str) -> bool:
        return bool(self.model.objects.filter(session_key=hashed(session_key)).exists())

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=hashed(key)).delete()

    def _get_new_session_key(self) -> str:
        # 165 random bits: nobody has it. If somebody did, the INSERT would refuse and another be drawn.
        return get_random_string(32, VALID_KEY_CHARS)

    def cycle_key(self) -> None:
        """The same data under a new key. The old row goes, unless somebody may send the same form from it again."""
        if self.session_key is None:
            self.modified = True  # nothing is stored yet: the first save draws a key
            return
        if not self.leaves_old_row:
            super().cycle_key()
            return
        data, self.leaves_old_row = self._session, False  # type: ignore[attr-defined]
        self.create()
        self._session_cache = data

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        request = current_request.get()
        key = hashed(self._get_or_create_session_key())  # type: ignore[attr-defined]
        user_id = data.get(SESSION_KEY)
        fields: dict[str, Any] = {
            "session_key": key,
            "session_data": self.encode(data),
            "expire_date": self.get_expiry_date(),
            "user_id": int(user_id) if user_id else None,
            "address": request.address if request else None,
            "user_agent": request.user_agent[:200] if request else "",
        }
        if self._started and self._started[0] == key:
            fields["started_at"] = self._started[1]
        else:
            self._started = (key, fields.setdefault("started_at", timezone.now()))
        return self.get_model_class()(**fields)
