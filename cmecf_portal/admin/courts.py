"""A court's entry: its dates, contacts, offices, counties and notices, each for the court's own staff."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cmecf_portal.admin.flows import Flow, FlowAdmin, ReasonForm, Refused, Words, acting, staff_user
from cmecf_portal.admin.history import history_of
from courts.changes import (
    CONTACT_FIELDS,
    ChangeRefused,
    GoLive,
    note_change,
    set_contacts,
    set_dark_period,
    set_go_live,
    takes_back,
)
from courts.clock import portal_now
from courts.models import County, Court, Notice, Office
from courts.scoped_admin import CourtFilter, ReadOnlyAdmin, ScopedAdmin
from courts.words import instant_words
from linking.models import Link


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


class DarkPeriodForm(forms.Form):
    """Both ends as local times at the court, or neither."""

    begins = forms.DateTimeField(
        label=gettext_lazy("CM/ECF down from, local time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    ends = forms.DateTimeField(
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
        )
    except ChangeRefused as refusal:
        raise Refused(refusal.sentence) from None
    if not taken_back:
        return _("The go-live is set.")
    return ngettext(
        "The go-live is moved. %d link stays, and cannot be used for filing until then.",
        "The go-live is moved. %d links stay, and cannot be used for filing until then.",
        links,
    ) % links  # fmt: skip


def _set_dark_period(request: HttpRequest, court: Court, given: Mapping[str, Any]) -> Words:
    begins, ends = (timezone.make_naive(at, ZoneInfo("UTC")) if at else None for at in (given["begins"], given["ends"]))
    try:
        set_dark_period(court, begins, ends, actor=acting(request))
    except ChangeRefused as refusal:
        raise Refused(refusal.sentence) from None
    return _("The dark period is set.") if begins else _("There is no dark period now.")


def _set_contacts(request: HttpRequest, court: Court, given: Mapping[str, Any]) -> Words:
    changed = set_contacts(court, given, actor=acting(request))
    return _("The contacts are kept.") if changed else _("Nothing had to change.")


def _dark_period_of(court: Court) -> Mapping[str, Any]:
    zone = ZoneInfo(court.time_zone)
    ends = {"begins": court.dark_from, "ends": court.dark_until}
    return {name: at.astimezone(zone).replace(tzinfo=ZoneInfo("UTC")) if at else None for name, at in ends.items()}


def _hosted(court: Court) -> Words:
    if court.hosted_by_id is None:
        return ""
    return _("This panel uses the CM/ECF of %s: set the dates there.") % court.host.short_name


@admin.register(Court)
class CourtAdmin(FlowAdmin[Court]):
    court_lookup = "pk"
    list_display = ["short_name", "court_id", "court_type", "status_now", "nextgen_go_live", "help_desk_phone"]
    list_filter = ["court_type", "state"]
    list_select_related = ["hosted_by"]
    search_fields = ["court_id", "short_name", "name", "city"]
    change_form_template = "admin/record.html"
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
            run=_set_contacts,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Court]:
        return super().get_queryset(request).select_related("hosted_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # courts come with the reference data

    def has_delete_permission(self, request: HttpRequest, obj: Court | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Court | None = None) -> bool:
        return False  # the flows below change it

    def get_readonly_fields(self, request: HttpRequest, obj: Court | None = None) -> list[str]:
        return [field.name for field in self.opts.fields if field.editable]

    def get_fields(self, request: HttpRequest, obj: Court | None = None) -> list[Any]:
        return [field.name for field in self.opts.fields if field.editable]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        court = self.get_object(request, object_id)
        history = history_of([("court", court.pk)]) if court is not None else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "history": history})

    @admin.display(description=gettext_lazy("Status"))
    def status_now(self, court: Court) -> str:
        at = portal_now()
        words = court.status(at).label
        go_live = court.go_live_at
        return f"{words}, {instant_words(go_live, court.time_zone)}" if go_live and go_live > at else str(words)


class CourtRowAdmin[M: Office | Notice](ScopedAdmin[M]):
    """Offices and notices: plain forms; the change and its line in the record are one transaction of the form's."""

    list_filter = [CourtFilter]
    list_select_related = ["court"]

    def save_model(self, request: HttpRequest, obj: M, form: Any, change: bool) -> None:
        if isinstance(obj, Office):
            obj.set_by_clerk = True
        super().save_model(request, obj, form, change)
        note_change(obj, actor=acting(request), what="changed" if change else "added")

    def delete_model(self, request: HttpRequest, obj: M) -> None:
        note_change(obj, actor=acting(request), what="deleted")
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[M]) -> None:
        for row in queryset:
            self.delete_model(request, row)


@admin.register(Office)
class OfficeAdmin(CourtRowAdmin[Office]):
    list_display = ["name", "court", "city", "state", "phone"]
    search_fields = ["name", "city"]
    exclude = ["set_by_clerk"]


@admin.register(Notice)
class NoticeAdmin(CourtRowAdmin[Notice]):
    list_display = ["title", "court", "shown_from", "shown_until"]
    search_fields = ["title"]


@admin.register(County)
class CountyAdmin(ReadOnlyAdmin[County]):
    list_display = ["name", "state", "court"]
    list_filter = [CourtFilter]
    list_select_related = ["court"]
    search_fields = ["name"]
