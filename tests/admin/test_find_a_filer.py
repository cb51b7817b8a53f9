"""Finding a filer: every way of asking, at a cost that does not grow with the roster."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import FilerAccount, User
from cmecf_portal.admin.paging import MOST_COUNTED
from cmecf_portal.admin.search import MOST_FOUND, find_filers, last_name_forms
from events.record import clerk
from linking.repair import unlink
from tests.admin.setting import CourtRows, signed_in, text_of
from tests.factories import FilerAccountFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/accounts/fileraccount/"


def _found(term: str, *court_ids: str) -> set[str]:
    return set(find_filers(term, court_ids=court_ids or ["canb"]).values_list("login", flat=True))


@pytest.fixture
def roster(canb: CourtRows) -> None:
    for login, last, bar in (
        ("jroe", "Roe", "213804"),
        ("JRoebuck", "Roebuck", "99"),
        ("eva", "ÉVÁS", ""),
        ("mac", "McDonald", "7"),
    ):
        FilerAccountFactory.create(court=canb.court, login=login, last_name=last, bar_number=bar, bar_state="CA")


@pytest.mark.parametrize(
    ("term", "logins"),
    [
        ("jroe", {"jroe", "JRoebuck"}),
        ("JROEB", {"JRoebuck"}),
        ("roe", {"jroe", "JRoebuck"}),
        (" Roebuck ", {"JRoebuck"}),
        ("évás", {"eva"}),
        ("mcdon", {"mac"}),
        ("213804", {"jroe"}),
        ("CA 213804", {"jroe"}),
        ("JROE@roelaw.example", {"jroe"}),
        ("oebuck", set()),
        ("%", set()),
        ("_roe", set()),
        ("nul\0", set()),
        ("", set()),
    ],
)
def test_a_filer_is_found_by_what_the_caller_can_say(roster: None, term: str, logins: set[str]) -> None:
    assert _found(term) == logins


def test_a_filer_is_found_by_the_pacer_account_that_is_or_was_linked(canb: CourtRows, cand: CourtRows) -> None:
    number, username = canb.account.account_number, canb.account.user.username
    assert _found(number) == _found(username.upper()) == {canb.filer.login}
    assert _found(number, "cand") == _found(username, "cand") == set()
    unlink(canb.link.pk, reason="x", actor=clerk(1), now=timezone.now())
    assert _found(number) == {canb.filer.login}


def test_the_list_finds_for_court_staff_and_for_national_staff(
    canb: CourtRows, cand: CourtRows, help_desk: User, national: User
) -> None:
    shared = FilerAccountFactory.create(court=cand.court, login="quill9").login
    own = text_of(signed_in(help_desk).get(f"{LIST}?q=quill"))
    assert canb.filer.login in own
    assert shared not in own
    every = text_of(signed_in(national).get(f"{LIST}?q=quill"))
    assert canb.filer.login in every
    assert shared in every


def test_a_search_brings_a_screenful_of_each_kind_and_no_more(canb: CourtRows) -> None:
    _many(canb, MOST_FOUND + 50)
    assert find_filers("bulk", court_ids=["canb"]).count() == MOST_FOUND


def _many(canb: CourtRows, number: int, *, first: int = 0) -> None:
    FilerAccount.objects.bulk_create(
        FilerAccount(
            court=canb.court,
            login=f"bulk{n}",
            login_key=f"bulk{n:07d}",
            last_name="Bulk",
            last_name_key="bulk",
            email=f"bulk{n}@bulk.example",
        )
        for n in range(first, first + number)
    )


@pytest.mark.parametrize("question", ["", "?q=bulk", "?q=bulk0000001", "?q=nobody", "?status=active", "?p=3"])
def test_a_list_asks_as_many_questions_of_a_long_roster_as_of_a_short_one(
    canb: CourtRows, help_desk: User, question: str
) -> None:
    client = signed_in(help_desk)
    _many(canb, 120)
    counted = []
    for first, more in ((120, 0), (120, 1500)):
        _many(canb, more, first=first)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST + question).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] <= 19


def test_a_long_list_is_counted_no_further_than_anybody_leafs(canb: CourtRows, help_desk: User) -> None:
    _many(canb, MOST_COUNTED + 200)
    page = signed_in(help_desk).get(LIST)
    assert page.context["cl"].result_count == MOST_COUNTED + 1
    assert "more than 5,000 results" in text_of(page)
    assert "more than 5,000 filer accounts" in text_of(page)
    assert "5001" not in text_of(page)


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
        cursor.execute(explain + sql)
        return "\n".join(str(row) for row in cursor.fetchall())


@pytest.mark.parametrize("term", ["bulk00000", "bulky", "CA 213804"])
def test_every_way_of_asking_is_served_by_an_index(canb: CourtRows, term: str) -> None:
    _many(canb, 3000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as queries:
        list(find_filers(term, court_ids=["canb"]).values_list("pk"))
    asked = [query["sql"] for query in queries if "accounts_fileraccount" in query["sql"]]
    assert len(asked) >= 4
    for sql in asked:
        plan = _plan(sql.removesuffix(";"))
        assert "SCAN accounts_fileraccount" not in plan.replace("SCAN accounts_fileraccount USING", ""), sql
        assert "Seq Scan on accounts_fileraccount" not in plan, sql


def test_last_names_kept_as_typed_are_tried_in_the_forms_that_people_write() -> None:
    assert {"McRae", "MCRAE", "Mcrae", "mcrae"} <= last_name_forms("mcrae")
    assert {"O'Brien", "O'BRIEN"} <= last_name_forms("o'brien")
    assert "De La Cruz" in last_name_forms("de la cruz")
