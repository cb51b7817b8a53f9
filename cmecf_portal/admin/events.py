from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cmecf_portal.admin.paging import CappedPaginator
from courts import directory
from courts.scoped_admin import ReadOnlyAdmin
from courts.words import instant_words
from events.models import Event

SUBJECTS = ("account", "case", "court", "filer", "link", "user")  # what object_kind says; the index begins with it
FIELDS = (
    "at",
    "sentence",
    "type",
    "court_id",
    "object_kind",
    "object_id",
    "actor_kind",
    "actor_id",
    "request_id",
    "facts",
)


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin[Event]):
    """The record, to be read. Staff see their own courts' lines; what concerns no court is for national staff."""

    list_display = ["when", "sentence", "court_id", "object_kind", "object_id", "actor_kind"]
    fields = list(FIELDS)
    search_fields = ["object_id"]  # what is searched is below
    search_help_text = _("The ID of an object, such as of a link")
    paginator = CappedPaginator
    show_facets = admin.ShowFacets.NEVER
    list_max_show_all = 0
    sortable_by = ()
    actions = None
    ordering = ["-sequence"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Event | None = None) -> list[str]:
        return list(FIELDS)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Event], search_term: str
    ) -> tuple[QuerySet[Event], bool]:
        term = search_term.strip()
        return (queryset.filter(object_kind__in=SUBJECTS, object_id=term) if term else queryset), False

    @admin.display(description=_("When"))
    def when(self, event: Event) -> str:
        court = directory.current().by_id.get(event.court_id)
        return instant_words(event.at, court.time_zone if court else "UTC")
