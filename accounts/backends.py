"""Sign-in by username and password, looked up by key, with the same work done for a name that does not exist."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from accounts.keys import name_key
from accounts.models import User


class PortalBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The active user of this name and password, or None; both refusals cost one hash."""
        if username is None or password is None:
            return None
        user = User.objects.filter(username_key=name_key(username)).first()
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
