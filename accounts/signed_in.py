"""The person behind a request that the table of permissions let through as signed in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


def signed_in_user(request: HttpRequest) -> User:
    """The signed-in user. Raises PermissionDenied for a stranger: the table has a gap."""
    # `request.user` is a lazy object that says it is a User.
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
