"""What every page of a court's Document Filing System needs: the court, who is there, and which menus are open."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from accounts.client import Client
from accounts.models import PacerAccount, User
from accounts.navigation import with_next
from accounts.second_factor import used_second_factor_at
from accounts.sessions import hashed
from courts.clock import portal_now
from courts.models import Court
from courts.words import instant_words
from events.context import current_request
from linking.choice import link_in_use, links_at, usable_links
from linking.credentials import Session
from linking.menus import menus
from linking.models import Link
from linking.obstacles import Obstacle, help_phone


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One request at a court: `at` is the go-live clock, `now` real time (both aware)."""

    request: HttpRequest
    court: Court
    account: PacerAccount | None
    session: Session
    at: datetime
    now: datetime

    # Links are read when a page asks for them: a form that leads on needs none.
    @cached_property
    def held(self) -> list[Link]:
        """The person's links here, paused ones too."""
        return links_at(self.account, self.court) if self.account else []

    @cached_property
    def usable(self) -> list[Link]:
        """Those with which they may file now."""
        return usable_links(self.held, at=self.at)

    @cached_property
    def link(self) -> Link | None:
        """With which this session files."""
        return link_in_use(self.usable, session_key=self.session.key)

    @property
    def client(self) -> Client:
        """Whose tries count together, besides the PACER account's own: an address's, whichever browser is behind it."""
        facts = current_request.get()
        return Client(address=facts.address if facts else None)

    def show(self, template: str, *, current: str = "", status: int = 200, **facts: Any) -> HttpResponse:
        """A page of the filing system, with its bar of menus."""
        context = {
            "court": self.court,
            "host": self.court.hosted_by,
            "account": self.account,
            "link": self.link,
            "menus": menus(self.court, may_file=self.link is not None, current=current),
            "help_phone": help_phone(self.court),
            **facts,
        }
        return render(self.request, template, context, status=status)

    def stop(self, obstacles: list[Obstacle], *, status: int, current: str = "", **facts: Any) -> HttpResponse:
        """The page that says what is in the way, with the emergency contact and a line to be printed as proof."""
        return self.show(
            "linking/obstacle.html",
            current=current,
            status=status,
            obstacles=obstacles,
            **{**self.proof(), **facts},
        )

    def proof(self) -> dict[str, Any]:
        """When, who and which request: our log has the same id."""
        facts = current_request.get()
        return {
            "proof_words": instant_words(self.now, self.court.time_zone),
            "proof_id": facts.request_id if facts else "",
            "emergency": self.court.emergency_contact or self.court.host.emergency_contact,
        }

    def ask_for_factor(self, back: str) -> HttpResponseRedirect:
        """Ask for the second factor that this session has not used yet, then come back."""
        return HttpResponseRedirect(with_next("mfa_reauthenticate", back))


def court_of(court_id: str) -> Court:
    """The court of an address. Raises Http404."""
    try:
        return Court.objects.get(pk=court_id.replace("\0", ""))  # few courts have a host, which is read when asked for
    except Court.DoesNotExist:
        raise Http404 from None


def desk_of(request: HttpRequest, court_id: str) -> Desk:
    """This request at this court. Raises Http404."""
    return Desk(
        request=request,
        court=court_of(court_id),
        account=_account_of(request),
        session=Session(
            key=hashed(request.session.session_key or ""), factor_used_at=used_second_factor_at(request.session)
        ),
        at=portal_now(),
        now=timezone.now(),
    )


def _account_of(request: HttpRequest) -> PacerAccount | None:
    if not isinstance(user := request.user, User):
        return None
    try:
        account = PacerAccount.objects.get(user=user.pk)
    except PacerAccount.DoesNotExist:
        return None
    account.user = user  # as this request has read it already
    return account
