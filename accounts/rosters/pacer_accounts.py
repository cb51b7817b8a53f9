"""The roster of PACER accounts: log-in and account, two tables, one row."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, cast

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.keys import name_key
from accounts.models import FilingState, PacerAccount, SearchState, User
from accounts.models.roster import RosterKind, StagedAccount
from accounts.rosters import sql
from accounts.rosters.base import ChangeEvent, Lines, Roster
from accounts.rosters.columns import ACCOUNT_COLUMNS, digest_of
from accounts.rosters.faults import MOST_FAULTS, Fault
from accounts.rosters.rows import ValueRow
from events.kinds import EventType

_NAMES = ("first_name", "middle_name", "last_name")
_STATES = ("search_state", "filing_state")

# An account that was upgraded here keeps its new username against a file that knows it as Legacy.
_DIFFS = {
    "username": "(NOT s.held AND (s.username <> u.username OR s.key <> u.username_key))",
    "kind": "(s.kind IS NOT NULL AND s.kind <> t.kind)",
    "opened_on": "(s.opened_on <> t.opened_on)",
    "upgraded_on": "(s.upgraded_on IS NOT NULL AND (t.upgraded_on IS NULL OR s.upgraded_on <> t.upgraded_on))",
    **{name: f"(s.{name} IS NOT NULL AND s.{name} <> t.{name})" for name in (*_NAMES, *_STATES)},
    "email": "(s.email IS NOT NULL AND s.email <> u.email)",
    "password_hash": "(s.password_digest IS NOT NULL AND s.password_digest <> t.password_loaded)",
}
_EVENTS = {
    "kind": EventType.ACCOUNT_CHANGED,
    "search_state": EventType.ACCOUNT_STATE_CHANGED,
    "filing_state": EventType.ACCOUNT_STATE_CHANGED,
    "upgraded_on": EventType.ACCOUNT_UPGRADED,
    "email": EventType.EMAIL_CHANGED,
    "password_hash": EventType.PASSWORD_CHANGED,
}
_LOSES_RIGHTS = "(s.filing_state IS NOT NULL AND s.filing_state <> t.filing_state AND s.filing_state <> 'active')"


class AccountRoster(Roster):
    """Rows are the same account by account number."""

    kind = RosterKind.ACCOUNTS
    columns = ACCOUNT_COLUMNS
    staged: ClassVar[type[StagedAccount]] = StagedAccount
    name_field = "username"
    others = "accounts_paceraccount t JOIN accounts_user u ON u.id = t.user_id"
    diffs = _DIFFS
    held_back = "s.held"
    closes = "(s.filing_state = 'deactivated' AND t.filing_state <> 'deactivated')"

    def staged_row(self, row: ValueRow) -> StagedAccount:
        values = dict(row.values)
        password = cast("str | None", values.pop("password_hash", None))
        return StagedAccount(
            load=self.load,
            line=row.line,
            key=name_key(str(values["username"])),
            password=password,
            password_digest=digest_of(password) if password else None,
            **cast("dict[str, Any]", values),
        )

    def match(self, lines: Lines) -> None:
        self.set_targets(lines, "(SELECT t.id FROM accounts_paceraccount t WHERE t.account_number = s.account_number)")

    def hold(self, lines: Lines) -> None:
        sql.run(
            "UPDATE {staged} AS s SET held = NOT s.held"
            " WHERE s.load_id = %(load)s AND s.line BETWEEN %(first)s AND %(last)s"
            " AND s.held <> EXISTS (SELECT 1 FROM {others} WHERE t.id = s.target"
            " AND t.upgraded_on IS NOT NULL AND s.upgraded_on IS NULL AND s.key <> u.username_key)",
            self.span(lines),
            **self.parts,
        )

    def collisions(self) -> list[Fault]:
        number, username = self.column_number("account_number"), self.column_number("username")
        faults = [
            Fault(line, number, _("this account number is in line %(first)s too") % {"first": first})
            for line, first, _name in self.doubles("account_number")
        ]
        faults += [
            Fault(line, username, _("the username %(name)s is in line %(first)s too") % {"name": name, "first": first})
            for line, first, name in self.doubles("key")
        ]
        taken = _("the username %(username)s belongs to somebody else: %(whose)s")
        return faults + [
            Fault(
                line,
                username,
                taken % {"username": name, "whose": _("account %(n)s") % {"n": n} if n else _("a member of staff")},
            )
            for line, name, n in self._taken_usernames()
        ]

    def _taken_usernames(self) -> list[tuple[Any, ...]]:
        """Rows whose username another log-in has and keeps."""
        return sql.rows(
            "SELECT s.line, s.username, t.account_number FROM {staged} s"
            " JOIN accounts_user u ON u.username_key = s.key LEFT JOIN accounts_paceraccount t ON t.user_id = u.id"
            " WHERE s.load_id = %(load)s AND NOT s.held AND (s.target IS NULL OR t.id IS NULL OR s.target <> t.id)"
            " AND NOT EXISTS (SELECT 1 FROM {staged} o WHERE o.load_id = %(load)s AND o.target = t.id"
            " AND NOT o.held AND o.key <> u.username_key) ORDER BY s.line LIMIT %(limit)s",
            {**self.params, "limit": MOST_FAULTS},
            **self.parts,
        )

    def lock(self, lines: Lines) -> None:
        if connection.features.has_select_for_update:
            targets = StagedAccount.objects.filter(
                load=self.load, line__range=(lines.first, lines.last), target__isnull=False
            )
            users = User.objects.filter(pacer_account__pk__in=targets.values("target")).order_by("pk")
            list(users.select_for_update(no_key=True).values_list("pk"))

    def make_room(self, *, now: datetime) -> None:
        # Usernames that change hands stand aside first. No key starts with a line feed: keys are trimmed.
        sql.run(
            "UPDATE accounts_user SET username_key = CAST(%(aside)s AS text) || CAST(id AS text)"
            " WHERE id IN (SELECT u.id FROM {staged} s, {others} WHERE s.load_id = %(load)s AND t.id = s.target"
            " AND NOT s.held AND s.key <> u.username_key)",
            {**self.params, "aside": "\n"},
            **self.parts,
        )
        sql.run(
            "UPDATE accounts_user AS u SET username = s.username, username_key = s.key,"
            " credentials_version = u.credentials_version + 1 FROM {staged} s, accounts_paceraccount t"
            " WHERE s.load_id = %(load)s AND t.id = s.target AND u.id = t.user_id AND NOT s.held"
            " AND s.key <> u.username_key",
            self.params,
            **self.parts,
        )

    def write(self, lines: Lines, *, now: datetime) -> None:
        self._update(lines, now=now)
        self._insert(lines, now=now)

    def _update(self, lines: Lines, *, now: datetime) -> None:
        span = {**self.span(lines), "now": sql.instant(now)}
        password = _DIFFS["password_hash"]
        where = (
            "WHERE s.load_id = %(load)s AND s.line BETWEEN %(first)s AND %(last)s AND s.change = 'changed'"
            " AND t.id = s.target AND u.id = t.user_id"
        )
        # The log-in first: what it needs to know still stands in the account.
        sql.run(
            "UPDATE accounts_user AS u SET username = CASE WHEN s.held THEN u.username ELSE s.username END,"
            " email_verified_at = CASE WHEN s.email <> u.email THEN NULL ELSE u.email_verified_at END,"
            " email = COALESCE(s.email, u.email), password = CASE WHEN {password} THEN s.password ELSE u.password END,"
            " credentials_version = u.credentials_version + CASE WHEN {password} OR {loses_rights} THEN 1 ELSE 0 END"
            " FROM {staged} s, accounts_paceraccount t {where}",
            span,
            password=password,
            loses_rights=_LOSES_RIGHTS,
            where=where,
            **self.parts,
        )
        kept = ", ".join(
            f"{name} = COALESCE(s.{name}, t.{name})" for name in ("kind", "upgraded_on", *_NAMES, *_STATES)
        )
        sql.run(
            "UPDATE accounts_paceraccount AS t SET opened_on = s.opened_on, {kept},"
            " identity_version = t.identity_version + CASE WHEN {identity} THEN 1 ELSE 0 END,"
            " password_changed_at = CASE WHEN {password} THEN %(now)s ELSE t.password_changed_at END,"
            " password_loaded = CASE WHEN {password} THEN s.password_digest ELSE t.password_loaded END,"
            " updated_at = %(now)s FROM {staged} s, accounts_user u {where}",
            span,
            kept=kept,
            identity=" OR ".join(_DIFFS[name] for name in ("kind", *_NAMES)),
            password=password,
            where=where,
            **self.parts,
        )

    def _insert(self, lines: Lines, *, now: datetime) -> None:
        span = {**self.span(lines), "now": sql.instant(now), "no": False, "yes": True}
        where = " WHERE s.load_id = %(load)s AND s.line BETWEEN %(first)s AND %(last)s AND s.change = 'new'"
        # "!" is Django's mark for a password that nobody has.
        sql.run(
            "INSERT INTO accounts_user (username, username_key, email, password, display_name, is_active, is_superuser,"
            " date_joined, credentials_version) SELECT s.username, s.key, COALESCE(s.email, ''),"
            " COALESCE(s.password, '!'), '', %(yes)s, %(no)s, %(now)s, 1 FROM {staged} s {where}",
            span,
            where=where,
            **self.parts,
        )
        texts = ("suffix", "organization", "user_type", "address", "address_more", "city", "state", "county", "zip")
        sql.run(
            "INSERT INTO accounts_paceraccount (user_id, account_number, kind, opened_on, upgraded_on, first_name,"
            " middle_name, last_name, search_state, filing_state, password_loaded, password_changed_at,"
            " identity_version, updated_at, phone, {texts}) SELECT u.id, s.account_number,"
            " COALESCE(s.kind, 'individual'), s.opened_on, s.upgraded_on, COALESCE(s.first_name, ''),"
            " COALESCE(s.middle_name, ''), COALESCE(s.last_name, ''), COALESCE(s.search_state, 'active'),"
            " COALESCE(s.filing_state, 'active'), COALESCE(s.password_digest, ''), %(now)s, 1, %(now)s, '', {blanks}"
            " FROM {staged} s JOIN accounts_user u ON u.username_key = s.key {where}",
            span,
            texts=", ".join(texts),
            blanks=", ".join("''" for _name in texts),
            where=where,
            **self.parts,
        )

    def open_accounts(self) -> int:
        return PacerAccount.objects.exclude(filing_state=FilingState.DEACTIVATED).count()

    def missing(self, *, limit: int) -> list[tuple[int, str]]:
        return [(int(pk), str(number)) for pk, number in self._missing("t.id, t.account_number", limit=limit)]

    def count_missing(self) -> int:
        return int(self._missing("COUNT(*)", limit=1)[0][0])

    def _missing(self, wanted: str, *, limit: int) -> list[tuple[Any, ...]]:
        return sql.rows(
            "SELECT {wanted} FROM accounts_paceraccount t WHERE t.filing_state <> 'deactivated' AND NOT EXISTS"
            " (SELECT 1 FROM {staged} s WHERE s.load_id = %(load)s AND s.target = t.id) LIMIT %(limit)s",
            {**self.params, "limit": limit},
            wanted=wanted,
            **self.parts,
        )

    def close(self, ids: Sequence[int], *, now: datetime) -> None:
        User.objects.filter(pacer_account__pk__in=ids).update(credentials_version=F("credentials_version") + 1)
        PacerAccount.objects.filter(pk__in=ids).update(
            filing_state=FilingState.DEACTIVATED, search_state=SearchState.INACTIVE, updated_at=now
        )

    def change_events(self, lines: Lines, *, moves: bool) -> list[ChangeEvent]:
        kinds = {"username": EventType.USERNAME_CHANGED} if moves else _EVENTS
        told = {name: _DIFFS[name] for name in kinds}
        found = sql.rows(
            "SELECT s.target, {flags} FROM {staged} s, {others} WHERE s.load_id = %(load)s AND t.id = s.target"
            " AND s.line BETWEEN %(first)s AND %(last)s AND ({any_told})",
            self.span(lines),
            flags=", ".join(f"CASE WHEN {condition} THEN 1 ELSE 0 END" for condition in told.values()),
            any_told=" OR ".join(told.values()),
            **self.parts,
        )
        return [
            (kind, ("account", target), {"load": self.load.pk})
            for target, *flags in found
            for kind in dict.fromkeys(kinds[name] for name, flag in zip(told, flags, strict=True) if flag)
        ]

    def closing_event(self) -> tuple[EventType, str, dict[str, Any]]:
        facts = {"filing_state": "deactivated", "load": self.load.pk, "why": "absent"}
        return EventType.ACCOUNT_STATE_CHANGED, "account", facts
