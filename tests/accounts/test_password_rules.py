"""What a new password must be (domain.md, section 2.5)."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import PacerAccount, User

GOOD = "Engine-of-1843-runs!"


def jane(**names: str) -> Any:
    account = PacerAccount(first_name=names.get("first_name", "Jane"), last_name=names.get("last_name", "Roe-Smith"))
    return SimpleNamespace(username="jroe.attorney", email="j.roe@lawfirm.example", pacer_account=account)


def codes(password: str, user: Any = None) -> set[str | None]:
    try:
        validate_password(password, user)
    except ValidationError as bad:
        return {error.code for error in bad.error_list}
    return set()


@pytest.mark.parametrize(
    "password", [GOOD, "Aaaaaaaaaaaaa-", "ÄÖÜäöüß-ist-gut", "No digits are needed!", "A-" + "b" * 43]
)
def test_these_will_do(password: str) -> None:
    assert codes(password, jane()) == set()


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Aaaaaaaaaaaa-", "password_length"),
        ("A-" + "b" * 44, "password_length"),
        ("engine-of-1843-runs!", "password_characters"),
        ("ENGINE-OF-1843-RUNS!", "password_characters"),
        ("EngineOf1843RunsAlways", "password_characters"),
        ("Engine of 1843 runs", "password_characters"),
        ("Engine-jAnE-1843!", "password_with_name"),
        ("Engine-SMITH-1843!", "password_with_name"),
        ("My-Attorney-1843!", "password_with_name"),
        ("My-LawFirm-is-good!", "password_with_name"),
    ],
)
def test_these_will_not(password: str, code: str) -> None:
    assert codes(password, jane()) == {code}


def test_names_of_two_letters_do_not_count() -> None:
    assert codes("Engine-of-1843-Wuns!", jane(first_name="Wu", last_name="Ng")) == set()


def test_somebody_without_an_account_has_fewer_names() -> None:
    assert codes(GOOD, User(username="staff.member", email="")) == set()
    assert codes("Staff-of-1843-runs!", User(username="staff.member", email="")) == {"password_with_name"}


@given(name=st.text("abcdefghijklmnopqrstuvwxyzéñü", min_size=3, max_size=12), before=st.sampled_from(["", "Xy-1!"]))
def test_no_password_contains_the_last_name_however_it_is_written(name: str, before: str) -> None:
    password = f"{before}{name.upper()}-aB1!-aB1!-aB1!"[:45]
    assert "password_with_name" in codes(password, jane(last_name=name))
