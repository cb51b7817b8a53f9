"""Rows of no single court: national staff see all of them, everybody else none."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from cmecf_portal.admin.flows import Flow
from cmecf_portal.admin.paging import CappedPaginator
from cmecf_portal.admin.records import RecordAdmin
from courts.scoped_admin import ScopedAdmin, staff_of


class NationalAdmin[M: Model](ScopedAdmin[M]):
    """A model admin for national staff alone."""

    paginator: ClassVar[type[Paginator[Any]]] = CappedPaginator
    list_max_show_all = 0
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        rows = admin.ModelAdmin.get_queryset(self, request)  # past the scope by court: there is none here
        return rows if staff_of(request).is_national else rows.none()

    def _may(self, request: HttpRequest, action: str, obj: M | None) -> bool:
        staff = staff_of(request)
        return staff.is_national and staff.has_perm(self.permission_name(action))


class NationalRecordAdmin[M: Model](RecordAdmin[M], NationalAdmin[M]):
    """Rows for national staff that only flows change."""

    show_facets = admin.ShowFacets.NEVER

    def may_run(self, request: HttpRequest, flow: Flow, row: M) -> bool:
        staff = staff_of(request)
        return staff.is_national and staff.has_perm(flow.permission)

    def history_court(self, row: M) -> str | None:
        return None
