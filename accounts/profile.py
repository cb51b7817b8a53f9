"""What people change about themselves in Manage My Account: name, address, username."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.keys import name_key
from accounts.mail import enqueue_mail
from accounts.models import PacerAccount, User
from accounts.upgrade import Address, Person, UsernameTaken
from events.kinds import EventType
from events.record import person as person_actor
from events.record import record

_NAMES = ("first_name", "middle_name", "last_name", "suffix")


@transaction.atomic(durable=True)
def change_person(account: PacerAccount, person: Person, *, at: datetime) -> bool:
    """Change who the account says it is; whether anything changed. A new name voids a link that waits for its yes."""
    wanted = asdict(person)
    now = PacerAccount.objects.select_for_update(no_key=True).get(pk=account.pk)
    changed = [name for name, value in wanted.items() if getattr(now, name) != value]
    if not changed:
        return False
    renamed = any(name in _NAMES for name in changed)
    PacerAccount.objects.filter(pk=account.pk).update(
        **wanted, identity_version=F("identity_version") + (1 if renamed else 0), updated_at=at
    )
    _record_change(now, changed, at=at)
    return True


@transaction.atomic(durable=True)
def change_address(account: PacerAccount, address: Address, *, at: datetime) -> bool:
    """Change the address; whether anything changed. Courts keep their own: nothing is sent to them."""
    wanted = asdict(address)
    now = PacerAccount.objects.select_for_update(no_key=True).get(pk=account.pk)
    changed = [name for name, value in wanted.items() if getattr(now, name) != value]
    if not changed:
        return False
    PacerAccount.objects.filter(pk=account.pk).update(**wanted, updated_at=at)
    _record_change(now, changed, at=at)
    return True


def change_username(
    account: PacerAccount, username: str, *, at: datetime, keep_signed_in: Callable[[User], None]
) -> None:
    """Give the log-in another name; the old one stops at once, and every other session ends.

    `keep_signed_in` is called with the changed log-in inside the transaction. Raises UsernameTaken.
    """
    try:
        _rename(account, username, at=at, keep_signed_in=keep_signed_in)
    except IntegrityError:
        if User.objects.filter(username_key=name_key(username)).exclude(pk=account.user_id).exists():
            raise UsernameTaken from None
        raise


@transaction.atomic(durable=True)
def _rename(account: PacerAccount, username: str, *, at: datetime, keep_signed_in: Callable[[User], None]) -> None:
    user = User.objects.select_for_update(no_key=True).get(pk=account.user_id)
    if user.username == username:
        return
    old_username, user.username = user.username, username
    user.credentials_version += 1
    user.save(update_fields=["username", "credentials_version"])
    record(EventType.USERNAME_CHANGED, actor=person_actor(user.pk), subject=("account", account.pk), at=at)
    enqueue_mail(
        key=f"username-changed:{user.pk}:{user.credentials_version}",
        kind="username_changed",
        to=user.email,
        context={"account": account, "old_username": old_username, "username": username},
    )
    keep_signed_in(user)


def _record_change(account: PacerAccount, fields: list[str], *, at: datetime) -> None:
    record(
        EventType.ACCOUNT_CHANGED,
        actor=person_actor(account.user_id),
        subject=("account", account.pk),
        facts={"fields": sorted(fields)},
        at=at,
    )
