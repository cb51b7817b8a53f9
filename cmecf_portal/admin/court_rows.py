"""Offices, notices and counties of a court: plain forms, each change with its line in the record."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from cmecf_portal.admin.flows import acting
from courts.changes import note_change
from courts.models import County, Notice, Office
from courts.scoped_admin import CourtFilter, ReadOnlyAdmin, ScopedAdmin, own_courts
from courts.words import zone_words


class RowForm[M: Office | Notice](forms.ModelForm[M]):
    """Carries what it was drawn from, and refuses when one of the fields has another value by now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            for field in self.fields.values():
                field.show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk is None:
            return cleaned
        moved = [str(self[name].label) for name in self.fields if self._was_changed(name)]
        if moved:
            raise forms.ValidationError(
                _("Somebody else has changed this since you opened the page: %(names)s. Open it again.")
                % {"names": ", ".join(moved)},
                code="changed_meanwhile",
            )
        return cleaned

    def _was_changed(self, name: str) -> bool:
        """Whether the row holds another value than the one that the form was drawn from; False if it brought none."""
        field, key = self.fields[name], self.add_initial_prefix(name)
        hidden = field.hidden_widget()
        if hidden.value_omitted_from_data(self.data, self.files, key):
            return False
        drawn, now = hidden.value_from_datadict(self.data, self.files, key), self.get_initial_for_field(field, name)
        return bool(field.has_changed(_one_newline(now), _one_newline(drawn)))


def _one_newline(value: Any) -> Any:
    """Browsers send CRLF for every new line, whatever the page had."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


class CourtRowAdmin[M: Office | Notice](ScopedAdmin[M]):
    """Offices and notices: plain forms; the change and its line in the record are one transaction of the form's."""

    list_filter = [CourtFilter]
    list_select_related = ["court"]
    form = RowForm  # type: ignore[assignment]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> M | None:
        """Locked while a form is taken in: of two who send one, the later compares with what the earlier wrote."""
        row = super().get_object(request, object_id, from_field)
        if row is not None and request.method == "POST" and connection.in_atomic_block:
            self.model._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
            row.refresh_from_db()
        return row

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Whoever is staff of one court need not choose it."""
        courts = list(own_courts(request, permission=self.permission_name("add")).values_list("pk", flat=True)[:2])
        given = super().get_changeform_initial_data(request)
        return given | ({"court": courts[0]} if len(courts) == 1 else {})

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

    def get_form(
        self, request: HttpRequest, obj: Notice | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Notice]]:
        zone = zone_words(timezone.get_current_timezone_name())
        told = dict.fromkeys(("shown_from", "shown_until"), _("Times are %(zone)s.") % {"zone": zone})
        return super().get_form(request, obj, change=change, **{"help_texts": told, **kwargs})


@admin.register(County)
class CountyAdmin(ReadOnlyAdmin[County]):
    list_display = ["name", "state", "court"]
    list_filter = [CourtFilter]
    list_select_related = ["court"]
    search_fields = ["name"]
