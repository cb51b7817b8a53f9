"""Two courts with everything a clerk can see, and the people who try to see it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import FilerAccount, PacerAccount, StaffRole, User
from accounts.roles import Role
from accounts.second_factor import UsedFactor, remember_in_session
from courts.models import County, Court, Notice, Office
from events.models import Event
from events.record import person
from linking.confirm import make_link
from linking.models import Case, Link
from linking.undo import freeze_link
from tests.factories import CourtFactory, FilerAccountFactory, PacerAccountFactory, StaffFactory, UserFactory


@dataclass(frozen=True, slots=True)
class CourtRows:
    """One row of everything that belongs to a court; every text in it begins with `mark`."""

    mark: str
    court: Court
    filer: FilerAccount
    account: PacerAccount
    link: Link
    case: Case
    office: Office
    notice: Notice
    county: County
    event: Event

    def telling(self) -> list[str]:
        """What must appear on no page of another court's clerk."""
        return [self.mark.casefold(), self.link.receipt.casefold(), str(self.link.pk), self.account.account_number]


def court_rows(court_id: str, mark: str) -> CourtRows:
    """A court with a filer whose link somebody has disowned, so that every repair is possible."""
    court: Court = CourtFactory.create(court_id=court_id, short_name=f"{mark} Court", name=f"{mark} Court")
    account: PacerAccount = PacerAccountFactory.create(
        user__username=f"{mark}.esq", user__email=f"{mark}@{mark}.example", first_name=mark, last_name=f"{mark}son"
    )
    filer: FilerAccount = FilerAccountFactory.create(
        court=court, login=f"{mark}1", first_name=mark, last_name=f"{mark}son", bar_number=f"{mark}-77"
    )
    link = linked(account, filer)
    freeze_link(link.pk, said_by=None, now=timezone.now())
    link.refresh_from_db()
    return CourtRows(
        mark=mark,
        court=court,
        filer=filer,
        account=account,
        link=link,
        case=link.cases.get(),
        office=Office.objects.create(court=court, name=f"{mark} Street", city=mark),
        notice=Notice.objects.create(court=court, title=f"{mark} notice", text=mark, shown_from=timezone.now()),
        county=County.objects.create(court=court, name=f"{mark} County", state="CA"),
        event=Event.objects.filter(court_id=court_id).latest("sequence"),
    )


def linked(account: PacerAccount, filer: FilerAccount, *, at: datetime | None = None) -> Link:
    with transaction.atomic():
        return make_link(
            account,
            filer,
            differ=False,
            actor=person(account.user_id),
            now=at or timezone.now() - timedelta(hours=1),
        )


def staff(court: Court | None, role: Role, *, username: str = "") -> User:
    """A member of staff of this court; None: of the whole system."""
    given: StaffRole = StaffFactory.create(
        court=court, role=role, user=UserFactory.create(**({"username": username} if username else {}))
    )
    return given.user


def signed_in(user: User, *, factor: bool = True) -> Client:
    """A session of this person; with `factor`, one that has proved a second factor."""
    client = Client()
    client.force_login(user)
    if factor:
        session = client.session
        remember_in_session(session, UsedFactor("totp", 1), at=timezone.now())
        session.save()
    return client


def text_of(answer: Any) -> str:
    """The page without what differs from request to request."""
    text = answer.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    return re.sub(r'name="seen" value="[^"]*"', "", text)


def seen_in(answer: Any) -> str:
    """What the form was drawn from, to be sent back with it."""
    found = re.search(r'name="seen" value="([^"]*)"', answer.content.decode())
    assert found, "the page has no flow form"
    return found[1]
