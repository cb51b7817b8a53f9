from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cmecf_portal.admin.paging import CappedPaginator
from courts.scoped_admin import ReadOnlyAdmin
from events.models import Event


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin[Event]):
    """The record, to be read. Staff see their own courts' lines; what concerns no court is for national staff."""

    list_display = ["at", "sentence", "court_id", "object_kind", "object_id", "actor_kind"]
    list_filter = ["actor_kind"]
    search_fields = ["=type", "=object_id", "=request_id"]
    search_help_text = _("A type, such as link.made, the ID of an object, or of a request")
    paginator = CappedPaginator
    ordering = ["-sequence"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)
