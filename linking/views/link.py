"""…/utilities/link/ and …/utilities/link/confirm/: credentials, then both accounts side by side, then the link."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.limits import RULES, Action
from accounts.models import PacerAccount
from linking import obstacles as say
from linking.comparison import Likeness, compare
from linking.confirm import confirm_link, pending_of
from linking.credentials import start_link
from linking.eligibility import account_obstacles
from linking.forms import CredentialsForm
from linking.models import PendingLink
from linking.obstacles import Code, CredentialsRefused, FactorNeeded, LinkRefused, TooManyAttempts, link_words
from linking.views.desk import Desk, desk_of

UTILITIES = "cmecf_utilities"


def _steps() -> list[str]:
    return [_("CM/ECF login"), _("Confirm both accounts"), _("Linked")]


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, court_id: str) -> HttpResponse:
    """Ask for the CM/ECF login and password; if they are right, go on to the confirmation."""
    desk = desk_of(request, court_id)
    here = reverse("link_start", args=[desk.court.pk])
    form = CredentialsForm(request.POST if request.method == "POST" else None, court=desk.court)
    try:
        if request.method == "POST":
            return _try(desk, form)
        if found := account_obstacles(desk.account, desk.court, desk.at):
            return desk.stop(found, status=200, current=UTILITIES)
        desk.session.demand_factor()
    except FactorNeeded:
        return desk.ask_for_factor(here)
    return _ask(desk, form)


def _try(desk: Desk, form: CredentialsForm) -> HttpResponse:
    if not form.is_valid():
        if found := account_obstacles(desk.account, desk.court, desk.at):
            return desk.stop(found, status=409, current=UTILITIES)
        return _ask(desk, form, status=422)
    try:
        pending = start_link(
            account=desk.account,
            court=desk.court,
            login=form.cleaned_data["login"],
            password=form.cleaned_data["password"],
            session=desk.session,
            client=desk.client,
            at=desk.at,
            now=desk.now,
        )
    except TooManyAttempts as pause:
        response = desk.stop(pause.obstacles, status=429, current=UTILITIES)
        response.headers["Retry-After"] = str(max(int((pause.until - desk.now).total_seconds()) + 1, 1))
        return response
    except CredentialsRefused as refusal:
        return _ask(desk, form, refusal=refusal, status=422)
    except LinkRefused as refusal:
        return desk.stop(refusal.obstacles, status=409, current=UTILITIES)
    return HttpResponseRedirect(confirm_url(pending), status=303)


def confirm_url(pending: PendingLink) -> str:
    """Where this question is answered."""
    return f"{reverse('link_confirm', args=[pending.court_id])}?{urlencode({'c': str(pending.pk)})}"


def _ask(
    desk: Desk, form: CredentialsForm, *, refusal: CredentialsRefused | None = None, status: int = 200
) -> HttpResponse:
    rule = RULES[Action.LINK]
    return desk.show(
        "linking/start.html",
        current=UTILITIES,
        status=status,
        form=form,
        refusal=refusal,
        tries_used=rule.pair - refusal.tries_left if refusal else None,
        tries=rule.pair,
        pause_minutes=rule.seconds // 60,
        link_title=link_words(desk.court),
        linked=desk.held,
        is_appellate=say.is_appellate(desk.court),
        steps=_steps(),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, court_id: str) -> HttpResponse:
    """Both accounts side by side; the yes makes the link."""
    desk = desk_of(request, court_id)
    key = _key(request.POST.get("c") or request.GET.get("c", ""))
    back = reverse("link_confirm", args=[desk.court.pk])
    try:
        if request.method == "POST":
            return _confirm(desk, key)
        desk.session.demand_factor()
    except FactorNeeded:
        return desk.ask_for_factor(f"{back}?{urlencode({'c': str(key)})}" if key else back)
    return _side_by_side(desk, key)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _confirm(desk: Desk, key: UUID | None) -> HttpResponse:
    try:
        if key is None:
            raise LinkRefused([say.confirmation_expired(desk.court)])
        link = confirm_link(
            key,
            account=desk.account,
            court=desk.court,
            session=desk.session,
            acknowledged=bool(desk.request.POST.get("acknowledge_mismatch")),
            at=desk.at,
            now=desk.now,
        )
    except LinkRefused as refusal:
        if refusal.code == Code.NAME_MISMATCH:
            return _side_by_side(desk, key, unticked=True)
        return desk.stop(refusal.obstacles, status=409, current=UTILITIES)
    welcome = reverse("cmecf", args=[desk.court.pk])
    return HttpResponseRedirect(f"{welcome}?{urlencode({'receipt': link.receipt})}", status=303)


def _side_by_side(desk: Desk, key: UUID | None, *, unticked: bool = False) -> HttpResponse:
    account = desk.account
    pending = _pending(desk, account, key) if account and key else None
    if account is None or pending is None:
        found = say.no_pacer_account() if account is None else say.confirmation_expired(desk.court)
        return desk.stop([found], status=409, current=UTILITIES)
    lines = compare(account, pending.filer)
    return desk.show(
        "linking/confirm.html",
        current=UTILITIES,
        status=409 if unticked else 200,
        pending=pending,
        filer=pending.filer,
        lines=lines,
        differ=any(line.code == "name" and line.likeness == Likeness.DIFFERENT for line in lines),
        unticked=unticked,
        mismatch=say.name_mismatch(desk.court),
        undo_hours=pending.filer.court.undo_hours,
        steps=_steps(),
    )


def _pending(desk: Desk, account: PacerAccount, key: UUID) -> PendingLink | None:
    return pending_of(key, account=account, court=desk.court, session=desk.session, now=desk.now)
