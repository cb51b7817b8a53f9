"""A court's dates and contacts at the clerk's desk, and two clerks who change them at once."""

from datetime import date, time

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courts.models import Court, Notice
from events.record import clerk
from linking.repair import release_link
from tests.admin.setting import CourtRows, seen_in, signed_in, text_of

pytestmark = pytest.mark.django_db
COURT = "/admin/courts/court/canb/"


@pytest.fixture
def desk(manager: User) -> Client:
    return signed_in(manager)


def _court() -> Court:
    return Court.objects.get(pk="canb")


def _announce(canb: CourtRows) -> None:
    Court.objects.filter(pk="canb").update(nextgen_go_live=date(2099, 5, 1))


def test_a_go_live_to_come_is_set_by_the_courts_own_clerk(canb: CourtRows, desk: Client) -> None:
    _announce(canb)
    done = desk.post(
        f"{COURT}go-live/", {"day": "2099-06-02", "at": "06:30", "order_url": "", "reason": ""}, follow=True
    )
    assert "The go-live is set." in text_of(done)
    court = _court()
    assert (court.nextgen_go_live, court.go_live_time) == (date(2099, 6, 2), time(6, 30))


@pytest.mark.parametrize(("day", "at"), [("2099-03-08", "02:30")])
def test_a_time_that_the_clocks_jump_over_is_refused_beside_its_field(
    canb: CourtRows, desk: Client, day: str, at: str
) -> None:
    _announce(canb)
    refused = desk.post(f"{COURT}go-live/", {"day": day, "at": at})
    assert refused.status_code == 422
    assert refused.context["form"].errors["at"]
    assert "clocks jump over it" in text_of(refused)
    assert _court().nextgen_go_live == date(2099, 5, 1)
    dark = {"begins": "2099-03-07T12:00", "ends": f"{day}T{at}"}
    refused = desk.post(f"{COURT}dark-period/", dark)
    assert refused.context["form"].errors["ends"]
    assert _court().dark_from is None


def test_the_dark_period_is_read_in_the_courts_own_zone(canb: CourtRows, desk: Client, national: User) -> None:
    for client in (desk, signed_in(national)):  # whose desk stands in another zone
        client.post(f"{COURT}dark-period/", {"begins": "2099-02-12T12:00", "ends": "2099-02-16T00:00"})
        court = _court()
        assert court.dark_from is not None
        assert court.dark_from.isoformat() == "2099-02-12T20:00:00+00:00"
        drawn = client.get(f"{COURT}dark-period/")
        assert 'value="2099-02-12T12:00"' in text_of(drawn)
        client.post(f"{COURT}dark-period/", {"begins": "", "ends": ""})
        assert _court().dark_from is None


def test_a_go_live_that_has_passed_is_moved_by_national_staff_alone_who_are_told_whom_it_stops(
    canb: CourtRows, desk: Client, national: User
) -> None:
    release_link(canb.link.pk, reason="x", actor=clerk(1), now=timezone.now())
    later = {"day": "2099-05-01", "at": "00:00", "reason": "Judgment"}
    assert "1 link is in use" in text_of(desk.get(f"{COURT}go-live/"))
    refused = desk.post(f"{COURT}go-live/", later)
    assert "Only national staff may move its go-live later." in text_of(refused)
    client = signed_in(national)
    assert "Say why" in text_of(client.post(f"{COURT}go-live/", {**later, "reason": ""}))
    done = text_of(client.post(f"{COURT}go-live/", later, follow=True))
    assert "1 link stays, and cannot be used for filing until then." in done


def test_of_two_go_lives_set_at_once_the_later_hears_of_the_earlier(canb: CourtRows, desk: Client) -> None:
    _announce(canb)
    drawn = seen_in(desk.get(f"{COURT}go-live/"))
    first = desk.post(f"{COURT}go-live/", {"day": "2099-06-02", "at": "00:00", "seen": drawn})
    assert first.status_code == 302
    late = desk.post(f"{COURT}go-live/", {"day": "2099-05-01", "at": "06:00", "seen": drawn})
    assert late.status_code == 422
    assert "Somebody else has changed this since you opened the page" in text_of(late)
    assert "2099-06-02" in text_of(late)
    assert _court().nextgen_go_live == date(2099, 6, 2)
    # Drawn afresh: the colleague's day, and this clerk's own time. Sending it again does just that.
    assert 'value="2099-06-02"' in text_of(late)
    assert 'value="06:00"' in text_of(late)


