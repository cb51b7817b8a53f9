"""A court's entry: its dates, contacts, offices, counties and notices, each for the court's own staff."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cmecf_portal.admin.court_rows import CountyAdmin, NoticeAdmin, OfficeAdmin
from cmecf_portal.admin.flows import Flow, ReasonForm, Refused, Words, acting, staff_user
from cmecf_portal.admin.records import RecordAdmin
from courts.changes import (
    CONTACT_FIELDS,
    ChangeCode,
    ChangeRefused,
    GoLive,
    set_contacts,
    set_dark_period,
    set_go_live,
    shown,
    takes_back,
)
from courts.clock import portal_now
from courts.models import Court
from courts.words import instant_words, zone_words
from linking.models import Link

__all__ = ["CountyAdmin", "CourtAdmin", "NoticeAdmin", "OfficeAdmin"]

GO_LIVE_FIELDS = ("nextgen_go_live", "go_live_time", "order_url")
DARK_FIELDS = ("dark_from", "dark_until")


class GoLiveForm(ReasonForm):
    """The day and local time of the go-live; no day: not announced."""

    day = forms.DateField(
        label=gettext_lazy("Go-live day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Leave it empty if no day is announced."),
    )
    at = forms.TimeField(
        label=gettext_lazy("Time, local at the court"),
        initial="00:00",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    order_url = forms.URLField(
        label=gettext_lazy("Order or notice that says so"), required=False, max_length=500, assume_scheme="https"
    )
    field_order = ["day", "at", "order_url", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        self.fields["reason"].help_text = _("Needed to move a go-live that has passed. Kept in the record.")


class WallClockField(forms.DateTimeField):
    """A local time as it stands on the wall, in no zone yet: which one is the court's affair."""

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override("UTC"):
            read = super().to_python(value)
        return read.replace(tzinfo=None) if read else None


