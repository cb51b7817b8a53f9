"""What a court's staff do to links, each with a reason that the filer may read."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.crypto import decrypt
from accounts.models import AccountKind, FilerRole, FilingState, OutgoingMail
from accounts.staff import ReasonMissing
from courts.models import Court
from events.models import Event
from events.record import clerk
from linking.models import Case, Link
from linking.repair import RepairRefused, change_role, close_case, move_link, release_link, unlink
from linking.undo import freeze_link
from tests.factories import CourtFactory
from tests.linking.setting import confirm, filer, jane, linked, start

pytestmark = pytest.mark.django_db
CLERK = clerk(1)


@pytest.fixture
def canb() -> Court:
    return CourtFactory.create()


def later(minutes: int = 1) -> dict[str, object]:
    return {"actor": CLERK, "now": timezone.now() + timedelta(minutes=minutes)}


def test_unlinking_ends_the_link_and_tells_both_sides_why(canb: Court) -> None:
    account = jane()
    link = unlink(linked(account, filer()).pk, reason="Wrong account, call of March 1", **later())  # type: ignore[arg-type]
    assert (link.state, link.ending, link.end_reason) == ("ended", "unlinked", "Wrong account, call of March 1")
    texts = [decrypt(mail.text_sealed) for mail in OutgoingMail.objects.filter(kind="link_ended")]
    assert len(texts) == 2
    assert all("Wrong account, call of March 1" in text for text in texts)
    assert Event.objects.get(type="link.ended").actor_kind == "clerk"
    assert confirm(start(account, canb), account, canb).state == "active"


@pytest.mark.parametrize("reason", ["", "   "])
def test_every_repair_demands_a_reason(canb: Court, reason: str) -> None:
    link = linked(jane(), filer())
    for repair in (unlink, release_link):
        with pytest.raises(ReasonMissing):
            repair(link.pk, reason=reason, **later())  # type: ignore[arg-type]
    with pytest.raises(ReasonMissing):
        move_link(link.pk, account_number="7000000", reason=reason, **later())  # type: ignore[arg-type]
    assert Link.objects.get().state == "active"


def test_moving_ends_one_link_and_makes_the_other(canb: Court) -> None:
    wrong, right, hers = jane("wrong.esq"), jane("right.esq"), filer()
    old = linked(wrong, hers)
    new = move_link(old.pk, account_number=f" {right.account_number} ", reason="It was hers", **later())  # type: ignore[arg-type]
    old.refresh_from_db()
    assert (old.state, old.ending) == ("ended", "moved")
    assert (new.account, new.filer, new.state) == (right, hers, "active")
    assert new.receipt != old.receipt


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": AccountKind.FIRM}, "shared"),
        ({"opened_on": date(2009, 1, 1)}, "Legacy"),
        ({"filing_state": FilingState.SUSPENDED}, "switched off"),
    ],
)
def test_an_account_that_could_not_link_by_itself_gets_no_link_moved_to_it(
    canb: Court, fields: dict[str, object], words: str
) -> None:
    link = linked(jane(), filer())
    to = jane("other.esq", **fields)
    with pytest.raises(RepairRefused, match=words):
        move_link(link.pk, account_number=to.account_number, reason="hers", **later())  # type: ignore[arg-type]
    assert Link.objects.get().state == "active", "nothing is half done"


def test_a_link_is_not_moved_to_its_owner_nobody_or_somebody_linked_here(canb: Court) -> None:
    account, other = jane(), jane("other.esq")
    link = linked(account, filer())
    linked(other, filer("other"))
    for number, words in (
        (account.account_number, "already"),
        ("0000001", "no PACER account"),
        (other.account_number, "in this role already"),
    ):
        with pytest.raises(RepairRefused, match=words):
            move_link(link.pk, account_number=number, reason="hers", **later())  # type: ignore[arg-type]
    assert Link.objects.active().count() == 2


def test_a_paused_link_is_released_with_its_case(canb: Court) -> None:
    link = linked(jane(), filer())
    freeze_link(link.pk, said_by=None, now=timezone.now() + timedelta(seconds=30))
    with pytest.raises(RepairRefused, match="release, move or end"):
        close_case(Case.objects.get().pk, outcome="seen", **later())  # type: ignore[arg-type]
    assert release_link(link.pk, reason="Her assistant clicked", **later()).state == "active"  # type: ignore[arg-type]
    assert Case.objects.get().outcome == "Her assistant clicked"
    with pytest.raises(RepairRefused, match="not paused"):
        release_link(link.pk, reason="again", **later(2))  # type: ignore[arg-type]


def test_a_case_of_differing_names_is_closed_with_an_outcome(canb: Court) -> None:
    linked(jane(), filer(last_name="Whitfield"))
    case = close_case(Case.objects.get().pk, outcome="Married in 2019", **later())  # type: ignore[arg-type]
    assert case.outcome == "Married in 2019"
    assert Event.objects.get(type="case.closed").court_id == "canb"
    with pytest.raises(RepairRefused, match="closed already"):
        close_case(case.pk, outcome="again", **later(2))  # type: ignore[arg-type]


def test_a_new_role_replaces_the_link_in_one_step(canb: Court) -> None:
    account, hers = jane(), filer()
    old = linked(account, hers)
    changed = change_role(hers.pk, role=FilerRole.TRUSTEE, reason="Appointed", **later())  # type: ignore[arg-type]
    old.refresh_from_db()
    new = Link.objects.active().get()
    assert (changed.role, old.ending, new.role, new.account) == ("trustee", "renewed", "trustee", account)
    assert changed.identity_version == 2


def test_a_role_is_not_given_twice_to_one_owner(canb: Court) -> None:
    account, hers = jane(), filer()
    linked(account, hers)
    linked(account, filer("jroe.tr", role=FilerRole.TRUSTEE))
    with pytest.raises(RepairRefused, match="another link"):
        change_role(hers.pk, role=FilerRole.TRUSTEE, reason="Appointed", **later())  # type: ignore[arg-type]
    hers.refresh_from_db()
    assert hers.role == FilerRole.ATTORNEY


def test_an_ended_link_is_not_repaired(canb: Court) -> None:
    link = linked(jane(), filer())
    unlink(link.pk, reason="once", **later())  # type: ignore[arg-type]
    for repair in (unlink, release_link):
        with pytest.raises(RepairRefused, match="ended already"):
            repair(link.pk, reason="twice", **later(2))  # type: ignore[arg-type]
