"""Least privilege between courts: lists, searches, filters, completion, popups and whatever else an address can ask."""

import json

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import ForeignKey
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from courts.models import Office
from courts.scoped_admin import ScopedAdmin
from tests.admin.setting import CourtRows, signed_in, staff, text_of
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

LISTS = (
    "accounts_fileraccount",
    "linking_link",
    "linking_case",
    "courts_court",
    "courts_office",
    "courts_notice",
    "courts_county",
    "events_event",
)


def _list(name: str) -> str:
    return reverse(f"admin:{name}_changelist")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_shows_the_own_court_and_no_other(
    canb: CourtRows, cand: CourtRows, manager: User, stranger: User, name: str
) -> None:
    own = text_of(signed_in(manager).get(_list(name))).casefold()
    assert str(getattr(canb, name.split("_")[1].removesuffix("account")).pk) in own
    theirs = text_of(signed_in(stranger).get(_list(name))).casefold()
    assert not [told for told in canb.telling() if told in theirs]


@pytest.mark.parametrize("name", LISTS)
def test_whatever_the_address_of_a_list_asks_it_tells_nothing_of_another_court(
    canb: CourtRows, cand: CourtRows, stranger: User, name: str
) -> None:
    client = signed_in(stranger)
    for question in (
        f"q={canb.filer.login}",
        f"q={canb.filer.last_name}",
        f"q={canb.filer.email}",
        f"q={canb.filer.bar_number}",
        f"q={canb.account.account_number}",
        f"q={canb.account.user.username}",
        f"q={canb.link.receipt}",
        f"q={canb.link.pk}",
        "q=canb",
        "court=canb",
        "court=canb&state=all",
        "court=canb&status=active",
        f"pk__exact={canb.filer.pk}",
        f"id__exact={canb.link.pk}",
        "_facets=True",
        "_popup=1",
        "all=",
        "p=2",
        "o=-1",
    ):
        answer = client.get(f"{_list(name)}?{question}", follow=True)
        page = text_of(answer).casefold()
        asked = question.partition("=")[2].casefold()
        assert not [told for told in canb.telling() if told in page and told not in asked], question


@pytest.mark.parametrize("name", ["accounts_fileraccount", "linking_link", "linking_case", "courts_office"])
def test_a_foreign_court_in_the_filter_answers_like_one_that_never_was(
    canb: CourtRows, cand: CourtRows, stranger: User, name: str
) -> None:
    client = signed_in(stranger)
    theirs, nothing = (text_of(client.get(f"{_list(name)}?court={court}")) for court in ("canb", "nosuch"))
    assert theirs.replace("canb", "") == nothing.replace("nosuch", "")


def test_no_list_can_be_asked_for_what_it_does_not_offer(canb: CourtRows, manager: User) -> None:
    client = signed_in(manager)
    for question in (
        "password__startswith=a",
        "password_loaded__startswith=a",
        "links__account__user__password__startswith=a",
        "court__short_name__startswith=Q",
        "court__staff_roles__user__password__startswith=a",
        "status__startswith=a",
        "email__startswith=q",
    ):
        answer = client.get(f"{_list('accounts_fileraccount')}?{question}")
        assert answer.status_code in {302, 400}, question
    for field in ("password", "login_key", "email"):
        assert client.get(f"{_list('accounts_fileraccount')}?_to_field={field}").status_code == 400
        assert client.get(f"/admin/accounts/fileraccount/{canb.filer.pk}/change/?_to_field={field}").status_code == 400


def test_completing_names_as_one_types_brings_nothing_of_another_court(
    canb: CourtRows, cand: CourtRows, stranger: User
) -> None:
    client, answered = signed_in(stranger), 0
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignKey):
                continue
            asked = {
                "app_label": model._meta.app_label,
                "model_name": str(model._meta.model_name),
                "field_name": field.name,
            }
            for term in ("", "quill", canb.link.receipt, canb.account.account_number):
                answer = client.get(reverse("admin:autocomplete"), {**asked, "term": term})
                assert answer.status_code in {200, 403, 404}, asked
                answered += answer.status_code == 200
                told = answer.content.decode().casefold() if answer.status_code == 200 else ""
                assert not [word for word in canb.telling() if word in told], asked
    assert answered  # some of them do answer, with rows of the own court


