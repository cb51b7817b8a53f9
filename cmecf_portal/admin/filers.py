"""A court's filer accounts: found, understood and helped. Every change is a flow; nothing shows a password."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import FilerAccount, FilerRole, FilerStatus
from accounts.staff import ChangedMeanwhile, ReasonMissing, change_filer_status
from cmecf_portal.admin.flows import Flow, Offer, ReasonForm, Refused, Words, acting
from cmecf_portal.admin.records import RecordAdmin
from cmecf_portal.admin.search import find_filers
from cmecf_portal.admin.standing import standing_of
from courts.clock import portal_now
from courts.scoped_admin import CourtFilter, own_courts
from linking.models import Link
from linking.repair import RepairRefused, change_role, unlock_filer
from linking.resets import reset_obstacle, send_reset


class StatusForm(ReasonForm):
    """The status and why it changes."""

    status = forms.ChoiceField(label=gettext_lazy("Filing at this court"), choices=FilerStatus.choices)
    field_order = ["status", "reason"]


class RoleForm(ReasonForm):
    """The role and why it changes."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=FilerRole.choices)
    field_order = ["role", "reason"]


def _stale(now: Words) -> Refused:
    return Refused(
        _("Somebody else has changed this since you opened the page: it is now “%(now)s”. Nothing of yours was kept.")
        % {"now": now},
        stale=True,
    )


def _send_reset(request: HttpRequest, filer: FilerAccount, given: Mapping[str, Any]) -> Words:
    try:
        address = send_reset(filer.pk, actor=acting(request), now=timezone.now())
    except RepairRefused as refusal:
        raise Refused(refusal.sentence) from None
    return _("A reset link is on its way to %(address)s. It works once, for 24 hours.") % {"address": address}


def _unlock(request: HttpRequest, filer: FilerAccount, given: Mapping[str, Any]) -> Words:
    cleared = unlock_filer(filer.pk, actor=acting(request), now=timezone.now())
    return _("The pause is lifted.") if cleared else _("There was no pause at this login. The record keeps your visit.")


def _set_status(request: HttpRequest, filer: FilerAccount, given: Mapping[str, Any]) -> Words:
    seen = given["seen"]
    try:
        changed = change_filer_status(
            filer,
            status=FilerStatus(given["status"]),
            reason=given["reason"],
            actor=acting(request),
            seen=seen["status"] if seen else None,
        )
    except ReasonMissing:
        raise Refused(_("Say why."), field="reason") from None
    except ChangedMeanwhile:
        filer.refresh_from_db()
        raise _stale(filer.get_status_display()) from None
    return _("Filing is now: %s.") % filer.get_status_display() if changed else _("Nothing had to change.")


def _set_role(request: HttpRequest, filer: FilerAccount, given: Mapping[str, Any]) -> Words:
    seen = given["seen"]
    try:
        changed = change_role(
            filer.pk,
            role=FilerRole(given["role"]),
            reason=given["reason"],
            actor=acting(request),
            now=timezone.now(),
            seen=seen["role"] if seen else None,
        )
    except ReasonMissing:
        raise Refused(_("Say why."), field="reason") from None
    except RepairRefused as refusal:
        raise Refused(refusal.sentence) from None
    except ChangedMeanwhile:
        filer.refresh_from_db()
        raise _stale(filer.get_role_display()) from None
    return _("The role is now: %s.") % changed.get_role_display()


