"""The roster of a court's filer accounts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, cast

from django.db import connection
from django.utils.translation import gettext as _

from accounts.keys import name_key, search_key
from accounts.models import FilerAccount
from accounts.models.roster import RosterKind, StagedFiler
from accounts.rosters import sql
from accounts.rosters.base import ChangeEvent, Lines, Roster
from accounts.rosters.columns import FILER_COLUMNS, digest_of
from accounts.rosters.faults import MOST_FAULTS, Fault
from accounts.rosters.held import is_held
from accounts.rosters.rows import ValueRow
from events.kinds import EventType

# Fields that a roster writes as they stand. A roster that does not state one leaves it.
_PLAIN = ("first_name", "middle_name", "last_name", "suffix", "bar_number", "bar_state", "email", "phone", "status")
_NULLABLE = ("external_id", "last_filed_on")
# Their change makes a pending confirmation void: it showed somebody else.
_IDENTITY = ("login", "role", "first_name", "middle_name", "last_name", "suffix", "bar_number")
# Their change deserves a line in the record for itself; the others are in the figures of the load.
_TOLD = ("role", "password_hash", "status")
_MOVES = ("login",)

_DIFFS = {
    "login": "(s.login <> t.login OR s.key <> t.login_key)",
    **{name: f"(s.{name} IS NOT NULL AND (t.{name} IS NULL OR s.{name} <> t.{name}))" for name in _NULLABLE},
    "role": "(NOT s.held AND s.role IS NOT NULL AND s.role <> t.role)",
    **{name: f"(s.{name} IS NOT NULL AND s.{name} <> t.{name})" for name in _PLAIN},
    "password_hash": "(NOT s.held AND s.password_digest IS NOT NULL AND s.password_digest <> t.password_loaded)",
}


class FilerRoster(Roster):
    """Rows are the same filer by `external_id` where given, else by login."""

    kind = RosterKind.FILERS
    columns = FILER_COLUMNS
    staged: ClassVar[type[StagedFiler]] = StagedFiler
    name_field = "login"
    others = "accounts_fileraccount t"
    diffs = _DIFFS
    held_back = (
        "(s.held AND ((s.role IS NOT NULL AND s.role <> t.role)"
        " OR (s.password_digest IS NOT NULL AND s.password_digest <> t.password_loaded)))"
    )
    closes = "(s.status = 'closed' AND t.status <> 'closed')"

    def staged_row(self, row: ValueRow) -> StagedFiler:
        values = dict(row.values)
        password = cast("str | None", values.pop("password_hash", None))
        login, last_name = str(values["login"]), cast("str | None", values.get("last_name"))
        return StagedFiler(
            load=self.load,
            line=row.line,
            key=name_key(login),
            last_name_key=None if last_name is None else search_key(last_name),
            password=password,
            password_digest=digest_of(password) if password else None,
            **cast("dict[str, Any]", values),
        )

    def match(self, lines: Lines) -> None:
        # A number that is new to us may belong to a filer whom an earlier roster brought without one.
        self.set_targets(
            lines,
            "COALESCE((SELECT t.id FROM {others} WHERE t.court_id = %(court)s AND t.external_id = s.external_id),"
            " (SELECT t.id FROM {others} WHERE t.court_id = %(court)s AND t.login_key = s.key"
            " AND (s.external_id IS NULL OR t.external_id IS NULL)))",
        )

    def hold(self, lines: Lines) -> None:
        rows = StagedFiler.objects.filter(load=self.load, line__range=(lines.first, lines.last))
        rows.filter(held=True).exclude(is_held("target")).update(held=False)
        rows.filter(is_held("target"), held=False).update(held=True)

    def collisions(self) -> list[Fault]:
        login, number = self.column_number("login"), self.column_number("external_id")
        faults = [
            Fault(line, login, _("the login %(name)s is in line %(first)s too") % {"name": name, "first": first})
            for line, first, name in self.doubles("key")
        ]
        faults += [
            Fault(line, number, _("this external_id is in line %(first)s too") % {"first": first})
            for line, first, _name in self.doubles("external_id")
        ]
        if faults:
            return faults
        faults += [
            Fault(
                line,
                login,
                _("%(name)s is the same filer account as line %(first)s: one has its number, one its login")
                % {"name": name, "first": first},
            )
            for line, first, name in self.doubles("target")
        ]
        taken = _("the login %(login)s belongs to another filer account: %(name)s, external_id %(number)s")
        return faults + [
            Fault(line, login, taken % {"login": given, "name": f"{first} {last}".strip(), "number": other or "-"})
            for line, given, other, first, last in self._taken_logins()
        ]

    def _taken_logins(self) -> list[tuple[Any, ...]]:
        """Rows whose login another account has and keeps."""
        return sql.rows(
            "SELECT s.line, s.login, t.external_id, t.first_name, t.last_name FROM {staged} s JOIN {others}"
            " ON t.court_id = %(court)s AND t.login_key = s.key WHERE s.load_id = %(load)s"
            " AND (s.target IS NULL OR s.target <> t.id)"
            " AND NOT EXISTS (SELECT 1 FROM {staged} o WHERE o.load_id = %(load)s AND o.target = t.id"
            " AND o.key <> t.login_key) ORDER BY s.line LIMIT %(limit)s",
            {**self.params, "limit": MOST_FAULTS},
            **self.parts,
        )

    def lock(self, lines: Lines) -> None:
        if connection.features.has_select_for_update:
            targets = StagedFiler.objects.filter(
                load=self.load, line__range=(lines.first, lines.last), target__isnull=False
            )
            held = FilerAccount.objects.filter(pk__in=targets.values("target")).order_by("pk")
            list(held.select_for_update(no_key=True).values_list("pk"))

    def make_room(self, *, now: datetime) -> None:
        # Logins that change hands stand aside first. No login starts with a line feed: keys are trimmed.
        sql.run(
            "UPDATE accounts_fileraccount SET login_key = CAST(%(aside)s AS text) || CAST(id AS text)"
            " WHERE id IN (SELECT s.target FROM {staged} s, {others} WHERE s.load_id = %(load)s AND t.id = s.target"
            " AND s.key <> t.login_key)",
            {**self.params, "aside": "\n"},
            **self.parts,
        )
        sql.run(
            "UPDATE accounts_fileraccount AS t SET login = s.login, login_key = s.key, updated_at = %(now)s,"
            " identity_version = t.identity_version + 1 FROM {staged} s"
            " WHERE s.load_id = %(load)s AND s.target = t.id AND s.key <> t.login_key",
            {**self.params, "now": sql.instant(now)},
            **self.parts,
        )

    def write(self, lines: Lines, *, now: datetime) -> None:
        span = {**self.span(lines), "now": sql.instant(now)}
        identity = " OR ".join(_DIFFS[name] for name in _IDENTITY)
        plain = ", ".join(f"{name} = COALESCE(s.{name}, t.{name})" for name in (*_PLAIN, *_NULLABLE))
        password = _DIFFS["password_hash"]
        sql.run(
            "UPDATE accounts_fileraccount AS t SET login = s.login, {plain},"
            " last_name_key = COALESCE(s.last_name_key, t.last_name_key),"
            " role = CASE WHEN s.held THEN t.role ELSE COALESCE(s.role, t.role) END,"
            " identity_version = t.identity_version + CASE WHEN {identity} THEN 1 ELSE 0 END,"
            " password = CASE WHEN {password} THEN s.password ELSE t.password END,"
            " password_loaded = CASE WHEN {password} THEN s.password_digest ELSE t.password_loaded END,"
            " password_version = t.password_version + CASE WHEN {password} THEN 1 ELSE 0 END, updated_at = %(now)s"
            " FROM {staged} s WHERE s.load_id = %(load)s AND s.line BETWEEN %(first)s AND %(last)s"
            " AND s.change = 'changed' AND s.target = t.id",
            span,
            plain=plain,
            identity=identity,
            password=password,
            **self.parts,
        )
        texts = [name for name in _PLAIN if name != "status"]
        sql.run(
            "INSERT INTO accounts_fileraccount (court_id, login, login_key, {names}, role, status, password,"
            " password_loaded, password_version, identity_version, created_at, updated_at, external_id, last_filed_on,"
            " last_name_key)"
            " SELECT %(court)s, s.login, s.key, {values}, COALESCE(s.role, 'attorney'), COALESCE(s.status, 'active'),"
            " COALESCE(s.password, ''), COALESCE(s.password_digest, ''), 1, 1, %(now)s, %(now)s, s.external_id,"
            " s.last_filed_on, COALESCE(s.last_name_key, '') FROM {staged} s"
            " WHERE s.load_id = %(load)s AND s.change = 'new'"
            " AND s.line BETWEEN %(first)s AND %(last)s",
            span,
            names=", ".join(texts),
            values=", ".join(f"COALESCE(s.{name}, '')" for name in texts),
            **self.parts,
        )

    def open_accounts(self) -> int:
        return FilerAccount.objects.filter(court_id=self.load.court_id).exclude(status="closed").count()

    def missing(self, *, limit: int) -> list[tuple[int, str]]:
        return [(int(pk), str(login)) for pk, login in self._missing("t.id, t.login", limit=limit)]

    def count_missing(self) -> int:
        return int(self._missing("COUNT(*)", limit=1)[0][0])

    def _missing(self, wanted: str, *, limit: int) -> list[tuple[Any, ...]]:
        return sql.rows(
            "SELECT {wanted} FROM {others} WHERE t.court_id = %(court)s AND t.status <> 'closed' AND NOT EXISTS"
            " (SELECT 1 FROM {staged} s WHERE s.load_id = %(load)s AND s.target = t.id) LIMIT %(limit)s",
            {**self.params, "limit": limit},
            wanted=wanted,
            **self.parts,
        )

    def close(self, ids: Sequence[int], *, now: datetime) -> None:
        FilerAccount.objects.filter(pk__in=ids).update(status="closed", updated_at=now)

    def change_events(self, lines: Lines, *, moves: bool) -> list[ChangeEvent]:
        told = {name: _DIFFS[name] for name in (_MOVES if moves else _TOLD)}
        found = sql.rows(
            "SELECT s.target, {flags} FROM {staged} s, {others} WHERE s.load_id = %(load)s AND t.id = s.target"
            " AND s.line BETWEEN %(first)s AND %(last)s AND ({any_told})",
            self.span(lines),
            flags=", ".join(f"CASE WHEN {condition} THEN 1 ELSE 0 END" for condition in told.values()),
            any_told=" OR ".join(told.values()),
            **self.parts,
        )
        return [
            (
                EventType.FILER_LOADED,
                ("filer", target),
                {"load": self.load.pk, "fields": [name for name, flag in zip(told, flags, strict=True) if flag]},
            )
            for target, *flags in found
        ]

    def closing_event(self) -> tuple[EventType, str, dict[str, Any]]:
        return EventType.FILER_STATE_CHANGED, "filer", {"status": "closed", "load": self.load.pk, "why": "absent"}
