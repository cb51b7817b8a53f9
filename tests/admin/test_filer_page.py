"""A filer's page: how the filer stands, as far as the court may know, and what the help desk does about it."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts import limits
from accounts.models import FilerAccount, FilerStatus, FilingState, OutgoingMail, User
from accounts.second_factor import add_totp_device
from accounts.simulation import TOTP_SECRET
from cmecf_portal.admin.standing import Standing, standing_of
from courts.models import Court
from events.kinds import EventType
from events.models import Event
from events.record import clerk
from linking.credentials import limit_subject
from linking.models import FilerReset, Link
from linking.repair import release_link
from tests.admin.setting import CourtRows, seen_in, signed_in, text_of
from tests.factories import FilerAccountFactory

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2021-03-01T09:00:00-08:00")


def _standing(filer: FilerAccount, link: Link | None = None, *, at: datetime = NOW) -> Standing:
    return standing_of(filer, link, at=at, now=timezone.now())


def _page(filer: FilerAccount) -> str:
    return f"/admin/accounts/fileraccount/{filer.pk}/"


def _fail(filer: FilerAccount, times: int) -> None:
    attempt = limits.Attempt(
        action=limits.Action.LINK, who="account:1", subject=limit_subject(filer.court, filer.login), address=None
    )
    for _time in range(times):
        limits.take_try(attempt, now=timezone.now())


def test_a_filer_in_whose_way_nothing_stands_can_link() -> None:
    standing = _standing(FilerAccountFactory.create())
    assert (standing.verdict.kind, standing.verdict.words) == ("ready", "Can link")
    assert [step.words for step in standing.steps[:3]] == ["Not known"] * 3  # whose login it is, nobody has said


def test_before_go_live_the_verdict_says_from_when() -> None:
    filer = FilerAccountFactory.create()
    standing = _standing(filer, at=datetime.fromisoformat("2021-02-15T23:59:59-08:00"))
    assert standing.verdict.kind == "waiting"
    assert "February 16, 2021" in standing.verdict.sentence
    Court.objects.update(go_live_basis="not_announced", nextgen_go_live=None)
    filer = FilerAccount.objects.select_related("court").get(pk=filer.pk)
    assert "not announced" in _standing(filer).verdict.sentence


@pytest.mark.parametrize(("status", "words"), [("closed", "Closed"), ("suspended", "Suspended")])
def test_a_closed_or_suspended_filer_is_stopped(status: str, words: str) -> None:
    standing = _standing(FilerAccountFactory.create(status=status))
    assert (standing.verdict.kind, standing.verdict.words) == ("stopped", words)


def test_a_pause_shows_with_its_end_and_lifting_it_is_recorded(canb: CourtRows, help_desk: User) -> None:
    filer = FilerAccountFactory.create(court=canb.court)
    _fail(filer, 4)
    assert _standing(filer).verdict.kind == "ready"
    _fail(filer, 1)
    standing = _standing(filer)
    assert standing.verdict.words == "Paused"
    assert standing.trouble.failures == 5
    answer = signed_in(help_desk).post(f"{_page(filer)}unlock/", follow=True)
    assert "The pause is lifted." in text_of(answer)
    assert _standing(filer).verdict.words == "Can link"
    event = Event.objects.get(type=EventType.LIMIT_CLEARED)
    assert (event.court_id, event.object_kind, event.object_id) == ("canb", "filer", str(filer.pk))
    assert (event.actor_kind, event.actor_id) == ("clerk", str(help_desk.pk))


def test_a_linked_filer_files_with_the_account_that_the_page_names(canb: CourtRows) -> None:
    release_link(canb.link.pk, reason="x", actor=clerk(1), now=timezone.now())
    canb.link.refresh_from_db()
    add_totp_device(canb.account.user, "Phone", TOTP_SECRET)
    standing = _standing(canb.filer, canb.link)
    assert standing.verdict.kind == "ready"
    assert canb.account.account_number in standing.verdict.sentence
    assert [step.words for step in standing.steps[:3]] == ["Individual", "Upgraded", "On"]
    assert "Q•••••@Quill.example" in standing.steps[0].details


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"opened_on": date(2009, 1, 1)}, "Legacy"),
        ({"filing_state": FilingState.SUSPENDED}, "switched off"),
        ({"kind": "firm"}, "shared"),
    ],
)
def test_what_stops_the_linked_account_stops_the_filer(canb: CourtRows, change: dict[str, object], told: str) -> None:
    release_link(canb.link.pk, reason="x", actor=clerk(1), now=timezone.now())
    canb.link.refresh_from_db()
    for name, value in change.items():
        setattr(canb.link.account, name, value)
    standing = _standing(canb.filer, canb.link)
    assert standing.verdict.kind == "stopped"
    assert told in standing.verdict.sentence


def test_the_page_tells_and_shows_no_secret(canb: CourtRows, help_desk: User) -> None:
    canb.filer.password = "argon2$secret$hash"
    canb.filer.save()
    page = text_of(signed_in(help_desk).get(f"{_page(canb.filer)}change/"))
    for told in ("Paused", canb.account.account_number, canb.link.receipt, "Where this filer stands", "no longer used"):
        assert told in page
    for secret in ("secret", canb.account.user.email, "argon2"):
        assert secret not in page


def test_the_help_desk_is_offered_what_it_may_do_and_nothing_else(canb: CourtRows, help_desk: User) -> None:
    page = text_of(signed_in(help_desk).get(f"{_page(canb.filer)}change/"))
    assert f"{_page(canb.filer)}status/" not in page  # help desk does not suspend
    assert f"{_page(canb.filer)}unlock/" in page


def test_a_reset_is_mailed_and_never_shown(canb: CourtRows, help_desk: User) -> None:
    filer = FilerAccountFactory.create(court=canb.court, email="filer@roelaw.example")
    client = signed_in(help_desk)
    answer = client.post(f"{_page(filer)}reset/", follow=True)
    page = text_of(answer)
    assert "A reset link is on its way to filer@roelaw.example." in page
    reset = FilerReset.objects.get(filer=filer)
    assert reset.expires_at - reset.created_at == timedelta(hours=24)
    assert OutgoingMail.objects.filter(key=f"filer-reset:{reset.pk}").count() == 1
    for place in (f"{_page(filer)}change/", "/admin/events/event/"):
        page += text_of(client.get(place))
    assert "/reset/" not in page.replace(f"{_page(filer)}reset/", "")
    assert reset.token_hash not in page


def test_a_reset_that_cannot_be_mailed_says_why(canb: CourtRows, help_desk: User) -> None:
    client = signed_in(help_desk)
    for filer, why in (
        (canb.filer, "no longer used"),
        (FilerAccountFactory.create(court=canb.court, email=""), "no email address"),
        (FilerAccountFactory.create(court=canb.court, status=FilerStatus.CLOSED), "closed or suspended"),
    ):
        answer = client.post(f"{_page(filer)}reset/")
        assert answer.status_code == 409
        assert why in text_of(answer)
    assert not FilerReset.objects.exists()


def test_a_filer_is_suspended_and_reopened_with_a_reason(canb: CourtRows, manager: User) -> None:
    client, filer = signed_in(manager), FilerAccountFactory.create(court=canb.court)
    address = f"{_page(filer)}status/"
    refused = client.post(address, {"status": "suspended", "reason": "  "})
    assert refused.status_code == 422
    filer.refresh_from_db()
    assert filer.status == FilerStatus.ACTIVE
    done = client.post(address, {"status": "suspended", "reason": "Order of March 1"}, follow=True)
    assert "Filing is now: Suspended." in text_of(done)
    assert "Order of March 1" in text_of(done)  # the history shows it
    filer.refresh_from_db()
    assert filer.status == FilerStatus.SUSPENDED


def test_of_two_clerks_the_later_does_not_undo_the_earlier_unseen(canb: CourtRows, manager: User) -> None:
    client, filer = signed_in(manager), FilerAccountFactory.create(court=canb.court)
    address = f"{_page(filer)}status/"
    drawn = seen_in(client.get(address))
    client.post(address, {"status": "closed", "reason": "Retired", "seen": drawn})
    late = client.post(address, {"status": "suspended", "reason": "Fee unpaid", "seen": drawn})
    assert late.status_code == 422
    assert "it is now “Closed”" in text_of(late)
    filer.refresh_from_db()
    assert filer.status == FilerStatus.CLOSED
    again = client.post(address, {"status": "suspended", "reason": "Fee unpaid", "seen": seen_in(late)})
    assert again.status_code == 302  # the clerk has seen it, and wants it so
    filer.refresh_from_db()
    assert filer.status == FilerStatus.SUSPENDED


def test_a_changed_role_replaces_the_link(canb: CourtRows, manager: User) -> None:
    release_link(canb.link.pk, reason="x", actor=clerk(1), now=timezone.now())
    client, address = signed_in(manager), f"{_page(canb.filer)}role/"
    drawn = seen_in(client.get(address))
    done = client.post(address, {"role": "trustee", "reason": "Appointed", "seen": drawn}, follow=True)
    assert "The role is now: Trustee." in text_of(done)
    assert Link.objects.held().get(filer=canb.filer).role == "trustee"
    late = client.post(address, {"role": "creditor", "reason": "Slip", "seen": drawn})
    assert "it is now “Trustee”" in text_of(late)


def test_the_stock_history_address_tells_the_record(canb: CourtRows, help_desk: User) -> None:
    page = text_of(signed_in(help_desk).get(f"{_page(canb.filer)}history/"))
    assert "A filing account was linked" in page
