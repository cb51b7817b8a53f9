"""Rows that only flows change: their page tells how the row stands, what can be done and what has happened."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from cmecf_portal.admin.flows import FlowAdmin
from cmecf_portal.admin.history import Happening, history_of
from cmecf_portal.admin.paging import CappedPaginator
from courts.scoped_admin import ReadOnlyAdmin


class RecordAdmin[M: Model](FlowAdmin[M], ReadOnlyAdmin[M]):
    """A read-only model admin with flows; the list costs the same for a thousand rows and for a million."""

    change_form_template = "admin/record.html"
    paginator: ClassVar[type[Paginator[Any]]] = CappedPaginator
    list_max_show_all = 0
    sortable_by: ClassVar[Any] = ()  # the list's own order is the one that an index serves
    actions = None
    zone = "UTC"

    def subjects(self, row: M) -> list[tuple[str, object]]:
        """What the record calls this row and what belongs to it: (kind, id) each."""
        return []

    def history_court(self, row: M) -> str | None:
        """Only events of this court are shown; None: all, for rows of no single court."""
        return self.court_of(row)

    def zone_of(self, row: M) -> str:
        """The IANA zone in which the history of this row is told."""
        return self.zone

    def more(self, request: HttpRequest, row: M) -> Mapping[str, Any]:
        """What else the row's page shows."""
        return {}

    def history(self, row: M) -> list[Happening]:
        return history_of(self.subjects(row), court_id=self.history_court(row))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        context = dict(extra_context or {})
        if row is not None:
            context |= {"title": str(row), "subtitle": None, "history": self.history(row), "zone": self.zone_of(row)}
            context |= self.more(request, row)
        return super().change_view(request, object_id, form_url, context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The record's lines: the stock log holds nothing, for no flow writes it."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined,no-any-return]
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % row,
            "history": self.history(row),
            "zone": self.zone_of(row),
            "object": row,
            "opts": self.opts,
            "back": self.change_url(row),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/record_history.html", context)
