"""The pages of linking as any client sees them: statuses, codes, and what tampering gets."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from accounts.models import AccountKind, FilerAccount, FilerRole, TotpDevice
from courts.models import Court
from linking.models import Link, PendingLink
from tests.accounts.people import code_in, sign_in
from tests.factories import CourtFactory, StaffFactory
from tests.linking.setting import COURT_PASSWORD, GO_LIVE, filer, jane, linked

pytestmark = pytest.mark.django_db
LINK, CONFIRM, HOME = "/cmecf/canb/utilities/link/", "/cmecf/canb/utilities/link/confirm/", "/cmecf/canb/"
RIGHT = {"login": "jroe", "password": COURT_PASSWORD}


@pytest.fixture
def canb() -> Court:
    return CourtFactory.create(emergency_contact="Mail emergency filings to the clerk.")


@pytest.fixture
def signed_in(client: Client, canb: Court) -> Client:
    """Jane, with password and second factor, through the pages."""
    return sign_in(client, jane().user)


def to_confirmation(client: Client, **more: str) -> str:
    answer = client.post(LINK, RIGHT | more)
    assert answer.status_code == 303
    return str(answer["Location"])


def confirm_post(client: Client, where: str, **more: str) -> Any:
    return client.post(CONFIRM, {"c": where.partition("c=")[2], **more})


def test_the_whole_way_from_utilities_to_the_receipt(signed_in: Client) -> None:
    filer()
    assert "Link a CM/ECF account to my PACER account" in signed_in.get("/cmecf/canb/utilities/").content.decode()
    assert "/cmecf/canb/file/" not in signed_in.get(HOME).content.decode()
    where = to_confirmation(signed_in)
    side_by_side = signed_in.get(where).content.decode()
    assert "Are both of these accounts yours?" in side_by_side
    assert "7000" in side_by_side or "Account number" in side_by_side
    done = confirm_post(signed_in, where)
    assert done.status_code == 303
    welcome = signed_in.get(done["Location"]).content.decode()
    receipt = Link.objects.get().receipt
    assert receipt in welcome
    for menu in ("bankruptcy", "adversary"):
        assert f"/cmecf/canb/file/{menu}/" in welcome
        assert signed_in.get(f"/cmecf/canb/file/{menu}/").status_code == 200
    assert receipt in signed_in.get(f"/cmecf/canb/links/{Link.objects.get().pk}/").content.decode()


def test_a_stranger_is_sent_to_sign_in_and_back(client: Client, canb: Court) -> None:
    for path in (HOME, LINK, CONFIRM, "/cmecf/canb/file/bankruptcy/", "/cmecf/canb/utilities/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={path}")
        assert client.post(path).status_code in {302, 403}


def test_one_second_before_go_live_both_get_and_post_say_when(signed_in: Client, settings: LazySettings) -> None:
    filer()
    settings.PORTAL_AS_OF = GO_LIVE - timedelta(seconds=1)
    page = signed_in.get(LINK)
    assert code_in(page) == "court_not_live"
    posted = signed_in.post(LINK, RIGHT)
    assert (posted.status_code, code_in(posted)) == (409, "court_not_live")
    text = posted.content.decode()
    assert "Tuesday, February 16, 2021" in text
    assert "Mail emergency filings to the clerk." in text
    assert "Print this page as proof" in text
    settings.PORTAL_AS_OF = GO_LIVE
    assert signed_in.post(LINK, RIGHT).status_code == 303


def test_as_of_in_the_address_never_opens_linking(signed_in: Client, settings: LazySettings) -> None:
    filer()
    settings.PORTAL_AS_OF = GO_LIVE - timedelta(days=1)
    answer = signed_in.post(f"{LINK}?as_of=2021-03-01T00:00:00-08:00", RIGHT)
    assert (answer.status_code, code_in(answer)) == (409, "court_not_live")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": AccountKind.FIRM}, "account_not_individual"),
        ({"opened_on": date(2009, 1, 1)}, "account_legacy"),
        ({"filing_state": "suspended"}, "account_disabled"),
    ],
)
def test_each_account_hears_its_own_obstacle(client: Client, canb: Court, fields: dict[str, Any], code: str) -> None:
    client.force_login(jane(**fields).user)
    assert code_in(client.get(LINK)) == code
    posted = client.post(LINK, RIGHT)
    assert (posted.status_code, code_in(posted)) == (409, code)
    assert code_in(client.get(HOME)) == code


def test_without_a_factor_enrolled_it_is_an_obstacle_and_without_its_use_a_question(
    client: Client, canb: Court
) -> None:
    account = jane()
    client.force_login(account.user)  # a session that has proved no factor
    asked = client.post(LINK, RIGHT)
    assert (asked.status_code, asked["Location"]) == (
        302,
        f"/accounts/2fa/reauthenticate/?next={LINK.replace('/', '%2F')}",
    )
    TotpDevice.objects.all().delete()
    refused = client.post(LINK, RIGHT)
    assert (refused.status_code, code_in(refused)) == (409, "second_factor_missing")


def test_staff_without_an_account_are_told_to_register(client: Client, canb: Court) -> None:
    client.force_login(StaffFactory.create().user)
    assert code_in(client.get(LINK)) == "no_pacer_account"
    assert client.get(HOME).status_code == 200
    assert confirm_post(client, f"c={uuid4()}").status_code == 409


def test_wrong_credentials_keep_the_login_and_drop_the_password(signed_in: Client) -> None:
    filer()
    answer = signed_in.post(LINK, {"login": "JRoe<b>", "password": "my wrong guess"})
    page = answer.content.decode()
    assert (answer.status_code, code_in(answer)) == (422, "invalid_credentials")
    assert 'value="JRoe&lt;b&gt;"' in page
    assert "my wrong guess" not in page
    assert "1 of 5 tries used" in page
    assert "<title>Error:" in page


def test_too_many_attempts_say_when_to_come_back(signed_in: Client) -> None:
    filer()
    statuses = [signed_in.post(LINK, {"login": "jroe", "password": "wrong"}).status_code for _try in range(5)]
    assert statuses == [422] * 5
    paused = signed_in.post(LINK, RIGHT)
    assert (paused.status_code, code_in(paused)) == (429, "too_many_attempts")
    assert 880 <= int(paused["Retry-After"]) <= 901


@pytest.mark.parametrize("given", [{}, {"login": "jroe"}, {"password": "x"}, {"login": "", "password": ""}])
def test_a_missing_entry_is_asked_for(signed_in: Client, given: dict[str, str]) -> None:
    answer = signed_in.post(LINK, given)
    assert answer.status_code == 422
    assert "Nothing was linked" in answer.content.decode()


def test_names_that_differ_must_be_ticked(signed_in: Client) -> None:
    filer(last_name="Whitfield")
    where = to_confirmation(signed_in)
    unticked = confirm_post(signed_in, where)
    assert (unticked.status_code, code_in(unticked)) == (409, "name_mismatch")
    assert Link.objects.count() == 0
    assert confirm_post(signed_in, where, acknowledge_mismatch="1").status_code == 303


@pytest.mark.parametrize("key", ["", "nonsense", "00000000-0000-4000-8000-000000000000", "' OR 1=1 --", "\0"])
def test_a_made_up_confirmation_is_expired(signed_in: Client, key: str) -> None:
    filer()
    answer = signed_in.post(CONFIRM, {"c": key})
    assert (answer.status_code, code_in(answer)) == (409, "confirmation_expired")
    assert signed_in.get(CONFIRM, {"c": key}).status_code == 409


def test_a_confirmation_works_for_nobody_else_at_no_other_court_and_in_no_other_session(signed_in: Client) -> None:
    filer()
    where = to_confirmation(signed_in)
    CourtFactory.create(court_id="cand")
    thief, second = sign_in(Client(), jane("mallory.esq").user), Client()
    assert code_in(confirm_post(thief, where)) == "confirmation_expired"
    assert "jroe" not in thief.get(where).content.decode()
    user = PendingLink.objects.get().account.user
    TotpDevice.objects.update(last_step=0)
    sign_in(second, user)
    assert code_in(confirm_post(second, where)) == "confirmation_expired"
    assert signed_in.post("/cmecf/cand/utilities/link/confirm/", {"c": where.partition("c=")[2]}).status_code == 409
    assert Link.objects.count() == 0
    assert confirm_post(signed_in, where).status_code == 303


def test_a_double_click_gets_the_same_receipt(signed_in: Client) -> None:
    filer()
    where = to_confirmation(signed_in)
    first, second = confirm_post(signed_in, where), confirm_post(signed_in, where)
    assert first["Location"] == second["Location"]
    assert Link.objects.count() == 1


def test_pages_of_the_filing_system_are_never_stored(signed_in: Client) -> None:
    filer()
    where = to_confirmation(signed_in)
    for path in (HOME, LINK, where, "/cmecf/canb/utilities/", "/cmecf/canb/query/"):
        assert "no-store" in signed_in.get(path)["Cache-Control"]


def test_an_unknown_court_or_menu_is_not_found(signed_in: Client) -> None:
    assert signed_in.get("/cmecf/nowhere/").status_code == 404
    assert signed_in.get("/cmecf/canb/file/civil/").status_code == 404


def test_a_filing_menu_without_a_link_is_refused(signed_in: Client) -> None:
    answer = signed_in.get("/cmecf/canb/file/bankruptcy/")
    assert (answer.status_code, code_in(answer)) == (403, "not_linked")


def test_somebody_elses_receipt_and_undo_are_not_found(signed_in: Client) -> None:
    link = linked(jane("owner.esq"), filer())
    for path in (f"/cmecf/canb/links/{link.pk}/", f"/cmecf/canb/links/{link.pk}/undo/"):
        assert signed_in.get(path).status_code == 404
    assert signed_in.post(f"/cmecf/canb/links/{link.pk}/undo/").status_code == 404
    assert link.receipt not in signed_in.get(f"{HOME}?receipt={link.receipt}").content.decode()


def test_undo_asks_first_and_closes_the_menus(signed_in: Client) -> None:
    filer()
    confirm_post(signed_in, to_confirmation(signed_in))
    path = f"/cmecf/canb/links/{Link.objects.get().pk}/undo/"
    assert "Undo this link?" in signed_in.get(path).content.decode()
    assert Link.objects.get().state == "active"
    assert signed_in.post(path)["Location"] == HOME
    assert "You can link the same CM/ECF account again" in signed_in.get(HOME).content.decode()
    assert signed_in.get("/cmecf/canb/file/bankruptcy/").status_code == 403


def test_after_the_undo_window_the_help_desk_is_named(signed_in: Client) -> None:
    filer()
    confirm_post(signed_in, to_confirmation(signed_in))
    past = timezone.now() - timedelta(days=2)
    Link.objects.update(linked_at=past, undo_until=past + timedelta(hours=24))
    answer = signed_in.post(f"/cmecf/canb/links/{Link.objects.get().pk}/undo/")
    assert (answer.status_code, code_in(answer)) == (409, "undo_window_over")
    assert "888-821-7606" in answer.content.decode()


def test_with_two_roles_the_person_chooses_for_the_session(signed_in: Client) -> None:
    filer()
    filer("jroe.tr", role=FilerRole.TRUSTEE)
    confirm_post(signed_in, to_confirmation(signed_in))
    confirm_post(signed_in, to_confirmation(signed_in, login="jroe.tr"))
    assert "In which role do you work here now?" in signed_in.get(HOME).content.decode()
    assert signed_in.get("/cmecf/canb/file/bankruptcy/").status_code == 302
    trustee = Link.objects.get(role=FilerRole.TRUSTEE)
    signed_in.post("/cmecf/canb/role/", {"link": str(trustee.pk)})
    assert "Trustee" in signed_in.get("/cmecf/canb/file/bankruptcy/").content.decode()
    mallorys = linked(jane("mallory.esq"), filer("mallory"))
    signed_in.post("/cmecf/canb/role/", {"link": str(mallorys.pk)})
    assert "Trustee" in signed_in.get("/cmecf/canb/file/bankruptcy/").content.decode()


def test_a_suspension_counts_at_the_next_request(signed_in: Client) -> None:
    filer()
    confirm_post(signed_in, to_confirmation(signed_in))
    assert signed_in.get("/cmecf/canb/file/bankruptcy/").status_code == 200
    FilerAccount.objects.update(status="suspended")
    stopped = signed_in.get("/cmecf/canb/file/bankruptcy/")
    assert (stopped.status_code, code_in(stopped)) == (403, "filer_inactive")
    assert "/cmecf/canb/file/" not in signed_in.get(HOME).content.decode()


def test_appellate_courts_and_their_panels_have_their_own_words(signed_in: Client) -> None:
    ca9 = CourtFactory.create(court_id="ca9", court_type="appellate")
    CourtFactory.create(court_id="bap9", court_type="bap", hosted_by=ca9)
    assert "Link my filer account to my PACER account" in signed_in.get("/cmecf/ca9/utilities/").content.decode()
    panel = signed_in.get("/cmecf/bap9/").content.decode()
    assert "uses the CM/ECF of the Court ca9" in panel


@pytest.mark.parametrize("rows", [1, 40])
def test_the_number_of_queries_does_not_grow_with_the_filers(
    signed_in: Client, django_assert_max_num_queries: Any, rows: int
) -> None:
    filer()
    for number in range(rows):
        filer(f"other{number}", password="x")
    with django_assert_max_num_queries(26):
        signed_in.post(LINK, RIGHT)
    signed_in.get(HOME)  # reads the directory of courts, once a process
    with django_assert_max_num_queries(10):
        signed_in.get(HOME)