def _contacts(**changed: str) -> dict[str, str]:
    return {
        "help_desk_email": "",
        "help_desk_phone": "888-821-7606",
        "emergency_contact": "",
        "website_url": "",
        "rss_url": "",
        "order_url": "",
        "pdf_limit_mb": "",
        "undo_hours": "24",
    } | changed


def test_two_clerks_who_change_different_contacts_keep_both_changes(canb: CourtRows, desk: Client) -> None:
    drawn = seen_in(desk.get(f"{COURT}contacts/"))
    desk.post(f"{COURT}contacts/", _contacts(help_desk_phone="415-555-0100", seen=drawn))
    desk.post(f"{COURT}contacts/", _contacts(help_desk_email="help@canb.example", seen=drawn))
    court = _court()
    assert (court.help_desk_phone, court.help_desk_email) == ("415-555-0100", "help@canb.example")
    clash = desk.post(f"{COURT}contacts/", _contacts(help_desk_phone="415-555-0199", seen=drawn))
    assert clash.status_code == 422
    assert "415-555-0100" in text_of(clash)
    assert _court().help_desk_phone == "415-555-0100"


def test_a_form_that_brings_back_nothing_readable_is_taken_as_it_stands(canb: CourtRows, desk: Client) -> None:
    answer = desk.post(f"{COURT}contacts/", _contacts(help_desk_phone="415-555-0100", seen="forged"))
    assert answer.status_code == 302
    assert _court().help_desk_phone == "415-555-0100"


def _notice(notice: Notice) -> dict[str, str]:
    """The fields of the stock form as a browser sends them, hidden ones too."""
    day, clock = timezone.localtime(notice.shown_from).strftime("%Y-%m-%d %H:%M:%S").split(" ")
    sent = {"court": "canb", "title": notice.title, "text": notice.text, "url": "", "shown_from_0": day}
    sent |= {"shown_from_1": clock, "shown_until_0": "", "shown_until_1": ""}
    return sent | {f"initial-{name}": value for name, value in sent.items()}


def test_of_two_who_edit_a_notice_the_later_hears_of_the_earlier(canb: CourtRows, desk: Client) -> None:
    notice = canb.notice
    Notice.objects.filter(pk=notice.pk).update(shown_from=timezone.now().replace(microsecond=0))
    notice.refresh_from_db()
    with timezone.override("America/Los_Angeles"):
        sent = _notice(notice)
    address = f"/admin/courts/notice/{notice.pk}/change/"
    assert desk.post(address, {**sent, "title": "First"}).status_code == 302
    late = desk.post(address, {**sent, "text": "Second"})
    assert late.status_code == 200
    assert "Somebody else has changed this since you opened the page: Title" in text_of(late)
    notice.refresh_from_db()
    assert (notice.title, notice.text) == ("First", "Quill")


def test_times_are_read_and_written_in_the_zone_of_the_clerks_court(canb: CourtRows, desk: Client) -> None:
    asked = {"court": "canb", "title": "Closed", "text": "x", "shown_from_0": "2099-01-05", "shown_from_1": "09:00:00"}
    assert desk.post("/admin/courts/notice/add/", asked).status_code == 302
    assert Notice.objects.get(title="Closed").shown_from.isoformat() == "2099-01-05T17:00:00+00:00"
    for page in (f"{COURT}change/", "/admin/courts/notice/add/"):
        assert "Times are Pacific (PT)." in text_of(desk.get(page))


def test_who_is_staff_of_one_court_need_not_choose_it(canb: CourtRows, cand: CourtRows, desk: Client) -> None:
    assert '<option value="canb" selected>' in text_of(desk.get("/admin/courts/office/add/"))
