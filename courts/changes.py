"""What a court's staff change about their court: each change one transaction with its event, and kept by loaders."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courts.clock import exists_locally, local_instant
from courts.directory import bump_version
from courts.kinds import GoLiveBasis
from courts.models import Court, Notice, Office
from courts.words import zone_words
from events.kinds import EventType
from events.record import Actor, record

CONTACT_FIELDS = (
    "help_desk_email",
    "help_desk_phone",
    "emergency_contact",
    "website_url",
    "rss_url",
    "order_url",
    "pdf_limit_mb",
    "undo_hours",
)


class ChangeCode(StrEnum):
    HOSTED = "hosted"
    NO_SUCH_TIME = "no_such_time"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    BOTH_ENDS_NEEDED = "both_ends_needed"
    REASON_MISSING = "reason_missing"
    PAST_GO_LIVE = "past_go_live"
    CHANGED_MEANWHILE = "changed_meanwhile"


class ChangeRefused(Exception):
    """Nothing was changed. `.code` for programs, `.sentence` for people, `.field` the form field it belongs to."""

    def __init__(self, code: ChangeCode, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.field = code, sentence, field


@dataclass(frozen=True, slots=True, kw_only=True)
class GoLive:
    """A go-live as staff set it: no day means not announced. `at` is a local time at the court."""

    day: date | None
    at: time = time(0, 0)
    order_url: str = ""


def shown(court: Court, names: Iterable[str]) -> dict[str, str]:
    """These fields of the court as text, for comparing what somebody saw with what stands now."""
    values = {name: getattr(court, name) for name in names}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def set_go_live(
    court: Court,
    go_live: GoLive,
    *,
    actor: Actor,
    reason: str,
    now: datetime,
    may_move_past: bool,
    seen: Mapping[str, str] | None = None,
) -> None:
    """Set or move the go-live of `court` at `now` (aware). `seen` is what the asker was `shown`. Raises ChangeRefused.

    Moving a go-live that has passed to a later instant, or taking it away, needs `may_move_past` (national staff) and
    a reason: links stay, but filing stops until the new instant.
    """
    _refuse_hosted(court)
    if go_live.day is not None:
        _refuse_missing_time(go_live.day, go_live.at, court, "at")
    with transaction.atomic(durable=True):
        court = Court.objects.select_for_update(no_key=True).get(pk=court.pk)
        _refuse_stale(court, seen)
        if takes_back(court, go_live, now=now):
            if not may_move_past:
                raise ChangeRefused(
                    ChangeCode.PAST_GO_LIVE,
                    _("This court is live. Only national staff may move its go-live later."),
                    "day",
                )
            if not reason.strip():
                raise ChangeRefused(ChangeCode.REASON_MISSING, _("Say why: this stops filing at the court."), "reason")
        before = _facts(court)
        court.go_live_basis = GoLiveBasis.DATED if go_live.day else GoLiveBasis.NOT_ANNOUNCED
        court.nextgen_go_live, court.go_live_time = go_live.day, go_live.at
        court.order_url, court.go_live_source = go_live.order_url, go_live.order_url
        _keep(court, {"go_live_basis", "nextgen_go_live", "order_url", "go_live_source"})
        court.save()
        facts = {"before": before, "after": _facts(court), "reason": reason.strip()[:500]}
        record(EventType.GO_LIVE_CHANGED, actor=actor, court_id=court.pk, subject=("court", court.pk), facts=facts)
        bump_version()


def takes_back(court: Court, go_live: GoLive, *, now: datetime) -> bool:
    """Whether `go_live` would make a court that is live at `now` (aware) one that is not."""
    if court.go_live_basis == GoLiveBasis.NOT_ANNOUNCED:
        return False
    known = court.go_live_at
    if known is not None and now < known:
        return False
    return go_live.day is None or local_instant(go_live.day, go_live.at, court.time_zone) > now


def set_dark_period(
    court: Court,
    begins: datetime | None,
    ends: datetime | None,
    *,
    actor: Actor,
    seen: Mapping[str, str] | None = None,
) -> None:
    """Set when CM/ECF is down: both ends as local times at the court (naive), or neither.

    `seen` is what the asker was `shown`. Raises ChangeRefused.
    """
    _refuse_hosted(court)
    if (begins is None) != (ends is None):
        raise ChangeRefused(ChangeCode.BOTH_ENDS_NEEDED, _("Give both ends, or neither."), "ends")
    for wall, field in ((begins, "begins"), (ends, "ends")):
        if wall is not None:
            _refuse_missing_time(wall.date(), wall.time(), court, field)
    dark_from = local_instant(begins.date(), begins.time(), court.time_zone) if begins else None
    dark_until = local_instant(ends.date(), ends.time(), court.time_zone) if ends else None
    if dark_from and dark_until and dark_until <= dark_from:
        raise ChangeRefused(ChangeCode.ENDS_BEFORE_IT_BEGINS, _("The end must come after the beginning."), "ends")
    with transaction.atomic(durable=True):
        court = Court.objects.select_for_update(no_key=True).get(pk=court.pk)
        _refuse_stale(court, seen)
        before = _facts(court)
        court.dark_from, court.dark_until = dark_from, dark_until
        court.save()
        facts = {"before": before, "after": _facts(court)}
        record(EventType.GO_LIVE_CHANGED, actor=actor, court_id=court.pk, subject=("court", court.pk), facts=facts)
        bump_version()


@transaction.atomic(durable=True)
def set_contacts(
    court: Court, given: Mapping[str, Any], *, actor: Actor, seen: Mapping[str, str] | None = None
) -> bool:
    """Set the CONTACT_FIELDS in `given`; whether anything changed. `seen`: those fields as the asker was `shown` them.

    Raises ChangeRefused if one of them was changed since.
    """
    court = Court.objects.select_for_update(no_key=True).get(pk=court.pk)
    _refuse_stale(court, seen)
    changed = {name for name in CONTACT_FIELDS if name in given and getattr(court, name) != given[name]}
    if not changed:
        return False
    for name in changed:
        setattr(court, name, given[name])
    _keep(court, changed)
    court.save()
    record(
        EventType.COURT_CHANGED,
        actor=actor,
        court_id=court.pk,
        subject=("court", court.pk),
        facts={"fields": sorted(changed)},
    )
    bump_version()
    return True


@transaction.atomic
def note_change(row: Office | Notice, *, actor: Actor, what: str) -> None:
    """Record that an office or notice was `added`, `changed` or `deleted`, in the transaction that did it."""
    kind = EventType.NOTICE_PUBLISHED if isinstance(row, Notice) and what == "added" else EventType.COURT_CHANGED
    facts = {"what": what, row._meta.model_name or "": row.pk}
    record(kind, actor=actor, court_id=row.court_id, subject=("court", row.court_id), facts=facts)
    bump_version()


def _refuse_stale(court: Court, seen: Mapping[str, str] | None) -> None:
    """Runs under the row's lock: of two who looked at the same time, the later hears of the earlier."""
    now = shown(court, seen or ())
    moved = [name for name, value in (seen or {}).items() if now[name] != value]
    if not moved:
        return
    names = ", ".join(str(Court._meta.get_field(name).verbose_name) for name in moved)  # type: ignore[union-attr]
    raise ChangeRefused(
        ChangeCode.CHANGED_MEANWHILE,
        _("Somebody else has changed this since you opened the page: %(names)s. Nothing of yours was kept.")
        % {"names": names},
    )


def _refuse_hosted(court: Court) -> None:
    if court.hosted_by_id is not None:
        raise ChangeRefused(
            ChangeCode.HOSTED,
            _("This panel uses the CM/ECF of %(host)s: set the dates there.") % {"host": court.host.short_name},
        )


def _refuse_missing_time(day: date, at: time, court: Court, field: str) -> None:
    if not exists_locally(day, at, court.time_zone):
        raise ChangeRefused(
            ChangeCode.NO_SUCH_TIME,
            _("There is no %(time)s on that day in %(zone)s: clocks jump over it. Choose another time.")
            % {"time": at.strftime("%H:%M"), "zone": zone_words(court.time_zone)},
            field,
        )


def _keep(court: Court, names: set[str]) -> None:
    court.set_by_clerk = sorted({*court.set_by_clerk, *names})


def _facts(court: Court) -> dict[str, str | None]:
    def written(at: datetime | None) -> str | None:
        return at.isoformat() if at else None

    return {
        "basis": court.go_live_basis,
        "go_live_at": written(court.go_live_at),
        "dark_from": written(court.dark_from),
        "dark_until": written(court.dark_until),
    }
