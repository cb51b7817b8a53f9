"""Links and cases of a court: both sides as far as the court may see them, and the repairs."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.staff import ReasonMissing
from cmecf_portal.admin.flows import Flow, ReasonForm, Refused, Words, acting
from cmecf_portal.admin.records import RecordAdmin
from cmecf_portal.admin.search import find_filers
from cmecf_portal.admin.standing import Verdict
from courts.clock import portal_now
from courts.scoped_admin import CourtFilter, own_courts
from courts.words import instant_words
from linking.comparison import compare
from linking.eligibility import may_file
from linking.models import Case, Link
from linking.repair import RepairRefused, close_case, move_link, release_link, unlink

__all__ = ["CaseAdmin", "LinkAdmin"]


class MoveForm(ReasonForm):
    """To which PACER account, and why."""

    account_number = forms.CharField(
        label=gettext_lazy("Account Number of the right PACER account"),
        max_length=7,
        validators=[RegexValidator(r"^[0-9]{7}\Z", gettext_lazy("An account number has 7 digits."))],
        help_text=gettext_lazy("The caller finds it in Manage My Account, above the username."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    field_order = ["account_number", "reason"]


def _refusing[R](act: Callable[[], R]) -> R:
    """Run a repair; its refusals become those of the form."""
    try:
        return act()
    except ReasonMissing:
        raise Refused(_("Say why."), field="reason") from None
    except RepairRefused as refusal:
        raise Refused(refusal.sentence) from None


def _unlink(request: HttpRequest, link: Link, given: Mapping[str, Any]) -> Words:
    _refusing(lambda: unlink(link.pk, reason=given["reason"], actor=acting(request), now=timezone.now()))
    return _("The link is ended. Both addresses are told, with the reason.")


def _move(request: HttpRequest, link: Link, given: Mapping[str, Any]) -> Words:
    moved = _refusing(
        lambda: move_link(
            link.pk,
            account_number=given["account_number"],
            reason=given["reason"],
            actor=acting(request),
            now=timezone.now(),
        )
    )
    return _("The link is moved. The new receipt is %(receipt)s.") % {"receipt": moved.receipt}


def _release(request: HttpRequest, link: Link, given: Mapping[str, Any]) -> Words:
    _refusing(lambda: release_link(link.pk, reason=given["reason"], actor=acting(request), now=timezone.now()))
    return _("The link works again.")


def _ended(link: Link) -> Words:
    return _("This link has ended already.") if link.ended_at is not None else ""


def _verdict(link: Link) -> Verdict:
    if link.ended_at is not None:
        return Verdict("waiting", _("Ended"), str(link.get_ending_display()).capitalize() + ".")
    if link.frozen_at is not None:
        return Verdict("stopped", _("Paused"), _("Somebody said that this link was not theirs. Nobody files with it."))
    if may_file(link.account, link, portal_now()):
        return Verdict("ready", _("Linked"), _("Its owner may file with it now."))
    return Verdict("stopped", _("Linked"), _("The link stands, but its owner cannot file now. See the filer’s page."))


@admin.register(Link)
class LinkAdmin(RecordAdmin[Link]):
    list_display = ["receipt", "login", "filer_name", "account_number", "role", "linked", "state_words"]
    list_filter = [CourtFilter]
    ordering = ["-linked_at", "-id"]
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["receipt"]
    search_help_text = gettext_lazy("The receipt number, or anything by which you find a filer")
    fieldsets = [
        (
            gettext_lazy("The link"),
            {
                "fields": [
                    "court",
                    "receipt",
                    "role",
                    "linked_at",
                    "undo_until",
                    "frozen_at",
                    "ended_at",
                    "ending",
                    "end_reason",
                    "names_differed",
                ]
            },
        )
    ]
    flows = (
        Flow(
            name="unlink",
            title=gettext_lazy("Unlink"),
            effect=gettext_lazy("Ends the link. The CM/ECF login can be linked again at once. Both sides are mailed."),
            button=gettext_lazy("End this link"),
            permission="linking.end_link",
            form=ReasonForm,
            closed=_ended,
            run=_unlink,
        ),
        Flow(
            name="move",
            title=gettext_lazy("Move to another PACER account"),
            effect=gettext_lazy("Ends this link and links the same CM/ECF login to the right account. Mails all."),
            button=gettext_lazy("Move the link"),
            permission="linking.move_link",
            form=MoveForm,
            closed=_ended,
            run=_move,
        ),
        Flow(
            name="release",
            title=gettext_lazy("Release"),
            effect=gettext_lazy("Lets a paused link work again, when it was right after all."),
            button=gettext_lazy("Release the link"),
            permission="linking.unfreeze_link",
            form=ReasonForm,
            closed=lambda link: _ended(link) or ("" if link.frozen_at else _("This link is not paused.")),
            run=_release,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Link]:
        # Not joined: the database would sort all links before it takes a page of them.
        return super().get_queryset(request).prefetch_related("court", "filer__court", "account__user")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Link], search_term: str
    ) -> tuple[QuerySet[Link], bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        courts = own_courts(request, permission=self.permission_name("view")).filter(hosted_by=None)
        found = find_filers(term, court_ids=courts.values_list("pk", flat=True))
        by_receipt = queryset.filter(receipt=term.upper())
        if by_receipt.exists():
            return by_receipt, False
        return queryset.filter(filer__in=[*found.values_list("pk", flat=True)]), False

    def subjects(self, row: Link) -> list[tuple[str, object]]:
        return [("link", row.pk), *(("case", pk) for pk in row.cases.values_list("pk", flat=True))]

    def zone_of(self, row: Link) -> str:
        return row.court.time_zone

    def more(self, request: HttpRequest, row: Link) -> Mapping[str, Any]:
        return {
            "verdict": _verdict(row),
            "sides": compare(row.account, row.filer),
            "username": row.account.user.username,
            "cases": list(row.cases.all()),
            "link": row,
            "title": f"{row.filer.name}, {row.receipt}",
        }

    @admin.display(description=gettext_lazy("CM/ECF login"))
    def login(self, link: Link) -> SafeString:
        address = reverse("admin:accounts_fileraccount_change", args=[link.filer_id])
        return format_html('<a href="{}">{}</a>', address, link.filer.login)

    @admin.display(description=gettext_lazy("Filer"))
    def filer_name(self, link: Link) -> str:
        return link.filer.name

    @admin.display(description=gettext_lazy("PACER account"))
    def account_number(self, link: Link) -> str:
        return link.account.account_number

    @admin.display(description=gettext_lazy("Linked"))
    def linked(self, link: Link) -> str:
        return instant_words(link.linked_at, link.court.time_zone)

    @admin.display(description=gettext_lazy("State"))
    def state_words(self, link: Link) -> str:
        return {"active": _("Linked"), "frozen": _("Paused"), "ended": _("Ended")}[link.state]


class OutcomeForm(ReasonForm):
    """What came of a case."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("What you found")


