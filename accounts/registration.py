"""A new PACER account: an individual's, upgraded from birth, usable at once. First version: no payment, no courts."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts import limits
from accounts.client import Client
from accounts.keys import name_key
from accounts.models import PacerAccount, User
from accounts.upgrade import UsernameTaken
from events.kinds import EventType
from events.record import person, record

# New numbers are drawn at random from here: who knows one can't tell the next, and no two ask for the same in a row.
FIRST_NUMBER, LAST_NUMBER = 2_000_000, 6_999_999
DRAWS = 20  # with half the numbers gone, one in a million registrations finds none


class NumbersExhausted(Exception):
    """No free 7-digit account number was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """Who registers. A person may have one name only: then it is the last name."""

    first_name: str
    last_name: str
    email: str
    date_of_birth: date | None
    username: str


def register(given: Registration, *, password_hash: str, client: Client, at: datetime) -> User:
    """Make the log-in and the account. Raises UsernameTaken, TooManyFailures, NumbersExhausted.

    Each try counts, right ones too: nobody asks for the usernames that exist by the thousand, nor makes accounts by
    the thousand. `password_hash` was made before.
    """
    attempt = limits.Attempt(
        action=limits.Action.SIGN_UP,
        who=f"address:{client.network}",
        subject=name_key(given.username),
        address=client.address,
    )
    limits.take_try(attempt, now=at)
    for _draw in range(DRAWS):
        number = str(FIRST_NUMBER + secrets.randbelow(LAST_NUMBER - FIRST_NUMBER + 1))
        try:
            return _make(given, number=number, password_hash=password_hash, at=at)
        except IntegrityError:
            # The username, or once in a blue moon the number: look which.
            if User.objects.filter(username_key=name_key(given.username)).exists():
                raise UsernameTaken from None
    raise NumbersExhausted


@transaction.atomic(durable=True)
def _make(given: Registration, *, number: str, password_hash: str, at: datetime) -> User:
    user = User(
        username=given.username,
        email=User.objects.normalize_email(given.email),
        password=password_hash,
        date_joined=at,
    )
    user.save(force_insert=True)
    account = PacerAccount.objects.create(
        user=user,
        account_number=number,
        opened_on=at.date(),
        first_name=given.first_name,
        last_name=given.last_name,
        date_of_birth=given.date_of_birth,
        password_changed_at=at,
    )
    record(EventType.ACCOUNT_REGISTERED, actor=person(user.pk), subject=("account", account.pk), at=at)
    return user
