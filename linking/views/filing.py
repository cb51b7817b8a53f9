"""/cmecf/<court>/: the court's Document Filing System: welcome, menus, Utilities."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courts import directory
from courts.directory import CourtEntry
from courts.statemap import Standing
from courts.words import local_day
from linking import obstacles as say
from linking.choice import choose_link
from linking.comparison import mask_email
from linking.eligibility import account_obstacles, stop_of
from linking.menus import filing_menu
from linking.mine import unlinked_courts_of
from linking.models import Link
from linking.obstacles import Code, Obstacle
from linking.readiness import opens_at
from linking.tokens import not_me_path
from linking.views.desk import Desk, desk_of


@never_cache
@require_safe
def welcome(request: HttpRequest, court_id: str) -> HttpResponse:
    """Where everybody arrives: with a usable link the filing menus, else what is missing. `?receipt=` shows one."""
    desk = desk_of(request, court_id)
    held, usable = desk.held, desk.usable
    receipt = next((link for link in held if link.receipt == request.GET.get("receipt")), None)
    obstacles = [] if usable else account_obstacles(desk.account, desk.court, desk.at)
    return desk.show(
        "linking/welcome.html",
        held=held,
        usable=usable,
        receipt=receipt,
        sent_to=_sent_to(receipt) if receipt else [],
        may_undo=receipt is not None and receipt.may_be_undone(now=desk.now),
        receipt_url=reverse("link_receipt", args=[desk.court.pk, receipt.pk]) if receipt else "",
        not_me_url=not_me_path(receipt.pk) if receipt else "",
        undoable=[link for link in held if link.may_be_undone(now=desk.now)],
        frozen_words=say.link_frozen(desk.court).sentence,
        help_url=say.help_url(desk.court),
        help_words=say.help_words(desk.court),
        frozen=[link for link in held if link.state == "frozen"],
        stopped=[link for link in held if link.state == "active" and link not in usable],
        obstacles=obstacles,
        elsewhere=_elsewhere(desk),
        link_title=say.link_words(desk.court),
        **desk.proof(),
    )


def _sent_to(link: Link) -> list[str]:
    addresses = dict.fromkeys([link.account.user.email.casefold(), link.filer.email.casefold()])
    return [mask_email(address) for address in addresses if address]


def _elsewhere(desk: Desk) -> list[dict[str, object]]:
    """The person's other courts: where to go next."""
    if desk.account is None:
        return []
    linked = Link.objects.held().filter(account=desk.account).values_list("court_id", flat=True)
    unlinked = unlinked_courts_of(desk.account)
    courts = directory.current().by_id
    ids = ({*linked} | unlinked) - {desk.court.host.pk}
    entries = sorted((courts[court_id] for court_id in ids if court_id in courts), key=lambda c: c.short_name)
    return [_other(desk, entry, is_linked=entry.court_id not in unlinked) for entry in entries]


def _other(desk: Desk, entry: CourtEntry, *, is_linked: bool) -> dict[str, object]:
    opens = opens_at(entry)
    return {
        "court": entry,
        "standing": Standing.of(status=entry.status(desk.at), basis=entry.go_live_basis),
        "is_linked": is_linked,
        "opens_on": local_day(opens, entry.time_zone) if opens and opens > desk.at else None,
    }


@never_cache
@require_safe
def query(request: HttpRequest, court_id: str) -> HttpResponse:
    """The Query menu: cases are looked up in the court's own CM/ECF."""
    return desk_of(request, court_id).show("linking/query.html", current="cmecf_query")


@never_cache
@require_safe
def reports(request: HttpRequest, court_id: str) -> HttpResponse:
    """The Reports menu."""
    return desk_of(request, court_id).show("linking/reports.html", current="cmecf_reports")


@never_cache
@require_safe
def utilities(request: HttpRequest, court_id: str) -> HttpResponse:
    """The Utilities menu: the link, receipts, and the way to the account."""
    desk = desk_of(request, court_id)
    past = []
    if desk.account:
        ended = Link.objects.filter(account=desk.account, court=desk.court.host, ended_at__isnull=False)
        past = list(ended.select_related("filer")[:20])
    return desk.show(
        "linking/utilities.html",
        current="cmecf_utilities",
        held=desk.held,
        past=past,
        link_title=say.link_words(desk.court),
    )


@never_cache
@require_safe
def file(request: HttpRequest, court_id: str, menu: str) -> HttpResponse:
    """A filing menu: for those who may file. Without a usable link 403, with what is in the way."""
    desk = desk_of(request, court_id)
    chosen = filing_menu(desk.court, menu)
    if chosen is None:
        raise Http404
    if desk.link is None:
        if desk.usable:
            return HttpResponseRedirect(reverse("cmecf", args=[desk.court.pk]))
        return desk.stop(_why_not(desk), status=403)
    return desk.show("linking/file.html", current=menu, menu=chosen)


def _why_not(desk: Desk) -> list[Obstacle]:
    """What keeps this person from filing here: never empty when no link of theirs is usable."""
    found = account_obstacles(desk.account, desk.court, desk.at)
    if not desk.held:
        return [say.not_linked(desk.court), *found]
    stops = [stop for link in desk.held if (stop := stop_of(link))]
    frozen = [stop for stop in stops if stop.code == Code.LINK_FROZEN]
    return [*frozen[:1], *found] or stops[:1]


@never_cache
@require_POST
def choose(request: HttpRequest, court_id: str) -> HttpResponse:
    """Work here in this role, for this session."""
    desk = desk_of(request, court_id)
    wanted = request.POST.get("link", "")
    for link in desk.usable:
        if str(link.pk) == wanted:
            choose_link(link, session_key=desk.session.key)
    return HttpResponseRedirect(reverse("cmecf", args=[desk.court.pk]), status=303)
