"""The tests' own flush: the only place where the append-only triggers are lifted."""

from typing import Any

import pytest
from django.db import connection

from events.append_only import protect, unprotect


@pytest.fixture(autouse=True, scope="session")
def _flush_lifts_the_triggers() -> Any:
    """`TransactionTestCase` empties every table after a test; the record of events lets nobody else do so."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def lifted(self: Any, sql_list: list[str]) -> None:
        unprotect(self.connection)
        try:
            flush(self, sql_list)
        finally:
            protect(self.connection)

    patch = pytest.MonkeyPatch()
    patch.setattr(operations, "execute_sql_flush", lifted)
    yield
    patch.undo()
