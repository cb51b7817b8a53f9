"""One link: its receipt, its undoing, and "this wasn't me"."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linking.comparison import mask_email
from linking.models import Link
from linking.obstacles import FactorNeeded, LinkRefused, help_phone
from linking.tokens import not_me_path
from linking.undo import NoSuchLink, freeze_link, link_of_token, undo_link
from linking.views.desk import Desk, desk_of


def _own(desk: Desk, link_id: UUID) -> Link:
    """The person's own link at this court. Raises Http404: somebody else's is as one that never was."""
    rows = Link.objects.select_related("court", "filer", "account__user")
    link = rows.filter(pk=link_id, account=desk.account, court=desk.court.host).first() if desk.account else None
    if link is None:
        raise Http404
    return link


@never_cache
@require_safe
def receipt(request: HttpRequest, court_id: str, link_id: UUID) -> HttpResponse:
    """The receipt of a link, for the file and for paper."""
    desk = desk_of(request, court_id)
    link = _own(desk, link_id)
    return desk.show(
        "linking/receipt.html",
        receipt=link,
        may_undo=link.may_be_undone(now=desk.now),
        not_me_url=not_me_path(link.pk),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, court_id: str, link_id: UUID) -> HttpResponse:
    """Ask once more, then undo. Without scripts and with: a page, a button."""
    desk = desk_of(request, court_id)
    link = _own(desk, link_id)
    here = reverse("link_undo", args=[desk.court.pk, link.pk])
    try:
        if request.method == "POST" and desk.account is not None:
            undo_link(link.pk, account=desk.account, session=desk.session, now=desk.now)
            done = _("The link is undone. You can link the same CM/ECF account again at once.")
            messages.success(request, done)
            return HttpResponseRedirect(reverse("cmecf", args=[desk.court.pk]), status=303)
        desk.session.demand_factor()
    except FactorNeeded:
        return desk.ask_for_factor(here)
    except NoSuchLink:
        raise Http404 from None
    except LinkRefused as refusal:
        return desk.stop(refusal.obstacles, status=409)
    return desk.show("linking/undo.html", receipt=link, may_undo=link.may_be_undone(now=desk.now))


@never_cache
@require_http_methods(["GET", "POST"])
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """ "This wasn't me": the page only asks, for mail scanners follow links; the button pauses the link."""
    link = link_of_token(token)
    if link is None:
        return render(request, "linking/not_me_void.html", status=404)
    said_by = request.user.pk if request.user.is_authenticated else None
    if request.method == "POST":
        link = freeze_link(link.pk, said_by=said_by, now=timezone.now())
    facts = {
        "link": link,
        "court": link.court,
        "login": link.filer.login,
        "masked_owner": mask_email(link.account.user.email),
        "help_phone": help_phone(link.court),
        "asked": request.method == "POST",
    }
    return render(request, "linking/not_me.html", facts)
