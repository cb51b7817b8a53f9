"""A new CM/ECF password by mail: asking for one, and choosing it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.limits import TooManyFailures
from courts.words import clock_words
from linking import obstacles as say
from linking.forms import LoginForm, NewPasswordForm
from linking.obstacles import help_phone
from linking.resets import ResetVoid, ask_reset, open_reset, use_reset
from linking.views.desk import court_of, desk_of


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, court_id: str) -> HttpResponse:
    """Ask for a reset; the answer is the same whether or not the login exists."""
    desk = desk_of(request, court_id)
    if desk.account is None:
        return desk.stop([say.no_pacer_account()], status=409, current="cmecf_utilities")
    form = LoginForm(request.POST if request.method == "POST" else None)
    facts = {"form": form, "is_appellate": say.is_appellate(desk.court), "asked": False, "pause": ""}
    status = 200
    if form.is_bound and not facts["is_appellate"]:
        status = 422
        if form.is_valid():
            try:
                login = form.cleaned_data["login"]
                ask_reset(account=desk.account, court=desk.court, login=login, client=desk.client, now=desk.now)
                status, facts["asked"] = 200, True
            except TooManyFailures as pause:
                status, facts["pause"] = 429, clock_words(pause.until, desk.court.time_zone)
    return desk.show("linking/reset_ask.html", current="cmecf_utilities", status=status, **facts)


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, court_id: str, token: str) -> HttpResponse:
    """The page that a mail leads to. It asks; only the button uses the one-time link up."""
    court, now = court_of(court_id), timezone.now()
    facts = {"court": court, "help_phone": help_phone(court)}
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    try:
        found = open_reset(token, court=court, now=now)
        if form.is_valid():
            filer = use_reset(token, court=court, password=form.cleaned_data["password1"], now=now)
            return render(request, "linking/reset_done.html", {**facts, "login": filer.login})
    except ResetVoid:
        return render(request, "linking/reset_void.html", facts, status=410)
    status = 422 if form.errors else 200
    facts |= {"form": form, "login": found.filer.login, "title": _("Choose a new CM/ECF password")}
    return render(request, "linking/reset.html", facts, status=status)
