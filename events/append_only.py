"""The database's own refusal to change the record: triggers, on both databases.

Only the sequencer's one write is let through: `position` and `seal`, once, from empty.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_KEPT = (
    "sequence",
    "type",
    "at",
    "court_id",
    "object_kind",
    "object_id",
    "actor_kind",
    "actor_id",
    "request_id",
    "facts",
)
_REFUSAL = "the record of events is append-only"


def _row(of: str) -> str:
    return ", ".join(f"{of}.{column}" for column in _KEPT)


_POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION events_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.position IS NULL AND NEW.position IS NOT NULL
           AND ROW({_row("OLD")}) IS NOT DISTINCT FROM ROW({_row("NEW")})
        THEN RETURN NEW; END IF;
        RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events_event
    FOR EACH ROW EXECUTE FUNCTION events_refuse_change()
    """,
    """
    CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events_event
    FOR EACH STATEMENT EXECUTE FUNCTION events_refuse_change()
    """,
]
_POSTGRESQL_OFF = [
    "DROP TRIGGER IF EXISTS events_append_only ON events_event",
    "DROP TRIGGER IF EXISTS events_no_truncate ON events_event",
]
_SQLITE = [
    f"""
    CREATE TRIGGER events_append_only BEFORE UPDATE ON events_event
    WHEN NOT (OLD.position IS NULL AND NEW.position IS NOT NULL
              AND {" AND ".join(f"OLD.{c} IS NEW.{c}" for c in _KEPT)})
    BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END
    """,
    f"""
    CREATE TRIGGER events_no_delete BEFORE DELETE ON events_event
    BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END
    """,
]
_SQLITE_OFF = ["DROP TRIGGER IF EXISTS events_append_only", "DROP TRIGGER IF EXISTS events_no_delete"]


def protect(connection: BaseDatabaseWrapper) -> None:
    """Install the triggers."""
    _execute(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def unprotect(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers: for reversing the migration, and for the tests' own flush."""
    _execute(connection, _POSTGRESQL_OFF if connection.vendor == "postgresql" else _SQLITE_OFF)


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
