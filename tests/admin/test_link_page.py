"""Links and cases: both sides, and the repairs of a court manager."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import OutgoingMail, User
from events.models import Event
from linking.models import Case, Link
from tests.accounts.people import attorney
from tests.admin.setting import CourtRows, linked, signed_in, text_of
from tests.factories import FilerAccountFactory, PacerAccountFactory

pytestmark = pytest.mark.django_db


def _page(link: Link) -> str:
    return f"/admin/linking/link/{link.pk}/"


def test_the_page_of_a_link_shows_both_accounts_as_far_as_the_court_may_see(canb: CourtRows, help_desk: User) -> None:
    page = text_of(signed_in(help_desk).get(f"{_page(canb.link)}change/"))
    for told in ("Quill.esq", canb.account.account_number, "Q•••••@Quill.example", canb.filer.login, canb.link.receipt):
        assert told in page
    assert canb.account.user.email not in page
    assert "/unlink/" not in page  # that is for the court manager


def test_a_link_is_ended_with_a_reason_that_both_sides_read(canb: CourtRows, manager: User) -> None:
    client = signed_in(manager)
    assert client.post(f"{_page(canb.link)}unlink/", {"reason": " "}).status_code == 422
    done = client.post(f"{_page(canb.link)}unlink/", {"reason": "Wrong person"}, follow=True)
    assert "The link is ended." in text_of(done)
    canb.link.refresh_from_db()
    assert (canb.link.state, canb.link.ending, canb.link.end_reason) == ("ended", "unlinked", "Wrong person")
    mails = OutgoingMail.objects.filter(key__startswith=f"link-ended:{canb.link.pk}")
    assert sorted(mail.key.rpartition(":")[2] for mail in mails) == ["filer", "pacer"]
    event = Event.objects.get(type="link.ended")
    assert (event.actor_kind, event.actor_id, event.facts["reason"]) == ("clerk", str(manager.pk), "Wrong person")
    canb.case.refresh_from_db()
    assert canb.case.closed_at is not None
    again = client.post(f"{_page(canb.link)}unlink/", {"reason": "Twice"})
    assert again.status_code == 409
    assert "ended already" in text_of(again)


def test_a_link_is_moved_to_the_account_that_the_caller_names(canb: CourtRows, manager: User) -> None:
    right, client = attorney("right.esq", factor=True).pacer_account, signed_in(manager)
    address = f"{_page(canb.link)}move/"
    for number, told in (
        ("12", "7 digits"),
        ("9999999", "There is no PACER account with this number."),
        (canb.account.account_number, "belongs to this PACER account already"),
    ):
        refused = client.post(address, {"account_number": number, "reason": "Mixed up"})
        assert refused.status_code == 422
        assert told in text_of(refused)
    done = client.post(address, {"account_number": right.account_number, "reason": "Mixed up"}, follow=True)
    moved = Link.objects.held().get(filer=canb.filer)
    assert f"The new receipt is {moved.receipt}." in text_of(done)
    assert moved.account == right


def test_of_an_account_that_cannot_take_the_link_the_court_learns_no_more_than_that(
    canb: CourtRows, manager: User
) -> None:
    legacy = PacerAccountFactory.create(opened_on="2009-01-01", first_name="Gus", last_name="Hidden")
    asked = {"account_number": legacy.account_number, "reason": "Mixed up"}
    page = text_of(signed_in(manager).post(f"{_page(canb.link)}move/", asked))
    assert "Legacy" in page
    for told in ("Hidden", legacy.user.username, legacy.user.email):
        assert told not in page


def test_a_paused_link_is_released_once(canb: CourtRows, manager: User) -> None:
    client, address = signed_in(manager), f"{_page(canb.link)}release/"
    assert "The link works again." in text_of(client.post(address, {"reason": "It was them"}, follow=True))
    canb.link.refresh_from_db()
    assert canb.link.state == "active"
    assert client.post(address, {"reason": "Again"}).status_code == 409


def test_cases_that_wait_come_first_and_closed_ones_on_demand(canb: CourtRows, manager: User) -> None:
    client = signed_in(manager)
    other = linked(PacerAccountFactory.create(), FilerAccountFactory.create(court=canb.court, login="married"))
    names = Case.objects.create(court=canb.court, link=other, kind="names_differ", opened_at=timezone.now())
    blocked = client.post(f"/admin/linking/case/{canb.case.pk}/close/", {"reason": "Fine"})
    assert blocked.status_code == 409
    assert "release, move or end it" in text_of(blocked)
    done = client.post(f"/admin/linking/case/{names.pk}/close/", {"reason": "Married in May"}, follow=True)
    assert "The case is closed." in text_of(done)
    waiting, closed = (text_of(client.get(f"/admin/linking/case/{query}")) for query in ("", "?state=closed"))
    assert canb.filer.login in waiting
    assert "married" not in waiting
    assert "married" in closed
    assert "Married in May" in text_of(client.get(f"/admin/linking/case/{names.pk}/change/"))


def test_links_are_found_by_receipt_and_by_everything_that_finds_a_filer(canb: CourtRows, help_desk: User) -> None:
    client = signed_in(help_desk)
    for term in (canb.link.receipt.lower(), canb.filer.login, canb.account.account_number, "quillson"):
        assert canb.link.receipt in text_of(client.get(f"/admin/linking/link/?q={term}"))
    assert canb.link.receipt not in text_of(client.get("/admin/linking/link/?q=nobody"))


def test_the_list_asks_as_many_questions_for_many_links_as_for_few(canb: CourtRows, help_desk: User) -> None:
    client, counted = signed_in(help_desk), []
    for more in (2, 30):
        for _one in range(more):
            linked(PacerAccountFactory.create(), FilerAccountFactory.create(court=canb.court))
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/linking/link/").status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 14


def test_a_page_of_links_is_taken_from_an_index_and_never_sorted() -> None:
    rows = Link.objects.order_by("-linked_at", "-id")
    for page in (rows.filter(court_id__in=["canb"])[:50], rows[:50]):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_sort = off")  # so few rows are sorted faster than looked up
        assert "sort" not in page.explain().casefold().replace("disabled", "")
        assert "temp b-tree" not in page.explain().casefold()
