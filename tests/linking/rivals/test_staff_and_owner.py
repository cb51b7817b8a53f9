"""A member of staff and the owner of a link, or two tabs of one, who act on the same rows at the same instant."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import FilerAccount, FilerRole, FilerStatus, OutgoingMail
from accounts.staff import change_filer_status
from courts.models import Court
from events.models import Event
from events.record import clerk
from linking.eligibility import may_file
from linking.models import Case, Link
from linking.obstacles import Code, LinkRefused
from linking.repair import RepairRefused, change_role, move_link, unlink
from linking.undo import freeze_link, undo_link
from tests.factories import CourtFactory, StaffFactory
from tests.linking.rivals.meeting import Meeting
from tests.linking.setting import LIVE, confirm, filer, jane, linked, session, start

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

CONFIRM_WRITES = "linking.confirm.make_link"
ENDINGS = ("linking.undo.end_link_row", "linking.repair.end_link_row")


@pytest.fixture
def canb() -> Court:
    return CourtFactory.create()


@pytest.fixture
def link(canb: Court) -> Link:
    return linked(jane(), filer())


def undo(link: Link) -> Callable[[], Link]:
    return partial(undo_link, link.pk, account=link.account, session=session(), now=timezone.now())


def by_clerk(flow: Callable[..., Any], pk: object, **more: Any) -> Callable[[], Any]:
    actor = clerk(StaffFactory.create().user.pk)
    return partial(flow, pk, reason="A wrong account.", actor=actor, now=timezone.now(), **more)


def endings() -> int:
    """How many endings of links stand in the record."""
    return Event.objects.filter(type__in=["link.undone", "link.ended", "link.moved"]).count()


def mails_of_endings() -> int:
    return OutgoingMail.objects.filter(kind__in=["link_undone", "link_ended"]).count()


@pytest.mark.parametrize("first", ["owner", "clerk"])
def test_of_the_owners_undo_and_the_clerks_unlink_one_ends_the_link_and_the_other_is_told(
    link: Link, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    flows = [undo(link), by_clerk(unlink, link.pk)]
    outcomes = Meeting(monkeypatch, *ENDINGS).race(*(flows if first == "owner" else flows[::-1]))
    assert isinstance(outcomes[0], Link)
    assert isinstance(outcomes[1], RepairRefused if first == "owner" else LinkRefused)
    assert Link.objects.get().ending == ("undone" if first == "owner" else "unlinked")
    assert (endings(), mails_of_endings()) == (1, 2)


def test_without_the_lock_the_trigger_still_lets_a_link_end_once(
    link: Link, monkeypatch: pytest.MonkeyPatch, unlocked: None
) -> None:
    outcomes = Meeting(monkeypatch, *ENDINGS).race(undo(link), by_clerk(unlink, link.pk))
    assert sum(isinstance(outcome, Link) for outcome in outcomes) == 1
    assert (endings(), mails_of_endings()) == (1, 2)


def test_control_without_lock_and_trigger_a_link_ends_twice(
    link: Link, monkeypatch: pytest.MonkeyPatch, unlocked: None, no_triggers: None
) -> None:
    outcomes = Meeting(monkeypatch, *ENDINGS).race(undo(link), by_clerk(unlink, link.pk))
    assert all(isinstance(outcome, Link) for outcome in outcomes)
    assert (endings(), mails_of_endings()) == (2, 4)


@pytest.mark.parametrize("first", ["owner", "clerk"])
def test_of_the_owners_undo_and_the_clerks_move_one_counts(
    link: Link, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    other = jane("jane.roe.firm")
    flows = [undo(link), by_clerk(move_link, link.pk, account_number=other.account_number)]
    outcomes = Meeting(monkeypatch, *ENDINGS).race(*(flows if first == "owner" else flows[::-1]))
    assert isinstance(outcomes[1], RepairRefused if first == "owner" else LinkRefused)
    held = Link.objects.held().values_list("account", flat=True)
    assert list(held) == ([] if first == "owner" else [other.pk])
    assert endings() == 1


def test_control_without_lock_and_trigger_a_link_is_undone_and_moved(
    link: Link, monkeypatch: pytest.MonkeyPatch, unlocked: None, no_triggers: None
) -> None:
    move = by_clerk(move_link, link.pk, account_number=jane("jane.roe.firm").account_number)
    outcomes = Meeting(monkeypatch, *ENDINGS).race(undo(link), move)
    assert all(isinstance(outcome, Link) for outcome in outcomes)
    assert endings() == 2


def test_two_tabs_that_undo_end_the_link_once(link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = Meeting(monkeypatch, *ENDINGS).race(undo(link), undo(link))
    assert one == two == link
    assert (endings(), mails_of_endings()) == (1, 2)


def test_a_link_that_is_being_undone_is_not_paused_as_well(link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
    freeze = partial(freeze_link, link.pk, said_by=None, now=timezone.now())
    Meeting(monkeypatch, *ENDINGS).race(undo(link), freeze)
    link.refresh_from_db()
    assert (link.ending, link.frozen_at, Case.objects.count()) == ("undone", None, 0)


def suspend_and_count(filer: FilerAccount) -> Callable[[], int]:
    """Suspends, and answers how many links there were when that was done."""

    def flow() -> int:
        actor = clerk(StaffFactory.create().user.pk)
        change_filer_status(filer, status=FilerStatus.SUSPENDED, reason="Disbarred.", actor=actor)
        return Link.objects.count()

    return flow


def test_a_suspension_in_the_middle_of_a_confirm_comes_after_it(canb: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    account, hers = jane(), filer()
    yes = partial(confirm, start(account, canb), account, canb)
    link, links_then = Meeting(monkeypatch, CONFIRM_WRITES).race(yes, suspend_and_count(hers))
    assert links_then == Link.objects.count() == 1
    link.filer.refresh_from_db()
    assert not may_file(account, link, LIVE)


def test_a_confirm_in_the_middle_of_a_suspension_is_refused(canb: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    account, hers = jane(), filer()
    yes = partial(confirm, start(account, canb), account, canb)
    links_then, refusal = Meeting(monkeypatch, "accounts.staff.record").race(suspend_and_count(hers), yes)
    assert links_then == Link.objects.count() == 0
    assert [found.code for found in refusal.obstacles] == [Code.FILER_INACTIVE]


def test_control_without_the_lock_a_suspended_account_is_linked_afterwards(
    canb: Court, monkeypatch: pytest.MonkeyPatch, unlocked: None
) -> None:
    account, hers = jane(), filer()
    yes = partial(confirm, start(account, canb), account, canb)
    _link, links_then = Meeting(monkeypatch, CONFIRM_WRITES).race(yes, suspend_and_count(hers))
    assert (links_then, Link.objects.count()) == (0, 1)


def to_trustee(filer: FilerAccount) -> Callable[[], FilerAccount]:
    return by_clerk(change_role, filer.pk, role=FilerRole.TRUSTEE)


def roles_of_held() -> list[tuple[str, str]]:
    return list(Link.objects.held().values_list("role", "filer__role"))


def test_a_change_of_role_in_the_middle_of_a_confirm_renews_the_link(
    canb: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    account, hers = jane(), filer()
    yes = partial(confirm, start(account, canb), account, canb)
    link, _filer = Meeting(monkeypatch, CONFIRM_WRITES).race(yes, to_trustee(hers))
    assert roles_of_held() == [("trustee", "trustee")]
    link.refresh_from_db()
    assert link.ending == "renewed"


@pytest.mark.parametrize("locks", ["locked", "unlocked"])
def test_a_confirm_in_the_middle_of_a_change_of_role_starts_again(
    canb: Court, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, locks: str
) -> None:
    if locks == "unlocked":
        request.getfixturevalue("unlocked")
    account, hers = jane(), filer()
    yes = partial(confirm, start(account, canb), account, canb)
    if locks == "locked":
        _filer, refusal = Meeting(monkeypatch, "linking.repair.record").race(to_trustee(hers), yes)
    else:  # the confirm has looked; the trigger sees what it has not
        refusal, _filer = Meeting(monkeypatch, CONFIRM_WRITES).race(yes, to_trustee(hers))
    assert [found.code for found in refusal.obstacles] == [Code.CONFIRMATION_EXPIRED]
    assert roles_of_held() == []


def test_control_without_lock_and_trigger_a_link_has_another_role_than_its_filer(
    canb: Court, monkeypatch: pytest.MonkeyPatch, unlocked: None, no_triggers: None
) -> None:
    account, hers = jane(), filer()
    yes = partial(confirm, start(account, canb), account, canb)
    Meeting(monkeypatch, CONFIRM_WRITES).race(yes, to_trustee(hers))
    assert roles_of_held() == [("attorney", "trustee")]


@pytest.mark.parametrize("other", ["undo", "unlink", "move", "freeze"])
def test_a_change_of_role_and_an_end_or_pause_of_the_link_never_wait_for_each_other(
    link: Link, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    flows: dict[str, Callable[[], Any]] = {
        "undo": undo(link),
        "unlink": by_clerk(unlink, link.pk),
        "move": by_clerk(move_link, link.pk, account_number=jane("jane.roe.firm").account_number),
        "freeze": partial(freeze_link, link.pk, said_by=None, now=timezone.now()),
    }
    place = "linking.undo.open_case" if other == "freeze" else ENDINGS[0]
    places = {place, ENDINGS[1]}
    ended, role_changed = Meeting(monkeypatch, *places).race(flows[other], to_trustee(link.filer))
    assert isinstance(ended, Link)
    assert isinstance(role_changed, FilerAccount | RepairRefused)
    assert all(of_link == of_filer for of_link, of_filer in roles_of_held())
    assert Link.objects.filter(ending__in=["undone", "unlinked", "moved"]).count() == (0 if other == "freeze" else 1)


def test_a_change_of_role_is_refused_while_the_owner_links_another_account_in_that_role(
    link: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    filer("jroe.tr", role=FilerRole.TRUSTEE)
    yes = partial(confirm, start(link.account, link.court, "jroe.tr"), link.account, link.court)
    made, refusal = Meeting(monkeypatch, "linking.confirm.mail_link_made").race(yes, to_trustee(link.filer))
    assert isinstance(made, Link)
    assert isinstance(refusal, RepairRefused)
    assert sorted(roles_of_held()) == [("attorney", "attorney"), ("trustee", "trustee")]
