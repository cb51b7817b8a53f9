"""Two people, or two tabs of one, who say yes at the same instant. Each with a control without its protection."""

from collections.abc import Callable
from functools import partial

import pytest

from accounts.models import FilerRole, OutgoingMail
from courts.models import Court
from events.models import Event
from linking import confirm as confirming
from linking.models import Link
from linking.obstacles import Code, LinkRefused
from linking.undo import undo_link
from tests.factories import CourtFactory
from tests.linking.rivals.meeting import Meeting
from tests.linking.setting import confirm, filer, jane, linked, session, start

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

WRITE = "linking.confirm.make_link"


@pytest.fixture
def canb() -> Court:
    return CourtFactory.create()


def yes_of_one_pair(canb: Court, *, times: int) -> list[Callable[[], Link]]:
    """One account, one filer account, and as many open questions in as many tabs."""
    account = jane()
    filer()
    return [partial(confirm, start(account, canb), account, canb) for _time in range(times)]


def made() -> tuple[int, int, int]:
    """Links, events of links, and mails about them."""
    mails = OutgoingMail.objects.filter(kind="link_made").count()
    return Link.objects.count(), Event.objects.filter(type="link.made").count(), mails


ONE_LINK, TWO_LINKS = (1, 1, 2), (2, 2, 4)


