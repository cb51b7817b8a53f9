"""The yes to a pair: makes the link once, and only while all that was proved and shown still holds."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import FilerAccount, FilerRole, FilerStatus, FilingState, OutgoingMail, PacerAccount, User
from courts.models import Court
from events.models import Event
from linking.models import Case, Link, PendingLink
from linking.obstacles import Code, FactorNeeded, LinkRefused
from linking.undo import freeze_link, undo_link
from tests.factories import CourtFactory
from tests.linking.setting import GO_LIVE, confirm, filer, jane, linked, session, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def canb() -> Court:
    return CourtFactory.create()


def refused_code(*args: object, **more: object) -> Code:
    with pytest.raises(LinkRefused) as refused:
        confirm(*args, **more)  # type: ignore[arg-type]
    return refused.value.code


def test_the_yes_makes_the_link_with_receipt_event_and_two_mails(canb: Court) -> None:
    account, hers = jane(), filer(email="office@roelaw.example")
    pending = start(account, canb)
    link = confirm(pending, account, canb)
    assert (link.pk, link.account, link.filer, link.court, link.role) == (pending.pk, account, hers, canb, "attorney")
    assert link.state == "active"
    assert link.receipt.startswith("CANB-")
    assert link.undo_until - link.linked_at == timedelta(hours=24)
    assert Event.objects.get(type="link.made").object_id == str(link.pk)
    mails = OutgoingMail.objects.filter(kind="link_made").order_by("key")
    assert {mail.to for mail in mails} == {account.user.email, "office@roelaw.example"}


def test_a_second_yes_answers_the_same_receipt_from_any_confirmation_of_the_person(canb: Court) -> None:
    account = jane()
    filer()
    first, other_tab = start(account, canb), start(account, canb)
    link = confirm(first, account, canb)
    assert confirm(first, account, canb).receipt == link.receipt
    assert confirm(other_tab, account, canb, session=session("t" * 64)).receipt == link.receipt
    assert confirm(first, account, canb, now=timezone.now() + timedelta(hours=5)).receipt == link.receipt
    assert (Link.objects.count(), OutgoingMail.objects.filter(kind="link_made").count()) == (1, 2)


def test_two_tabs_confirm_two_pairs_without_mixing_them(canb: Court) -> None:
    account = jane()
    attorney, trustee = filer("jroe"), filer("jroe.tr", role=FilerRole.TRUSTEE)
    one, two = start(account, canb, "jroe"), start(account, canb, "jroe.tr")
    assert confirm(two, account, canb).filer == trustee
    assert confirm(one, account, canb).filer == attorney


def test_a_confirmation_lasts_ten_minutes(canb: Court) -> None:
    account = jane()
    filer()
    pending = start(account, canb)
    assert refused_code(pending, account, canb, now=pending.expires_at) == Code.CONFIRMATION_EXPIRED
    assert confirm(pending, account, canb, now=pending.expires_at - timedelta(seconds=1)).account == account


def test_an_unknown_or_somebody_elses_confirmation_is_expired(canb: Court) -> None:
    account = jane()
    filer()
    pending = start(account, canb)
    thief = jane("mallory.esq")
    assert refused_code(pending, thief, canb) == Code.CONFIRMATION_EXPIRED
    assert refused_code(uuid4(), account, canb) == Code.CONFIRMATION_EXPIRED
    assert refused_code(pending, account, canb, session=session("x" * 64)) == Code.CONFIRMATION_EXPIRED
    assert refused_code(pending, account, CourtFactory.create(court_id="cand")) == Code.CONFIRMATION_EXPIRED
    assert confirm(pending, account, canb).account == account


@pytest.mark.parametrize(
    "change",
    [
        lambda account, hers: FilerAccount.objects.update(password_version=2),
        lambda account, hers: FilerAccount.objects.update(identity_version=2),
        lambda account, hers: PacerAccount.objects.update(identity_version=2),
        lambda account, hers: User.objects.update(credentials_version=2),
    ],
)
def test_whatever_was_proved_or_shown_and_changed_since_voids_it(canb: Court, change: object) -> None:
    account, hers = jane(), filer()
    pending = start(account, canb)
    change(account, hers)  # type: ignore[operator]
    assert refused_code(pending, account, canb) == Code.CONFIRMATION_EXPIRED
    assert Link.objects.count() == 0


def test_a_mere_rehash_voids_nothing(canb: Court) -> None:
    account = jane()
    filer()
    pending = start(account, canb)
    FilerAccount.objects.update(password="argon2$other")
    assert confirm(pending, account, canb).account == account


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda: PacerAccount.objects.update(filing_state=FilingState.SUSPENDED), Code.ACCOUNT_DISABLED),
        (lambda: FilerAccount.objects.update(status=FilerStatus.SUSPENDED), Code.FILER_INACTIVE),
        (lambda: Court.objects.update(nextgen_go_live=GO_LIVE.date() + timedelta(days=90)), Code.COURT_NOT_LIVE),
    ],
)
def test_what_has_changed_between_page_and_yes_is_looked_at_again(canb: Court, change: object, code: Code) -> None:
    account = jane()
    filer()
    pending = start(account, canb)
    change()  # type: ignore[operator]
    assert refused_code(pending, account, canb) == code
    assert Link.objects.count() == 0


def test_the_factor_must_be_used_in_this_session(canb: Court) -> None:
    account = jane()
    filer()
    pending = start(account, canb)
    with pytest.raises(FactorNeeded):
        confirm(pending, account, canb, session=session(factor=False))


def test_differing_names_must_be_ticked_and_are_shown_to_the_clerk(canb: Court) -> None:
    account, hers = jane(), filer(last_name="Whitfield")
    pending = start(account, canb)
    assert refused_code(pending, account, canb) == Code.NAME_MISMATCH
    assert Link.objects.count() == 0
    link = confirm(pending, account, canb, acknowledged=True)
    assert (link.filer, link.names_differed) == (hers, True)
    assert Case.objects.get(link=link).kind == Case.Kind.NAMES_DIFFER


def test_one_role_is_linked_once_a_court_and_another_role_beside_it(canb: Court) -> None:
    account = jane()
    linked(account, filer("jroe"))
    filer("jroe2")
    with pytest.raises(LinkRefused) as refused:
        start(account, canb, "jroe2")
    assert refused.value.code == Code.ALREADY_LINKED
    trustee = filer("jroe.tr", role=FilerRole.TRUSTEE)
    assert linked(account, trustee).role == FilerRole.TRUSTEE


def test_a_filer_that_somebody_linked_meanwhile_is_taken(canb: Court) -> None:
    account, rival = jane(), jane("rival.esq")
    filer()
    pending, rivals = start(account, canb), start(rival, canb)
    confirm(rivals, rival, canb)
    assert refused_code(pending, account, canb) == Code.FILER_LINKED_ELSEWHERE


def test_a_paused_link_is_neither_made_again_nor_answered(canb: Court) -> None:
    account = jane()
    filer()
    pending, other = start(account, canb), start(account, canb)
    freeze_link(confirm(pending, account, canb).pk, said_by=None, now=timezone.now() + timedelta(seconds=5))
    assert refused_code(pending, account, canb) == Code.LINK_FROZEN
    assert refused_code(other, account, canb) == Code.LINK_FROZEN
    with pytest.raises(LinkRefused) as refused:
        start(account, canb)
    assert refused.value.code == Code.LINK_FROZEN


def test_after_an_undo_the_same_yes_is_used_up_and_a_new_one_works(canb: Court) -> None:
    account = jane()
    filer()
    pending = start(account, canb)
    link = confirm(pending, account, canb)
    undo_link(link.pk, account=account, session=session(), now=timezone.now() + timedelta(minutes=1))
    assert refused_code(pending, account, canb) == Code.CONFIRMATION_EXPIRED
    again = confirm(start(account, canb), account, canb)
    assert again.pk != link.pk
    assert again.receipt != link.receipt


def test_a_panels_link_belongs_to_its_circuit(canb: Court) -> None:
    ca9 = CourtFactory.create(court_id="ca9", court_type="appellate")
    panel = CourtFactory.create(court_id="bap9", court_type="bap", hosted_by=ca9)
    account = jane()
    filer("jroe9", court=ca9)
    pending = start(account, panel, "jroe9")
    assert confirm(pending, account, panel).court == ca9


def test_it_may_not_run_inside_a_longer_transaction(canb: Court) -> None:
    account = jane()
    filer()
    pending = start(account, canb)
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        confirm(pending, account, canb)
    assert PendingLink.objects.get().used_at is None