def _close(request: HttpRequest, case: Case, given: Mapping[str, Any]) -> Words:
    _refusing(lambda: close_case(case.pk, outcome=given["reason"], actor=acting(request), now=timezone.now()))
    return _("The case is closed.")


def _cannot_close(case: Case) -> Words:
    if case.closed_at is not None:
        return _("This case is closed already.")
    if case.kind == Case.Kind.NOT_ME and case.link.state == "frozen":
        return _("The link is paused: release, move or end it. That closes the case.")
    return ""


class OpenFilter(admin.SimpleListFilter):
    """Cases that wait, unless somebody asks for the others."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("closed", gettext_lazy("Closed")), ("all", gettext_lazy("All"))]

    def choices(self, changelist: Any) -> Any:
        chosen = self.value()
        yield {
            "selected": chosen is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("Open"),
        }
        for value, words in self.lookup_choices:
            yield {
                "selected": chosen == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": words,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        return queryset.filter(closed_at__isnull=self.value() != "closed")


@admin.register(Case)
class CaseAdmin(RecordAdmin[Case]):
    list_display = ["about", "kind", "opened", "closed"]
    list_filter = [OpenFilter, CourtFilter]
    list_select_related = ["link__filer", "court"]
    ordering = ["-opened_at", "-pk"]
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["link__receipt"]
    search_help_text = gettext_lazy("The receipt number of the link")
    fieldsets = [
        (gettext_lazy("The case"), {"fields": ["court", "kind", "link_page", "opened_at", "closed_at", "outcome"]})
    ]
    flows = (
        Flow(
            name="close",
            title=gettext_lazy("Close the case"),
            effect=gettext_lazy("When nothing has to change, such as a name after a marriage."),
            button=gettext_lazy("Close the case"),
            permission="linking.change_case",
            form=OutcomeForm,
            closed=_cannot_close,
            run=_close,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        return super().get_queryset(request).select_related("court", "link__filer")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Case], search_term: str
    ) -> tuple[QuerySet[Case], bool]:
        term = search_term.strip()
        return (queryset.filter(link__receipt=term.upper()) if term else queryset), False

    def get_readonly_fields(self, request: HttpRequest, obj: Case | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "link_page"]

    def subjects(self, row: Case) -> list[tuple[str, object]]:
        return [("case", row.pk), ("link", row.link_id)]

    def zone_of(self, row: Case) -> str:
        return row.court.time_zone

    def more(self, request: HttpRequest, row: Case) -> Mapping[str, Any]:
        if row.closed_at is None:
            opened = instant_words(row.opened_at, row.court.time_zone)
            verdict = Verdict("stopped", _("Open"), _("Waits for the court since %(at)s.") % {"at": opened})
        else:
            verdict = Verdict("ready", _("Closed"), row.outcome)
        return {"verdict": verdict}

    @admin.display(description=gettext_lazy("Filer"))
    def about(self, case: Case) -> str:
        return f"{case.link.filer.name} ({case.link.filer.login})"

    @admin.display(description=gettext_lazy("Opened"))
    def opened(self, case: Case) -> str:
        return instant_words(case.opened_at, case.court.time_zone)

    @admin.display(description=gettext_lazy("Closed"))
    def closed(self, case: Case) -> str:
        return instant_words(case.closed_at, case.court.time_zone) if case.closed_at else ""

    @admin.display(description=gettext_lazy("Link"))
    def link_page(self, case: Case) -> SafeString:
        address = reverse("admin:linking_link_change", args=[case.link_id])
        return format_html('<a href="{}">{}</a>', address, case.link.receipt)