class DarkPeriodForm(forms.Form):
    """Both ends as local times at the court, or neither."""

    begins = WallClockField(
        label=gettext_lazy("CM/ECF down from, local time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    ends = WallClockField(
        label=gettext_lazy("CM/ECF down until, local time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )


class ContactsForm(forms.ModelForm[Court]):
    """How the court is reached, and what filers should know."""

    class Meta:
        model = Court
        fields = list(CONTACT_FIELDS)

    def clean_emergency_contact(self) -> str:
        """Browsers send CRLF for every new line, whatever the page had."""
        return str(self.cleaned_data["emergency_contact"]).replace("\r\n", "\n")


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _refused(refusal: ChangeRefused, court: Court, names: Iterable[str]) -> Refused:
    """The flow's refusal for the form; a stale one also says what stands there now."""
    if refusal.code != ChangeCode.CHANGED_MEANWHILE:
        return Refused(refusal.sentence, field=refusal.field)
    court.refresh_from_db()
    now = "; ".join(
        f"{Court._meta.get_field(name).verbose_name}: {value or _('empty')}"  # type: ignore[union-attr]
        for name, value in shown(court, names).items()
    )
    return Refused(f"{refusal.sentence} " + _("Now it says: %s.") % now, stale=True)


def _set_go_live(request: HttpRequest, court: Court, given: Mapping[str, Any]) -> Words:
    wanted = GoLive(day=given["day"], at=given["at"], order_url=given["order_url"])
    now = portal_now()
    taken_back = takes_back(court, wanted, now=now)
    links = Link.objects.active().filter(court=court.host).count() if taken_back else 0
    try:
        set_go_live(
            court,
            wanted,
            actor=acting(request),
            reason=given["reason"],
            now=now,
            may_move_past=staff_user(request).is_national and staff_user(request).has_perm("courts.move_past_go_live"),
            seen=given["seen"],
        )
    except ChangeRefused as refusal:
        raise _refused(refusal, court, GO_LIVE_FIELDS) from None
    if not taken_back:
        return _("The go-live is set.")
    return ngettext(
        "The go-live is moved. %d link stays, and cannot be used for filing until then.",
        "The go-live is moved. %d links stay, and cannot be used for filing until then.",
        links,
    ) % links  # fmt: skip


def _set_dark_period(request: HttpRequest, court: Court, given: Mapping[str, Any]) -> Words:
    begins, ends = given["begins"], given["ends"]
    try:
        set_dark_period(court, begins, ends, actor=acting(request), seen=given["seen"])
    except ChangeRefused as refusal:
        raise _refused(refusal, court, DARK_FIELDS) from None
    return _("The dark period is set.") if begins else _("There is no dark period now.")


def _set_contacts(request: HttpRequest, court: Court, given: Mapping[str, Any]) -> Words:
    seen = given["seen"]
    # Only what this clerk has changed is written: what a colleague changed beside it stays.
    mine = {name: given[name] for name in CONTACT_FIELDS if seen is None or _text(given[name]) != seen[name]}
    try:
        changed = set_contacts(
            court, mine, actor=acting(request), seen=None if seen is None else {name: seen[name] for name in mine}
        )
    except ChangeRefused as refusal:
        raise _refused(refusal, court, mine) from None
    return _("The contacts are kept.") if changed else _("Nothing had to change.")


def _dark_period_of(court: Court) -> Mapping[str, Any]:
    zone = ZoneInfo(court.time_zone)
    ends = {"begins": court.dark_from, "ends": court.dark_until}
    return {name: at.astimezone(zone).replace(tzinfo=None) if at else None for name, at in ends.items()}


def _hosted(court: Court) -> Words:
    if court.hosted_by_id is None:
        return ""
    return _("This panel uses the CM/ECF of %s: set the dates there.") % court.host.short_name


def _links_in_use(court: Court) -> Words:
    """Before somebody moves a go-live that has passed: whom it would stop."""
    if not takes_back(court, GoLive(day=None), now=portal_now()):
        return ""
    links = Link.objects.active().filter(court=court.host).count()
    return ngettext(
        "This court is live, and %d link is in use. A later go-live stops filing with it until then; only national "
        "staff may set one, with a reason. The link stays.",
        "This court is live, and %d links are in use. A later go-live stops filing with them until then; only national "
        "staff may set one, with a reason. The links stay.",
        links,
    ) % links  # fmt: skip


@admin.register(Court)
class CourtAdmin(RecordAdmin[Court]):
    court_lookup = "pk"
    paginator = Paginator
    sortable_by = ["short_name", "court_id", "court_type", "nextgen_go_live"]
    list_display = ["short_name", "court_id", "court_type", "status_now", "nextgen_go_live", "help_desk_phone"]
    list_filter = ["court_type", "state"]
    list_select_related = ["hosted_by"]
    search_fields = ["court_id", "short_name", "name", "city"]
    search_help_text = gettext_lazy("Abbreviation, name or city")
    flows = (
        Flow(
            name="go-live",
            title=gettext_lazy("Set the go-live"),
            effect=gettext_lazy("The day and local time from which filers link and file under NextGen."),
            button=gettext_lazy("Set the go-live"),
            permission="courts.change_court",
            form=GoLiveForm,
            initial=lambda court: {
                "day": court.nextgen_go_live,
                "at": court.go_live_time,
                "order_url": court.order_url,
            },
            seen=lambda court: shown(court, GO_LIVE_FIELDS),
            note=_links_in_use,
            closed=_hosted,
            run=_set_go_live,
        ),
        Flow(
            name="dark-period",
            title=gettext_lazy("Set the dark period"),
            effect=gettext_lazy("The window in which CM/ECF is down for the move; nobody can link or file in it."),
            button=gettext_lazy("Set the dark period"),
            permission="courts.change_court",
            form=DarkPeriodForm,
            initial=_dark_period_of,
            seen=lambda court: shown(court, DARK_FIELDS),
            note=lambda court: _("Times are local at the court: %s.") % zone_words(court.time_zone),
            closed=_hosted,
            run=_set_dark_period,
        ),
        Flow(
            name="contacts",
            title=gettext_lazy("Keep the contacts"),
            effect=gettext_lazy("Help desk, emergency filing contact, addresses, PDF limit, time to undo a link."),
            button=gettext_lazy("Keep these contacts"),
            permission="courts.change_court",
            form=ContactsForm,
            initial=lambda court: {name: getattr(court, name) for name in CONTACT_FIELDS},
            seen=lambda court: shown(court, CONTACT_FIELDS),
            run=_set_contacts,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Court]:
        return super().get_queryset(request).select_related("hosted_by")

    def get_readonly_fields(self, request: HttpRequest, obj: Court | None = None) -> list[str]:
        return [field.name for field in self.opts.fields if field.editable]

    def get_fields(self, request: HttpRequest, obj: Court | None = None) -> list[Any]:
        return [field.name for field in self.opts.fields if field.editable]

    def subjects(self, row: Court) -> list[tuple[str, object]]:
        return [("court", row.pk)]

    def zone_of(self, row: Court) -> str:
        return row.time_zone

    @admin.display(description=gettext_lazy("Status"))
    def status_now(self, court: Court) -> str:
        at = portal_now()
        words = court.status(at).label
        go_live = court.go_live_at
        return f"{words}, {instant_words(go_live, court.time_zone)}" if go_live and go_live > at else str(words)
