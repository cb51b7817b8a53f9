"""The real 209 courts, loaded once a module, on January 20, 2021."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from courts import directory
from courts.directory import bump_version
from courts.models import Court
from tests.conftest import _clear_cache

JANUARY_20 = datetime.fromisoformat("2021-01-20T09:00:00-08:00")


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Unlike elsewhere the directory is kept from test to test: who changes courts here asks for `changed_courts`."""
    _clear_cache()


@pytest.fixture
def changed_courts() -> Iterator[Callable[..., None]]:
    """Changes a court, and lets the process look again, then and after the test."""

    def change(court_id: str, **fields: object) -> None:
        Court.objects.filter(pk=court_id).update(**fields)
        bump_version()
        directory.forget()

    yield change
    directory.forget()


@pytest.fixture(scope="module")
def real_courts(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The reference data that the portal carries; emptied again after the module."""
    with django_db_blocker.unblock():
        call_command("load_courts", verbosity=0)
        directory.forget()
        yield
        call_command("flush", verbosity=0, interactive=False)
        directory.forget()


@pytest.fixture
def january(settings: Settings) -> datetime:
    """The go-live clock stands at the instant at which the pictures of the pages play."""
    settings.PORTAL_AS_OF = JANUARY_20
    return JANUARY_20
