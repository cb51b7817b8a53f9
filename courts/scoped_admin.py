"""Admin pages that show staff their own courts' rows and nothing of anybody else's, by whatever address they ask."""

from collections.abc import Iterable
from typing import Any, Protocol, cast

from django.contrib import admin
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courts.models import Court

# What an address may ask of a field: nothing that leads to another table or looks into a text.
COMPARISONS = {"", "exact", "in", "isnull", "gt", "gte", "lt", "lte", "year", "month", "day"}


class Staff(Protocol):
    """What a scope needs to know of a member of staff (accounts.User has it)."""

    @property
    def is_national(self) -> bool: ...

    def court_ids(self, *, permission: str | None = None) -> set[str]: ...

    def has_perm(self, perm: str, obj: object = None) -> bool: ...


def staff_of(request: HttpRequest) -> Staff:
    """The member of staff who asks; the admin site has let nobody else in."""
    return cast("Staff", request.user)


def own_courts(request: HttpRequest, *, permission: str) -> QuerySet[Court]:
    """The courts at which this member of staff holds `permission`."""
    staff = staff_of(request)
    if staff.is_national:
        return Court.objects.all() if staff.has_perm(permission) else Court.objects.none()
    return Court.objects.filter(pk__in=staff.court_ids(permission=permission))


class CourtFilter(admin.SimpleListFilter):
    """The staff member's own courts; absent when there is only one."""

    title = _("court")
    parameter_name = "court"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        scoped = cast("ScopedAdmin[Any]", model_admin)
        courts = list(own_courts(request, permission=scoped.permission_name("view")))
        return [(court.pk, court.short_name) for court in courts] if len(courts) > 1 else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        scoped = cast("ScopedAdmin[Any]", self.model_admin)
        return queryset.filter(**{scoped.court_lookup: self.value()})

    def __init__(self, request: HttpRequest, params: Any, model: type[Model], model_admin: Any) -> None:
        self.model_admin = model_admin
        super().__init__(request, params, model, model_admin)


class ScopedAdmin[M: Model](admin.ModelAdmin[M]):
    """A model admin whose every list, search, filter, related field, history and address passes one queryset.

    `court_lookup` leads from the row to its court's key. An object out of scope answers as one that never was.
    """

    court_lookup = "court_id"
    list_per_page = 50
    show_full_result_count = False  # a count over a million rows on every page

    def permission_name(self, action: str) -> str:
        return f"{self.opts.app_label}.{action}_{self.opts.model_name}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        rows = super().get_queryset(request)
        staff = staff_of(request)
        if staff.is_national:
            return rows
        allowed = staff.court_ids(permission=self.permission_name("view"))
        return rows.filter(**{f"{self.court_lookup}__in": allowed})

    def _may(self, request: HttpRequest, action: str, obj: M | None) -> bool:
        name = self.permission_name(action)
        staff = staff_of(request)
        if not staff.has_perm(name):
            return False
        if obj is None or obj.pk is None or staff.is_national:
            return True
        return self.court_of(obj) in staff.court_ids(permission=name)

    def court_of(self, obj: M) -> str:
        """The key of the row's court."""
        value: Any = obj
        for part in self.court_lookup.split("__"):
            value = getattr(value, part)
        return str(value)

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return self._may(request, "view", obj) or self._may(request, "change", obj)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return self._may(request, "delete", obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "add", None)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the list offers: Django lets any local field be asked for, a password hash letter by letter too."""
        filters = list(self.get_list_filter(request))
        fields = {"pk", "id", *self._fields(filters)}
        if self.date_hierarchy:
            fields.add(self.date_hierarchy)
        name, _separator, comparison = lookup.partition("__")
        return lookup in self._parameters(filters) or (name in fields and comparison in COMPARISONS)

    def _fields(self, filters: Iterable[Any]) -> Iterable[str]:
        for item in filters:
            if isinstance(item, str):
                yield item
            elif isinstance(item, tuple):
                yield item[0]

    def _parameters(self, filters: Iterable[Any]) -> Iterable[str]:
        """What our own filters read; a look-up behind such a name would be somebody's invention."""
        for item in filters:
            if isinstance(item, type) and issubclass(item, admin.SimpleListFilter) and item.parameter_name:
                yield item.parameter_name

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        if db_field.remote_field.model is Court:
            action = "change" if self.has_change_permission(request) else "add"
            kwargs["queryset"] = own_courts(request, permission=self.permission_name(action))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ReadOnlyAdmin[M: Model](ScopedAdmin[M]):
    """Rows that staff look at; what they do to them goes through flows with a reason."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: M | None = None) -> list[str] | tuple[Any, ...]:
        return [field.name for field in self.opts.fields if isinstance(field, Field)]
