"""Set-based statements, in the SQL that SQLite (3.39 and later) and PostgreSQL share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

type Params = Mapping[str, Any]


def run(statement: str, params: Params, **parts: str) -> int:
    """Execute, with `{parts}` of our own SQL put in and values bound; the number of rows written."""
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**parts), params)
        return int(cursor.rowcount)


def rows(statement: str, params: Params, **parts: str) -> list[tuple[Any, ...]]:
    """Execute and fetch."""
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**parts), params)
        return list(cursor.fetchall())


def instant(at: datetime) -> Any:
    """An aware datetime as the database's columns hold it."""
    return connection.ops.adapt_datetimefield_value(at)