def test_completion_finds_the_own_courts_rows(canb: CourtRows, manager: User) -> None:
    asked = {"app_label": "linking", "model_name": "link", "field_name": "filer", "term": "quill"}
    answer = signed_in(manager).get(reverse("admin:autocomplete"), asked)
    assert [row["id"] for row in json.loads(answer.content)["results"]] == [str(canb.filer.pk)]


def test_an_office_cannot_be_given_to_another_court(canb: CourtRows, cand: CourtRows, manager: User) -> None:
    client = signed_in(manager)
    page = text_of(client.get("/admin/courts/office/add/"))
    assert "Quill Court" in page
    assert "Heron Court" not in page
    for court in ("cand", "nosuch"):
        answer = client.post("/admin/courts/office/add/", {"court": court, "name": "Elsewhere"})
        assert "That choice is not one of the available choices" in text_of(answer)
    moved = client.post(f"/admin/courts/office/{canb.office.pk}/change/", {"court": "cand", "name": "Moved"})
    assert moved.status_code == 200
    canb.office.refresh_from_db()
    assert canb.office.court_id == "canb"
    assert not Office.objects.filter(name="Elsewhere").exists()


def test_bulk_deletion_leaves_other_courts_rows_alone(canb: CourtRows, cand: CourtRows, manager: User) -> None:
    asked = {"action": "delete_selected", "_selected_action": [cand.office.pk], "post": "yes"}
    answer = signed_in(manager).post(_list("courts_office"), asked, follow=True)
    assert "heron" not in text_of(answer).casefold()
    assert Office.objects.filter(pk=cand.office.pk).exists()


def test_staff_of_two_courts_may_do_at_each_what_their_role_there_says(canb: CourtRows, cand: CourtRows) -> None:
    both = staff(canb.court, Role.HELP_DESK)
    StaffFactory.create(user=both, court=cand.court, role=Role.COURT_MANAGER)
    client = signed_in(both)
    page = text_of(client.get(_list("courts_office")))
    assert "Quill Street" in page
    assert "Heron Street" in page
    assert client.get(f"/admin/linking/link/{cand.link.pk}/unlink/").status_code == 200
    assert client.get(f"/admin/linking/link/{canb.link.pk}/unlink/").status_code == 403
    asked = {"action": "delete_selected", "_selected_action": [canb.office.pk, cand.office.pk], "post": "yes"}
    client.post(_list("courts_office"), asked)
    assert Office.objects.filter(pk=canb.office.pk).exists()


def test_the_index_offers_a_role_only_what_it_may_open(canb: CourtRows, help_desk: User, national: User) -> None:
    page = text_of(signed_in(help_desk).get("/admin/"))
    assert "/admin/accounts/fileraccount/" in page
    for closed in ("paceraccount", "/user/", "staffrole", "/add/"):
        assert closed not in page
    assert "/admin/accounts/staffrole/add/" in text_of(signed_in(national).get("/admin/"))


def test_what_one_did_lately_shows_only_where_one_still_is_staff(canb: CourtRows, manager: User) -> None:
    client = signed_in(manager)
    client.post(f"/admin/linking/link/{canb.link.pk}/release/", {"reason": "It was them"})
    assert "A frozen link was released" in text_of(client.get("/admin/"))
    moved = StaffFactory.create(user=manager, court__court_id="casb")
    manager.staff_roles.exclude(pk=moved.pk).delete()
    page = text_of(signed_in(User.objects.get(pk=manager.pk)).get("/admin/"))
    assert "A frozen link was released" not in page


def test_every_foreign_key_of_the_desk_is_guarded_by_a_scoped_admin() -> None:
    assert [model for model, desk in admin.site._registry.items() if not isinstance(desk, ScopedAdmin)] == []


def test_a_clerk_out_of_office_sees_nothing(canb: CourtRows, manager: User) -> None:
    client = signed_in(manager)
    assert client.get("/admin/").status_code == 200
    manager.staff_roles.all().delete()
    assert client.get("/admin/").status_code == 302
