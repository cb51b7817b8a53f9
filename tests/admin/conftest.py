"""The desk of two courts."""

import pytest

from accounts.models import User
from accounts.roles import Role
from tests.admin.setting import CourtRows, court_rows, staff


@pytest.fixture
def canb(db: None) -> CourtRows:
    return court_rows("canb", "Quill")


@pytest.fixture
def cand(db: None) -> CourtRows:
    return court_rows("cand", "Heron")


@pytest.fixture
def manager(canb: CourtRows) -> User:
    """Court manager of canb."""
    return staff(canb.court, Role.COURT_MANAGER)


@pytest.fixture
def help_desk(canb: CourtRows) -> User:
    return staff(canb.court, Role.HELP_DESK)


@pytest.fixture
def stranger(cand: CourtRows) -> User:
    """Help desk of cand: at canb nobody."""
    return staff(cand.court, Role.HELP_DESK)


@pytest.fixture
def national(db: None) -> User:
    return staff(None, Role.NATIONAL)
