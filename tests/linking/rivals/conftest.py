"""Taking a protection away, to see that a race fails without it. Everything stands again after the test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from linking.consistency import protect, unprotect
from linking.models import Link


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No flow locks the rows that it looks at: what is left are constraints and triggers."""

    def as_it_is(self: QuerySet[Any], *args: Any, **kwargs: Any) -> QuerySet[Any]:
        return self.all()

    monkeypatch.setattr(QuerySet, "select_for_update", as_it_is)


@pytest.fixture
def drop_constraint(transactional_db: None) -> Iterator[Callable[[str], None]]:
    """Drops a constraint of Link by its name."""
    dropped = []

    def drop(name: str) -> None:
        constraint = next(found for found in Link._meta.constraints if found.name == name)
        with connection.schema_editor() as editor:
            editor.remove_constraint(Link, constraint)
        dropped.append(constraint)

    yield drop
    _forget_links()
    with connection.schema_editor() as editor:
        for constraint in dropped:
            editor.add_constraint(Link, constraint)


@pytest.fixture
def no_triggers(transactional_db: None) -> Iterator[None]:
    """Without the database's own word on courts, roles and ended links."""
    unprotect(connection)
    yield
    _forget_links()
    protect(connection)


def _forget_links() -> None:
    """What the rivals have left behind would break the constraints that come back."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE linking_link CASCADE")