def test_two_tabs_that_confirm_one_pair_make_one_link_and_read_the_same_receipt(
    canb: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    flows = yes_of_one_pair(canb, times=2)
    one, two = Meeting(monkeypatch, WRITE).race(*flows)
    assert one.receipt == two.receipt
    assert made() == ONE_LINK


def test_they_do_so_without_locks_too_for_the_constraint_decides(
    canb: Court, monkeypatch: pytest.MonkeyPatch, unlocked: None
) -> None:
    flows = yes_of_one_pair(canb, times=2)
    one, two = Meeting(monkeypatch, WRITE).race(*flows)
    assert one.receipt == two.receipt
    assert made() == ONE_LINK


def test_control_without_constraints_both_tabs_make_a_link(
    canb: Court, monkeypatch: pytest.MonkeyPatch, unlocked: None, drop_constraint: Callable[[str], None]
) -> None:
    drop_constraint("link_one_per_filer")
    drop_constraint("link_one_per_account_court_role")
    flows = yes_of_one_pair(canb, times=2)
    one, two = Meeting(monkeypatch, WRITE).race(*flows)
    assert one.receipt != two.receipt
    assert made() == TWO_LINKS


@pytest.mark.parametrize("locks", ["locked", "unlocked"])
def test_twenty_parallel_confirms_of_one_pair_make_one_link_and_one_pair_of_mails(
    canb: Court, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, locks: str
) -> None:
    if locks == "unlocked":
        request.getfixturevalue("unlocked")
    flows = yes_of_one_pair(canb, times=20)
    links = Meeting(monkeypatch, WRITE, rivals=20).race(*flows)
    assert len({link.receipt for link in links}) == 1
    assert made() == ONE_LINK


def test_control_without_constraints_twenty_confirms_make_twenty_links(
    canb: Court, monkeypatch: pytest.MonkeyPatch, unlocked: None, drop_constraint: Callable[[str], None]
) -> None:
    drop_constraint("link_one_per_filer")
    drop_constraint("link_one_per_account_court_role")
    links = Meeting(monkeypatch, WRITE, rivals=20).race(*yes_of_one_pair(canb, times=20))
    assert len({link.receipt for link in links}) == 20
    assert made() == (20, 20, 40)


def test_one_question_answered_twice_makes_one_link(canb: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    account = jane()
    filer()
    yes = partial(confirm, start(account, canb), account, canb)
    one, two = Meeting(monkeypatch, WRITE).race(yes, yes)
    assert one.receipt == two.receipt
    assert made() == ONE_LINK


def two_accounts_for_one_filer(canb: Court) -> list[Callable[[], Link]]:
    accounts = jane(), jane("jane.roe.firm")
    filer()
    return [partial(confirm, start(account, canb), account, canb) for account in accounts]


@pytest.mark.parametrize("locks", ["locked", "unlocked"])
def test_of_two_accounts_that_want_one_filer_account_one_wins_and_the_other_hears_why(
    canb: Court, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, locks: str
) -> None:
    if locks == "unlocked":
        request.getfixturevalue("unlocked")
    flows = two_accounts_for_one_filer(canb)
    link, refusal = _winner_first(Meeting(monkeypatch, WRITE).race(*flows))
    assert [found.code for found in refusal.obstacles] == [Code.FILER_LINKED_ELSEWHERE]
    assert list(Link.objects.all()) == [link]
    assert made() == ONE_LINK


def test_control_without_the_constraint_both_accounts_win_the_filer_account(
    canb: Court, monkeypatch: pytest.MonkeyPatch, unlocked: None, drop_constraint: Callable[[str], None]
) -> None:
    drop_constraint("link_one_per_filer")
    flows = two_accounts_for_one_filer(canb)
    one, two = Meeting(monkeypatch, WRITE).race(*flows)
    assert one.filer == two.filer
    assert made() == TWO_LINKS


def two_filers_for_one_account(canb: Court, *roles: FilerRole) -> list[Callable[[], Link]]:
    account = jane()
    for login, role in zip(("jroe", "jroe2"), roles, strict=True):
        filer(login, role=role)
    return [partial(confirm, start(account, canb, login), account, canb) for login in ("jroe", "jroe2")]


@pytest.mark.parametrize("locks", ["locked", "unlocked"])
def test_of_two_filer_accounts_in_one_role_an_account_gets_one_and_is_told_so(
    canb: Court, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, locks: str
) -> None:
    if locks == "unlocked":
        request.getfixturevalue("unlocked")
    flows = two_filers_for_one_account(canb, FilerRole.ATTORNEY, FilerRole.ATTORNEY)
    link, refusal = _winner_first(Meeting(monkeypatch, WRITE).race(*flows))
    assert [found.code for found in refusal.obstacles] == [Code.ALREADY_LINKED]
    assert list(Link.objects.all()) == [link]


def test_in_two_roles_it_gets_both(canb: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    flows = two_filers_for_one_account(canb, FilerRole.ATTORNEY, FilerRole.TRUSTEE)
    one, two = Meeting(monkeypatch, WRITE).race(*flows)
    assert {one.role, two.role} == {FilerRole.ATTORNEY, FilerRole.TRUSTEE}
    assert made() == TWO_LINKS


def test_control_without_the_constraint_an_account_gets_two_in_one_role(
    canb: Court, monkeypatch: pytest.MonkeyPatch, unlocked: None, drop_constraint: Callable[[str], None]
) -> None:
    drop_constraint("link_one_per_account_court_role")
    flows = two_filers_for_one_account(canb, FilerRole.ATTORNEY, FilerRole.ATTORNEY)
    one, two = Meeting(monkeypatch, WRITE).race(*flows)
    assert one.account == two.account
    assert made() == TWO_LINKS


def _winner_first(outcomes: list[Link | LinkRefused]) -> tuple[Link, LinkRefused]:
    link, refusal = sorted(outcomes, key=lambda outcome: isinstance(outcome, LinkRefused))
    assert isinstance(link, Link)
    assert isinstance(refusal, LinkRefused)
    return link, refusal


def undo_and_blind_yes(canb: Court, monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], int]]:
    """The owner undoes; a rival says yes who has not seen the link: each answers how many links are held then."""
    owner, rival, hers = jane(), jane("jane.roe.firm"), filer()
    question = start(rival, canb)
    link = linked(owner, hers)
    monkeypatch.setattr(confirming, "pair_obstacles", lambda account, filer: [])

    def undo() -> int:
        undo_link(link.pk, account=owner, session=session(), now=link.linked_at)
        return Link.objects.held().count()

    def say_yes() -> int:
        confirm(question, rival, canb)
        return Link.objects.held().count()

    return [undo, say_yes]


def test_a_rival_in_the_middle_of_an_undo_waits_for_its_end(canb: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    flows = undo_and_blind_yes(canb, monkeypatch)
    _undone, held_then = Meeting(monkeypatch, "linking.undo.mail_link_undone").race(*flows)
    assert held_then == 1
    assert Link.objects.held().get().account.user.username == "jane.roe.firm"


def test_control_without_the_constraint_the_rival_does_not_wait(
    canb: Court, monkeypatch: pytest.MonkeyPatch, drop_constraint: Callable[[str], None]
) -> None:
    drop_constraint("link_one_per_filer")
    flows = undo_and_blind_yes(canb, monkeypatch)
    _undone, held_then = Meeting(monkeypatch, "linking.undo.mail_link_undone").race(*flows)
    assert held_then == 2
