"""Log-ins, staff roles and PACER accounts: for national staff only."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.keys import name_key
from accounts.models import FilingState, PacerAccount, StaffRole, User
from accounts.roles import Role
from accounts.second_factor import has_second_factor
from accounts.staff import ChangedMeanwhile, ReasonMissing, change_filing_state, give_role, take_role, unlock_user
from cmecf_portal.admin.flows import Flow, ReasonForm, Refused, Words, acting
from cmecf_portal.admin.national import NationalAdmin, NationalRecordAdmin
from cmecf_portal.admin.search import LONGEST_TERM, last_name_forms, starts_with
from linking.models import Link


class FilingStateForm(ReasonForm):
    """The filing state and why it changes."""

    state = forms.ChoiceField(label=gettext_lazy("Filing"), choices=FilingState.choices)
    field_order = ["state", "reason"]


def _set_filing_state(request: HttpRequest, account: PacerAccount, given: Mapping[str, Any]) -> Words:
    seen = given["seen"]
    try:
        changed = change_filing_state(
            account,
            state=FilingState(given["state"]),
            reason=given["reason"],
            actor=acting(request),
            seen=seen["state"] if seen else None,
        )
    except ReasonMissing:
        raise Refused(_("Say why."), field="reason") from None
    except ChangedMeanwhile:
        account.refresh_from_db()
        now = account.get_filing_state_display()
        raise Refused(
            _("Somebody else has changed this since you opened the page: it is now “%s”. Nothing of yours was kept.")
            % now,
            stale=True,
        ) from None
    return _("Filing is now: %s.") % account.get_filing_state_display() if changed else _("Nothing had to change.")


def _unlock(request: HttpRequest, user: User, given: Mapping[str, Any]) -> Words:
    cleared = unlock_user(user, actor=acting(request), now=timezone.now())
    return _("The pause is lifted.") if cleared else _("There was no pause. The record keeps your visit.")


@admin.register(PacerAccount)
class PacerAccountAdmin(NationalRecordAdmin[PacerAccount]):
    list_display = ["account_number", "name", "username", "kind", "generation", "search_state", "filing_state"]
    list_select_related = ["user"]
    ordering = ["account_number"]
    search_help_text = gettext_lazy("The account number, the username, or the beginning of the last name")
    search_fields = ["account_number"]  # what is searched is below
    fieldsets = [
        (
            gettext_lazy("The account"),
            {
                "fields": [
                    "account_number",
                    "username",
                    "email",
                    "kind",
                    "generation",
                    "opened_on",
                    "upgraded_on",
                    "search_state",
                    "filing_state",
                    "second_factor",
                    "first_name",
                    "middle_name",
                    "last_name",
                    "suffix",
                    "organization",
                    "phone",
                    "password_changed_at",
                ]
            },
        )
    ]
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
            seen=lambda account: {"state": account.filing_state},
            run=_set_filing_state,
        ),
        Flow(
            name="unlock",
            title=gettext_lazy("Unlock sign-in"),
            effect=gettext_lazy("Forgets wrong passwords and codes at this log-in, and its wrong tries at courts."),
            button=gettext_lazy("Unlock sign-in"),
            permission="accounts.unlock_user",
            run=lambda request, account, given: _unlock(request, account.user, given),
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[PacerAccount]:
        return super().get_queryset(request).select_related("user")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[PacerAccount], search_term: str
    ) -> tuple[QuerySet[PacerAccount], bool]:
        term = search_term.strip()[:LONGEST_TERM]
        if not term:
            return queryset, False
        if term.isdigit():
            return queryset.filter(account_number=term), False
        by_name = queryset.filter(user__username_key=name_key(term))
        if by_name.exists():
            return by_name, False
        named = Q(pk__in=())
        for form in last_name_forms(term):
            named |= starts_with("last_name", form)
        return queryset.filter(named).order_by("last_name", "first_name", "pk"), False

    def get_readonly_fields(self, request: HttpRequest, obj: PacerAccount | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "username", "email", "generation", "second_factor"]

    def subjects(self, row: PacerAccount) -> list[tuple[str, object]]:
        links = Link.objects.filter(account=row).values_list("pk", flat=True)
        return [("account", row.pk), ("user", row.user_id), *(("link", pk) for pk in links)]

    def more(self, request: HttpRequest, row: PacerAccount) -> Mapping[str, Any]:
        links = Link.objects.filter(account=row).select_related("account", "filer", "court").order_by("-linked_at")
        return {"links": list(links), "with_court": True}

    @admin.display(description=gettext_lazy("Username"))
    def username(self, account: PacerAccount) -> str:
        return account.user.username

    @admin.display(description=gettext_lazy("Email"))
    def email(self, account: PacerAccount) -> str:
        return account.user.email

    @admin.display(description=gettext_lazy("Generation"))
    def generation(self, account: PacerAccount) -> str:
        return _("Legacy") if account.is_legacy else _("Upgraded")

    @admin.display(description=gettext_lazy("Second factor"), boolean=True)
    def second_factor(self, account: PacerAccount) -> bool:
        return has_second_factor(account.user)


@admin.register(User)
class UserAdmin(NationalRecordAdmin[User]):
    list_display = ["username", "display_name", "email", "is_active", "last_login"]
    fields = ["username", "display_name", "email", "email_verified_at", "is_active", "date_joined", "last_login"]
    search_help_text = gettext_lazy("The beginning of the username, or an email address")
    search_fields = ["username_key"]  # what is searched is below
    ordering = ["username_key"]
    flows = (
        Flow(
            name="unlock",
            title=gettext_lazy("Unlock sign-in"),
            effect=gettext_lazy("Forgets wrong passwords and codes at this log-in, and its wrong tries at courts."),
            button=gettext_lazy("Unlock sign-in"),
            permission="accounts.unlock_user",
            run=_unlock,
        ),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        term = search_term.strip()[:LONGEST_TERM]
        if "@" in term:
            by_email = queryset.alias(address=Lower("email")).filter(address=term.lower())
            if by_email.exists():
                return by_email, False
        return (queryset.filter(starts_with("username_key", name_key(term))) if term else queryset), False

    def subjects(self, row: User) -> list[tuple[str, object]]:
        return [("user", row.pk)]


class StaffRoleForm(forms.ModelForm[StaffRole]):
    """Who, where and as what. The log-in is typed: a list of all of them would be three million long."""

    username = forms.CharField(label=gettext_lazy("Username"), max_length=LONGEST_TERM)

    class Meta:
        model = StaffRole
        fields = ["court", "role"]

    def clean_username(self) -> str:
        typed = self.cleaned_data["username"]
        user = User.objects.filter(username_key=name_key(typed)).first()
        if user is None:
            raise forms.ValidationError(_("There is no log-in of this name."), code="unknown")
        self.instance.user = user
        return str(typed)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("role") == Role.NATIONAL) != (cleaned.get("court") is None):
            self.add_error("role", _("National staff have no court; everybody else has one."))
        return cleaned


@admin.register(StaffRole)
class StaffRoleAdmin(NationalAdmin[StaffRole]):
    form = StaffRoleForm
    list_display = ["user", "court", "role", "given_at"]
    list_filter = ["role"]
    list_select_related = ["user", "court"]
    ordering = ["user__username_key", "pk"]
    search_fields = ["user__username_key"]
    search_help_text = gettext_lazy("Part of the username")

    def has_change_permission(self, request: HttpRequest, obj: StaffRole | None = None) -> bool:
        return False  # a role is taken and another given: the record then shows both

    def get_fields(self, request: HttpRequest, obj: StaffRole | None = None) -> list[Any]:
        return ["user", "court", "role", "given_at"] if obj else ["username", "court", "role"]

    # The stock form serves here, so its one transaction does too; both still go through the flows of accounts.staff.

    def save_model(self, request: HttpRequest, obj: StaffRole, form: Any, change: bool) -> None:
        given = give_role(obj.user, court=obj.court, role=Role(obj.role), actor=acting(request))
        obj.pk = given.pk

    def delete_model(self, request: HttpRequest, obj: StaffRole) -> None:
        take_role(obj, actor=acting(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[StaffRole]) -> None:
        for given in queryset.select_related("user"):
            take_role(given, actor=acting(request))
