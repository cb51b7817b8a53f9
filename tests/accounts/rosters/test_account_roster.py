"""The roster of PACER accounts: a log-in and an account from one row."""

from datetime import date
from typing import BinaryIO

import pytest

from accounts.models import PacerAccount, RosterKind, User
from accounts.rosters.base import Comparison
from accounts.rosters.faults import BadRoster
from accounts.rosters.loads import apply_load, stage
from events.models import Event
from events.record import system
from tests.accounts.rosters.sheets import HASH, OTHER_HASH, accounts
from tests.factories import PacerAccountFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
GR = {
    "account_number": "1200345",
    "username": "GR1998",
    "opened_on": "2009-05-18",
    "first_name": "George",
    "last_name": "Rivers",
    "email": "george@rivers.example",
    "password_hash": HASH,
}


def load(file: BinaryIO, *, close_missing: bool = False, yes: bool = False) -> Comparison:
    staged = stage(
        file,
        name="accounts.csv",
        kind=RosterKind.ACCOUNTS,
        court=None,
        actor=system("test"),
        close_missing=close_missing,
    )
    return apply_load(staged, closing_is_meant=yes)


def test_a_new_row_makes_a_log_in_and_an_account() -> None:
    assert load(accounts(GR)).new == 1
    account = PacerAccount.objects.select_related("user").get()
    assert (account.account_number, account.is_legacy, account.kind) == ("1200345", True, "individual")
    assert (account.user.username, account.user.username_key, account.user.password) == ("GR1998", "gr1998", HASH)
    assert (account.user.is_active, account.user.is_staff) == (True, False)
    assert load(accounts(GR)).same == 1


def test_an_account_without_a_hash_opens_to_nobody() -> None:
    load(accounts({**GR, "password_hash": ""}))
    assert not User.objects.get().has_usable_password()


def test_what_the_file_changes_is_changed_and_ends_sessions_where_it_must() -> None:
    load(accounts(GR))
    done = load(accounts({**GR, "filing_state": "suspended", "password_hash": OTHER_HASH, "kind": "firm"}))
    account = PacerAccount.objects.select_related("user").get()
    assert done.fields == {"kind": 1, "filing_state": 1, "password_hash": 1}
    assert (account.filing_state, account.kind, account.identity_version) == ("suspended", "firm", 2)
    assert (account.user.password, account.user.credentials_version) == (OTHER_HASH, 2)
    assert set(Event.objects.filter(object_kind="account").values_list("type", flat=True)) == {
        "account.state_changed",
        "account.changed",
        "account.password_changed",
    }


def test_an_account_upgraded_here_keeps_its_new_username_and_password() -> None:
    load(accounts(GR))
    PacerAccount.objects.update(upgraded_on=date(2021, 1, 4))
    User.objects.update(username="george.rivers", username_key="george.rivers", password="argon2$new")
    done = load(accounts(GR))
    user = User.objects.get()
    assert (done.held, done.changed) == (1, 0)
    assert (user.username, user.password) == ("george.rivers", "argon2$new")
    assert PacerAccount.objects.get().upgraded_on == date(2021, 1, 4)


def test_usernames_may_change_hands() -> None:
    other = {**GR, "account_number": "1200346", "username": "bk2001"}
    load(accounts(GR, other))
    load(accounts({**GR, "username": "bk2001"}, {**other, "username": "gr1998"}))
    assert dict(PacerAccount.objects.values_list("account_number", "user__username_key")) == {
        "1200345": "bk2001",
        "1200346": "gr1998",
    }


@pytest.mark.parametrize("whose", ["an account", "a member of staff"])
def test_a_username_that_somebody_else_keeps_is_a_collision(whose: str) -> None:
    user = UserFactory.create(username="gr1998")
    if whose == "an account":
        PacerAccountFactory.create(user=user, account_number="7000001")
    else:
        StaffFactory.create(user=user)
    with pytest.raises(BadRoster) as bad:
        load(accounts(GR))
    [fault] = bad.value.faults
    assert (fault.line, fault.column) == (2, 2)
    assert ("7000001" if whose == "an account" else "staff") in fault.sentence
    assert not PacerAccount.objects.filter(account_number="1200345").exists()


def test_double_numbers_and_usernames_are_named() -> None:
    with pytest.raises(BadRoster) as bad:
        load(accounts(GR, {**GR, "username": "GR1998 "}))
    assert [(fault.line, fault.column) for fault in bad.value.faults] == [(3, 1), (3, 2)]


def test_absent_accounts_are_deactivated_when_asked_to() -> None:
    gone = PacerAccountFactory.create(account_number="7000001")
    load(accounts(GR), close_missing=True, yes=True)
    gone.refresh_from_db()
    assert (gone.filing_state, gone.search_state) == ("deactivated", "inactive")
    assert User.objects.get(pk=gone.user_id).credentials_version == 2