class StatusFilter(admin.SimpleListFilter):
    """By status, where the list is one court's: the index that serves it begins with the court."""

    title = gettext_lazy("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[Any, Any]]:
        courts = own_courts(request, permission="accounts.view_fileraccount")[:2]
        one = len(courts) == 1 or request.GET.get(CourtFilter.parameter_name)
        return list(FilerStatus.choices) if one else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(status=self.value()) if self.value() in FilerStatus.values else queryset


@admin.register(FilerAccount)
class FilerAccountAdmin(RecordAdmin[FilerAccount]):
    list_display = ["login", "name", "role", "bar", "email", "status", "linked"]
    list_filter = [StatusFilter, CourtFilter]
    list_select_related = ["court"]
    ordering = ["court_id", "login_key"]
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["login_key"]  # what is searched is `find_filers`
    search_help_text = gettext_lazy(
        "CM/ECF login or last name, or how they begin; bar number; email address; number or username of the PACER "
        "account"
    )
    fieldsets = [
        (
            gettext_lazy("What the court’s roster says"),
            {
                "fields": [
                    "court",
                    "login",
                    "external_id",
                    "role",
                    "first_name",
                    "middle_name",
                    "last_name",
                    "suffix",
                    "bar_number",
                    "bar_state",
                    "email",
                    "phone",
                    "last_filed_on",
                    "status",
                ]
            },
        )
    ]
    flows = (
        Flow(
            name="reset",
            title=gettext_lazy("Send a CM/ECF reset link"),
            effect=gettext_lazy("To the address on file. It works once, for 24 hours. Nobody here sees the password."),
            button=gettext_lazy("Send the reset link"),
            permission="accounts.reset_fileraccount",
            closed=lambda filer: reset_obstacle(filer) or "",
            note=lambda filer: _("It goes to %(address)s.") % {"address": filer.email},
            run=_send_reset,
        ),
        Flow(
            name="unlock",
            title=gettext_lazy("Lift the pause now"),
            effect=gettext_lazy("Forgets the wrong passwords typed for this login. Do it after the reset."),
            button=gettext_lazy("Lift the pause"),
            permission="accounts.unlock_fileraccount",
            run=_unlock,
        ),
        Flow(
            name="status",
            title=gettext_lazy("Suspend, close or reopen"),
            effect=gettext_lazy("Counts at the next request: a suspended or closed filer neither links nor files."),
            button=gettext_lazy("Change the status"),
            permission="accounts.suspend_fileraccount",
            form=StatusForm,
            initial=lambda filer: {"status": filer.status},
            seen=lambda filer: {"status": filer.status},
            run=_set_status,
        ),
        Flow(
            name="role",
            title=gettext_lazy("Change the role"),
            effect=gettext_lazy("A link is replaced by one in the new role; the filer keeps on filing."),
            button=gettext_lazy("Change the role"),
            permission="accounts.change_fileraccount",
            form=RoleForm,
            initial=lambda filer: {"role": filer.role},
            seen=lambda filer: {"role": filer.role},
            run=_set_role,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[FilerAccount]:
        held = Link.objects.held().filter(filer=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_linked=Exists(held)).defer("password", "password_loaded")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[FilerAccount], search_term: str
    ) -> tuple[QuerySet[FilerAccount], bool]:
        if not search_term.strip():
            return queryset, False
        courts = own_courts(request, permission=self.permission_name("view")).filter(hosted_by=None)
        found = find_filers(search_term, court_ids=courts.values_list("pk", flat=True))
        return queryset.filter(pk__in=[*found.values_list("pk", flat=True)]), False

    def offers(self, request: HttpRequest, row: FilerAccount) -> list[Offer]:
        """The flows, and the way to the link's own page, where it is ended or moved."""
        held = Link.objects.held().filter(filer=row).only("pk").first()
        link = Offer(
            title=_("Unlink or move the link"),
            effect=_("On the page of the link, with both accounts side by side."),
            url=reverse("admin:linking_link_change", args=[held.pk]) if held else "",
            closed="" if held else _("Nothing is linked."),
        )
        return [*super().offers(request, row), link]

    def subjects(self, row: FilerAccount) -> list[tuple[str, object]]:
        links = list(Link.objects.filter(filer=row).values_list("pk", flat=True))
        cases = Link.objects.filter(filer=row, cases__isnull=False).values_list("cases", flat=True)
        return [("filer", row.pk), *(("link", pk) for pk in links), *(("case", pk) for pk in cases)]

    def zone_of(self, row: FilerAccount) -> str:
        return row.court.time_zone

    def more(self, request: HttpRequest, row: FilerAccount) -> Mapping[str, Any]:
        links = list(Link.objects.filter(filer=row).select_related("account__user").order_by("-linked_at"))
        held = next((link for link in links if link.ended_at is None), None)
        standing = standing_of(row, held, at=portal_now(), now=timezone.now())
        return {
            "verdict": standing.verdict,
            "steps": standing.steps,
            "links": links,
            "filer": row,
            "title": row.name,
        }

    @admin.display(description=gettext_lazy("Bar number"))
    def bar(self, filer: FilerAccount) -> str:
        return f"{filer.bar_state} {filer.bar_number}".strip()

    @admin.display(description=gettext_lazy("Link"))
    def linked(self, filer: FilerAccount) -> str:
        return _("Linked") if getattr(filer, "is_linked", False) else _("Not linked")
