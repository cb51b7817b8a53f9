"""Log-ins, staff roles and PACER accounts: national staff only, but for what a court needs to see of its own links."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.keys import name_key
from accounts.models import FilingState, PacerAccount, StaffRole, User
from accounts.roles import Role
from accounts.staff import ReasonMissing, change_filing_state, give_role, take_role
from cmecf_portal.admin.flows import Flow, FlowAdmin, ReasonForm, Refused, Words, acting
from cmecf_portal.admin.history import history_of
from cmecf_portal.admin.paging import CappedPaginator
from courts.scoped_admin import staff_of


class NationalAdmin[M: Model](FlowAdmin[M]):
    """Rows of no single court: national staff see all of them, everybody else none."""

    paginator = CappedPaginator

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        rows = admin.ModelAdmin.get_queryset(self, request)  # past the scope by court: there is none here
        return rows if staff_of(request).is_national else rows.none()

    def _may(self, request: HttpRequest, action: str, obj: M | None) -> bool:
        staff = staff_of(request)
        return staff.is_national and staff.has_perm(self.permission_name(action))

    def may_run(self, request: HttpRequest, flow: Flow, row: M) -> bool:
        staff = staff_of(request)
        return staff.is_national and staff.has_perm(flow.permission)

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class FilingStateForm(ReasonForm):
    """The filing state and why it changes."""

    state = forms.ChoiceField(label=gettext_lazy("Filing"), choices=FilingState.choices)
    field_order = ["state", "reason"]


def _set_filing_state(request: HttpRequest, account: PacerAccount, given: Mapping[str, Any]) -> Words:
    try:
        changed = change_filing_state(
            account, state=FilingState(given["state"]), reason=given["reason"], actor=acting(request)
        )
    except ReasonMissing:
        raise Refused(_("Say why.")) from None
    return _("Filing is now: %s.") % account.get_filing_state_display() if changed else _("Nothing had to change.")


@admin.register(PacerAccount)
class PacerAccountAdmin(NationalAdmin[PacerAccount]):
    list_display = ["account_number", "name", "username", "kind", "generation", "search_state", "filing_state"]
    list_filter = ["kind", "search_state", "filing_state"]
    list_select_related = ["user"]
    search_help_text = gettext_lazy("The account number, the username, or the beginning of the last name")
    search_fields = ["account_number"]
    change_form_template = "admin/record.html"
    flows = (
        Flow(
            name="filing",
            title=gettext_lazy("Change the filing state"),
            effect=gettext_lazy(
                "Counts at the next request at every court. Other than active also ends every session."
            ),
            button=gettext_lazy("Change the filing state"),
            permission="accounts.change_paceraccount",
            form=FilingStateForm,
            initial=lambda account: {"state": account.filing_state},
            run=_set_filing_state,
        ),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[PacerAccount], search_term: str
    ) -> tuple[QuerySet[PacerAccount], bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        if term.isdigit():
            return queryset.filter(account_number=term), False
        by_name = queryset.filter(user__username_key=name_key(term))
        return (by_name if by_name.exists() else queryset.filter(last_name__istartswith=term)), False

    def get_readonly_fields(self, request: HttpRequest, obj: PacerAccount | None = None) -> list[str]:
        return [field.name for field in self.opts.fields]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        account = self.get_object(request, object_id)
        history = history_of([("account", account.pk), ("user", account.user_id)]) if account is not None else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "history": history})

    @admin.display(description=gettext_lazy("Username"))
    def username(self, account: PacerAccount) -> str:
        return account.user.username

    @admin.display(description=gettext_lazy("Generation"))
    def generation(self, account: PacerAccount) -> str:
        return _("Legacy") if account.is_legacy else _("Upgraded")


@admin.register(User)
class UserAdmin(NationalAdmin[User]):
    list_display = ["username", "display_name", "email", "is_active", "last_login"]
    fields = ["username", "display_name", "email", "email_verified_at", "is_active", "date_joined", "last_login"]
    search_help_text = gettext_lazy("The username, or an email address")
    search_fields = ["username_key"]
    ordering = ["username_key"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        term = search_term.strip()
        if "@" in term:
            return queryset.filter(email=term), False
        return (queryset.filter(username_key__startswith=name_key(term)) if term else queryset), False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return ["username", "display_name", "email", "email_verified_at", "is_active", "date_joined", "last_login"]


@admin.register(StaffRole)
class StaffRoleAdmin(NationalAdmin[StaffRole]):
    list_display = ["user", "court", "role", "given_at"]
    list_filter = ["role"]
    list_select_related = ["user", "court"]
    autocomplete_fields = ["user"]
    fields = ["user", "court", "role"]
    search_fields = ["user__username_key"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "add", None)

    def has_change_permission(self, request: HttpRequest, obj: StaffRole | None = None) -> bool:
        return False  # a role is taken and another given: the record then shows both

    def has_delete_permission(self, request: HttpRequest, obj: StaffRole | None = None) -> bool:
        return self._may(request, "delete", obj)

    # The stock form serves here, so its one transaction does too; both still go through the flows of accounts.staff.

    def save_model(self, request: HttpRequest, obj: StaffRole, form: Any, change: bool) -> None:
        given = give_role(obj.user, court=obj.court, role=Role(obj.role), actor=acting(request))
        obj.pk = given.pk

    def delete_model(self, request: HttpRequest, obj: StaffRole) -> None:
        take_role(obj, actor=acting(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[StaffRole]) -> None:
        for given in queryset.select_related("user"):
            take_role(given, actor=acting(request))
