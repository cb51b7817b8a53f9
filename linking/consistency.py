"""The database's own word that a held link has the court and role of its filer account: triggers, on both databases.

A plain composite foreign key would also bind ended links, and then no role could ever change. On PostgreSQL the look
at the filer takes FOR KEY SHARE, as a foreign key would: role is part of a unique key, so a rival's change of role
waits for us, or we see it. A link that is paused or ends stays with the same filer account and needs no look: whoever
holds its row and waited here for the filer's would meet those who hold the filer's and wait for the link. On SQLite
there is one writer at a time.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_LINK_DIFFERS = "a link has the court and role of its filer account"
_FILER_HELD = "the role of a linked filer account changes through its own flow"
_ENDED = "an ended link is never changed"
_KEPT = ("account_id", "filer_id", "court_id", "role", "receipt", "linked_at", "ended_at", "ending", "end_reason")

_POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION link_like_its_filer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.ended_at IS NOT NULL THEN
            IF ROW({", ".join(f"OLD.{c}" for c in _KEPT)}) IS DISTINCT FROM ROW({", ".join(f"NEW.{c}" for c in _KEPT)})
            THEN RAISE EXCEPTION '{_ENDED}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
            RETURN NEW;
        END IF;
        IF TG_OP = 'UPDATE'
            AND ROW(OLD.filer_id, OLD.court_id, OLD.role) IS NOT DISTINCT FROM ROW(NEW.filer_id, NEW.court_id, NEW.role)
        THEN RETURN NEW; END IF;
        PERFORM 1 FROM accounts_fileraccount
        WHERE id = NEW.filer_id AND court_id = NEW.court_id AND role = NEW.role FOR KEY SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION '{_LINK_DIFFERS}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER link_like_its_filer BEFORE INSERT OR UPDATE ON linking_link
    FOR EACH ROW EXECUTE FUNCTION link_like_its_filer()
    """,
    f"""
    CREATE OR REPLACE FUNCTION filer_like_its_link() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM linking_link WHERE filer_id = NEW.id AND ended_at IS NULL) THEN
            RAISE EXCEPTION '{_FILER_HELD}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER filer_like_its_link AFTER UPDATE OF court_id, role ON accounts_fileraccount
    FOR EACH ROW WHEN (OLD.court_id IS DISTINCT FROM NEW.court_id OR OLD.role IS DISTINCT FROM NEW.role)
    EXECUTE FUNCTION filer_like_its_link()
    """,
]
_POSTGRESQL_OFF = [
    "DROP TRIGGER IF EXISTS link_like_its_filer ON linking_link",
    "DROP TRIGGER IF EXISTS filer_like_its_link ON accounts_fileraccount",
    "DROP FUNCTION IF EXISTS link_like_its_filer()",
    "DROP FUNCTION IF EXISTS filer_like_its_link()",
]
_DIFFERS = """NOT EXISTS (SELECT 1 FROM accounts_fileraccount
                WHERE id = NEW.filer_id AND court_id = NEW.court_id AND role = NEW.role)"""
_SQLITE = [
    f"""
    CREATE TRIGGER link_like_its_filer_insert BEFORE INSERT ON linking_link WHEN {_DIFFERS}
    BEGIN SELECT RAISE(ABORT, '{_LINK_DIFFERS}'); END
    """,
    f"""
    CREATE TRIGGER link_like_its_filer_update BEFORE UPDATE ON linking_link
    WHEN OLD.ended_at IS NULL AND {_DIFFERS}
    BEGIN SELECT RAISE(ABORT, '{_LINK_DIFFERS}'); END
    """,
    f"""
    CREATE TRIGGER link_ended_stays BEFORE UPDATE ON linking_link
    WHEN OLD.ended_at IS NOT NULL AND NOT ({" AND ".join(f"OLD.{c} IS NEW.{c}" for c in _KEPT)})
    BEGIN SELECT RAISE(ABORT, '{_ENDED}'); END
    """,
    f"""
    CREATE TRIGGER filer_like_its_link AFTER UPDATE OF court_id, role ON accounts_fileraccount
    WHEN (OLD.court_id IS NOT NEW.court_id OR OLD.role IS NOT NEW.role)
         AND EXISTS (SELECT 1 FROM linking_link WHERE filer_id = NEW.id AND ended_at IS NULL)
    BEGIN SELECT RAISE(ABORT, '{_FILER_HELD}'); END
    """,
]
_SQLITE_OFF = [
    "DROP TRIGGER IF EXISTS link_like_its_filer_insert",
    "DROP TRIGGER IF EXISTS link_like_its_filer_update",
    "DROP TRIGGER IF EXISTS link_ended_stays",
    "DROP TRIGGER IF EXISTS filer_like_its_link",
]


def protect(connection: BaseDatabaseWrapper) -> None:
    """Install the triggers."""
    _execute(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def unprotect(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers: for reversing the migration, and for the tests' controls."""
    _execute(connection, _POSTGRESQL_OFF if connection.vendor == "postgresql" else _SQLITE_OFF)


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
