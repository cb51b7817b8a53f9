"""Taking a link back oneself: within its time, while it is not paused, and only one's own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail
from courts.models import Court
from events.models import Event
from linking.models import Case, Link
from linking.obstacles import Code, FactorNeeded, LinkRefused
from linking.undo import NoSuchLink, freeze_link, undo_link
from tests.factories import CourtFactory
from tests.linking.setting import confirm, filer, jane, linked, session, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def canb() -> Court:
    return CourtFactory.create()


def test_within_a_day_a_link_is_undone_and_the_same_credentials_link_again_at_once(canb: Court) -> None:
    account, hers = jane(), filer()
    link = linked(account, hers)
    undone = undo_link(link.pk, account=account, session=session(), now=link.undo_until - timedelta(seconds=1))
    assert (undone.state, undone.ending) == ("ended", Link.Ending.UNDONE)
    assert Event.objects.get(type="link.undone").object_id == str(link.pk)
    assert OutgoingMail.objects.filter(kind="link_undone").count() == 2
    again = confirm(start(account, canb), account, canb)
    assert again.state == "active"
    assert Link.objects.count() == 2


def test_asked_twice_it_is_undone_once(canb: Court) -> None:
    account = jane()
    link = linked(account, filer())
    later = timezone.now() + timedelta(minutes=1)
    first = undo_link(link.pk, account=account, session=session(), now=later)
    second = undo_link(link.pk, account=account, session=session(), now=later + timedelta(days=3))
    assert first.ended_at == second.ended_at
    assert Event.objects.filter(type="link.undone").count() == 1


def test_afterwards_only_the_court_can(canb: Court) -> None:
    account = jane()
    link = linked(account, filer())
    with pytest.raises(LinkRefused) as refused:
        undo_link(link.pk, account=account, session=session(), now=link.undo_until)
    assert refused.value.code == Code.UNDO_WINDOW_OVER


@pytest.mark.parametrize("hours", [0, 168])
def test_a_court_sets_how_long(hours: int) -> None:
    CourtFactory.create(undo_hours=hours)
    account = jane()
    link = linked(account, filer())
    assert link.undo_until - link.linked_at == timedelta(hours=hours)
    assert link.may_be_undone(now=link.linked_at) is (hours > 0)


def test_a_paused_link_is_not_undone(canb: Court) -> None:
    account = jane()
    link = linked(account, filer())
    now = timezone.now() + timedelta(minutes=1)
    freeze_link(link.pk, said_by=None, now=now)
    with pytest.raises(LinkRefused) as refused:
        undo_link(link.pk, account=account, session=session(), now=now)
    assert refused.value.code == Code.LINK_FROZEN


def test_somebody_elses_link_is_as_one_that_never_was(canb: Court) -> None:
    link = linked(jane(), filer())
    with pytest.raises(NoSuchLink):
        undo_link(link.pk, account=jane("mallory.esq"), session=session(), now=timezone.now())
    assert Link.objects.get().state == "active"


def test_a_stolen_session_without_the_factor_undoes_nothing(canb: Court) -> None:
    account = jane()
    link = linked(account, filer())
    with pytest.raises(FactorNeeded):
        undo_link(link.pk, account=account, session=session(factor=False), now=timezone.now())


def test_undoing_closes_what_the_court_had_open_about_it(canb: Court) -> None:
    account = jane()
    link = linked(account, filer(last_name="Whitfield"))
    assert Case.objects.open().get().link == link
    undo_link(link.pk, account=account, session=session(), now=timezone.now() + timedelta(minutes=1))
    assert not Case.objects.open().exists()
