"""Admin pages that run one flow on one row: what will happen, a form, a button. Never `save_model`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import update_wrapper
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from courts.scoped_admin import ScopedAdmin
from events.record import Actor, clerk

type Words = str | Promise

SEEN_SALT = "cmecf_portal.admin.seen"


class Refused(Exception):
    """The flow said no; `.sentence` says why, in words for the clerk.

    `field` is the form's field that it belongs to. `stale`: the row has changed since the form was drawn.
    """

    def __init__(self, sentence: Words, *, field: str | None = None, stale: bool = False) -> None:
        super().__init__(str(sentence))
        self.sentence, self.field, self.stale = str(sentence), field, stale


class NoForm(forms.Form):
    """A flow that needs nothing but the button."""


class ReasonForm(forms.Form):
    """Why: kept with the row, and the person concerned may read it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the record. The filer may read it, so name no other person."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One thing that staff do to one row.

    `permission` is the name that the role must carry at the row's court. `run(request, row, cleaned)` returns the
    sentence to show, or raises Refused. `closed(row)` says in a sentence why it can't be done now, or nothing;
    `note(row)` what to know before. `seen(row)`: what the form shows of the row, as text; `run` gets it back as
    `cleaned["seen"]`, as it was when the form was drawn, or None if the form brought nothing readable.
    """

    name: str
    title: Words
    effect: Words
    button: Words
    permission: str
    run: Callable[[HttpRequest, Any, Mapping[str, Any]], Words]
    form: type[forms.BaseForm] = NoForm
    closed: Callable[[Any], Words] = field(default=lambda row: "")
    note: Callable[[Any], Words] = field(default=lambda row: "")
    initial: Callable[[Any], Mapping[str, Any]] = field(default=lambda row: {})
    seen: Callable[[Any], Mapping[str, str]] = field(default=lambda row: {})


@dataclass(frozen=True, slots=True)
class Offer:
    """A flow as a page offers it: its address, or why it is closed."""

    title: Words
    effect: Words
    url: str
    closed: Words


def acting(request: HttpRequest) -> Actor:
    """The clerk who asks, for the record."""
    return clerk(staff_user(request).pk)


def staff_user(request: HttpRequest) -> User:
    """The member of staff who asks; the admin site has let nobody else in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a form was drawn from: the row as seen, and each field's value as text."""

    seen: Mapping[str, str] | None
    fields: Mapping[str, str]

    @classmethod
    def of(cls, text: str) -> "_Drawn":
        try:
            found = signing.loads(text, salt=SEEN_SALT)
        except signing.BadSignature:
            return cls(None, {})
        return cls(found["seen"], found["fields"])

    def __str__(self) -> str:
        return signing.dumps({"seen": self.seen, "fields": self.fields}, salt=SEEN_SALT, compress=True)


class FlowAdmin[M: Model](ScopedAdmin[M]):
    """A scoped model admin with flows: `<row>/<flow name>/` under each row's page."""

    flows: tuple[Flow, ...] = ()

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<path:object_id>/{flow.name}/",
                self._guarded(flow),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{flow.name}",
            )
            for flow in self.flows
        ]
        return own + super().get_urls()

    def _guarded(self, flow: Flow) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, object_id: str) -> HttpResponse:
            return self._run(request, object_id, flow)

        return update_wrapper(self.admin_site.admin_view(require_http_methods(["GET", "POST"])(view)), view)

    def may_run(self, request: HttpRequest, flow: Flow, row: M) -> bool:
        staff = staff_user(request)
        if not staff.has_perm(flow.permission):
            return False
        return staff.is_national or self.court_of(row) in staff.court_ids(permission=flow.permission)

    def offers(self, request: HttpRequest, row: M) -> list[Offer]:
        """What this clerk may do to the row, in the order of `flows`."""
        return [
            Offer(flow.title, flow.effect, self.flow_url(flow, row), flow.closed(row))
            for flow in self.flows
            if self.may_run(request, flow, row)
        ]

    def flow_url(self, flow: Flow, row: M) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{flow.name}", args=[row.pk])

    def change_url(self, row: M) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])

    def done_url(self, row: M) -> str:
        """Where the clerk goes when a flow has run."""
        return self.change_url(row)

    def _run(self, request: HttpRequest, object_id: str, flow: Flow) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if row is None:
            # The words of a row that never was: whose it is must not show.
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined,no-any-return]
        if not self.may_run(request, flow, row):
            raise PermissionDenied
        posted, closed = request.method == "POST", flow.closed(row)
        form = flow.form(request.POST if posted else None, initial=dict(flow.initial(row)))
        if posted and not closed and form.is_valid():
            try:
                done = flow.run(
                    request, row, form.cleaned_data | {"seen": _Drawn.of(request.POST.get("seen", "")).seen}
                )
            except Refused as refusal:
                row.refresh_from_db()
                form = self._refused(request, flow, row, form, refusal)
            else:
                messages.success(request, str(done))
                return HttpResponseRedirect(self.done_url(row))
        status = 409 if closed and posted else 422 if posted else 200
        return self._page(request, flow, row, form, closed=closed, status=status)

    def _refused(
        self, request: HttpRequest, flow: Flow, row: M, form: forms.BaseForm, refusal: Refused
    ) -> forms.BaseForm:
        """The form with the refusal. A stale one is drawn afresh, with what the clerk changed still in it.

        So sending it once more does what the clerk sees, and undoes nothing that somebody else did meanwhile.
        """
        if not refusal.stale:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
            return form
        drawn, fresh = _Drawn.of(request.POST.get("seen", "")).fields, dict(flow.initial(row))
        mine = {name: value for name, value in form.cleaned_data.items() if _text(value) != drawn.get(name, "")}
        again = flow.form(initial=fresh | mine)
        again._errors = forms.utils.ErrorDict({forms.forms.NON_FIELD_ERRORS: again.error_class([refusal.sentence])})  # type: ignore[attr-defined]
        return again

    def _page(
        self, request: HttpRequest, flow: Flow, row: M, form: forms.BaseForm, *, closed: Words, status: int
    ) -> HttpResponse:
        fresh = flow.initial(row)
        drawn = _Drawn(dict(flow.seen(row)), {name: _text(fresh.get(name)) for name in form.fields})
        context = {
            **self.admin_site.each_context(request),
            "title": flow.title,
            "subtitle": str(row),
            "flow": flow,
            "closed": closed,
            "note": "" if closed else flow.note(row),
            "seen": str(drawn),
            "form": form,
            "row": row,
            "opts": self.opts,
            "back": self.change_url(row),
        }
        return TemplateResponse(request, "admin/flow.html", context, status=status)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        offers = self.offers(request, row) if row is not None else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "offers": offers})


def _text(value: object) -> str:
    return "" if value is None else str(value)
