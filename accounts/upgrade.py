"""From a Legacy to an Upgraded PACER account: who it is, where they live, a new username and password.

The account number stays; the old username stops at once. Rules: domain.md, sections 2.2 and 3.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.keys import name_key
from accounts.mail import enqueue_mail
from accounts.models import AccountKind, PacerAccount, User
from events.kinds import EventType
from events.record import person as person_actor
from events.record import record


class Obstacle(StrEnum):
    """Why an account can't be upgraded; the codes of design.md, section 7."""

    NO_PACER_ACCOUNT = "no_pacer_account"
    NOT_INDIVIDUAL = "account_not_individual"
    ALREADY_UPGRADED = "already_upgraded"


class UpgradeRefused(Exception):
    """Nothing was changed."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle)
        self.obstacle = obstacle


class UsernameTaken(Exception):
    """Somebody took the username meanwhile. Nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whose account it is. A person may have one name only: then it is the last name."""

    first_name: str
    middle_name: str
    last_name: str
    suffix: str
    organization: str
    date_of_birth: date
    user_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where mail reaches the person; `county` is empty where a state has none."""

    address: str
    address_more: str
    city: str
    state: str
    county: str
    zip: str
    phone: str


def upgrade_obstacle(account: PacerAccount | None) -> Obstacle | None:
    """What stops this account from being upgraded; None when the way is free."""
    if account is None:
        return Obstacle.NO_PACER_ACCOUNT
    if account.kind != AccountKind.INDIVIDUAL:
        return Obstacle.NOT_INDIVIDUAL
    return None if account.is_legacy else Obstacle.ALREADY_UPGRADED


def upgrade_account(
    account_id: int,
    *,
    person: Person,
    address: Address,
    username: str,
    password_hash: str,
    at: datetime,
    keep_signed_in: Callable[[User], None],
) -> PacerAccount:
    """Upgrade, once: of two tabs or a double click one does it, the other is refused as already upgraded.

    Ends every other session. `keep_signed_in` is called with the changed log-in inside the transaction, so that the
    session that asked outlives the change and a second click in it is still signed in. `password_hash` was made
    before. Raises UpgradeRefused, UsernameTaken.
    """
    try:
        return _upgrade(
            account_id,
            person=person,
            address=address,
            username=username,
            password_hash=password_hash,
            at=at,
            keep_signed_in=keep_signed_in,
        )
    except IntegrityError:
        if User.objects.filter(username_key=name_key(username)).exclude(pacer_account__pk=account_id).exists():
            raise UsernameTaken from None
        raise


@transaction.atomic(durable=True)
def _upgrade(
    account_id: int,
    *,
    person: Person,
    address: Address,
    username: str,
    password_hash: str,
    at: datetime,
    keep_signed_in: Callable[[User], None],
) -> PacerAccount:
    account = PacerAccount.objects.select_for_update(no_key=True).get(pk=account_id)
    if (obstacle := upgrade_obstacle(account)) is not None:
        raise UpgradeRefused(obstacle)
    PacerAccount.objects.filter(pk=account.pk).update(
        **asdict(person),
        **asdict(address),
        upgraded_on=at.date(),
        password_changed_at=at,
        identity_version=F("identity_version") + 1,
        updated_at=at,
    )
    user = User.objects.get(pk=account.user_id)
    old_username = user.username
    user.username, user.password = username, password_hash
    user.credentials_version += 1
    user.save(update_fields=["username", "password", "credentials_version"])
    account.refresh_from_db()
    for kind in (EventType.ACCOUNT_UPGRADED, EventType.USERNAME_CHANGED, EventType.PASSWORD_CHANGED):
        record(kind, actor=person_actor(user.pk), subject=("account", account.pk), at=at)
    enqueue_mail(
        key=f"account-upgraded:{account.pk}:{user.credentials_version}",
        kind="account_upgraded",
        to=user.email,
        context={"account": account, "old_username": old_username, "username": username},
    )
    keep_signed_in(user)
    return account
