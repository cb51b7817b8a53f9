"""What national staff do: PACER accounts, log-ins, staff roles."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts import limits
from accounts.models import FilingState, StaffRole, User
from events.kinds import EventType
from events.models import Event
from tests.accounts.people import attorney
from tests.admin.setting import CourtRows, seen_in, signed_in, text_of

pytestmark = pytest.mark.django_db
ACCOUNTS, ROLES = "/admin/accounts/paceraccount/", "/admin/accounts/staffrole/"


@pytest.fixture
def desk(national: User) -> Client:
    return signed_in(national)


def test_an_account_is_found_by_number_username_and_last_name(canb: CourtRows, desk: Client) -> None:
    for term in (canb.account.account_number, "QUILL.esq", "quills", "QUILLSON"):
        page = text_of(desk.get(f"{ACCOUNTS}?q={term}"))
        assert canb.account.account_number in page, term
    assert canb.account.account_number not in text_of(desk.get(f"{ACCOUNTS}?q=uillson"))


def test_the_page_of_an_account_tells_its_links_at_every_court_and_its_whole_history(
    canb: CourtRows, desk: Client
) -> None:
    page = text_of(desk.get(f"{ACCOUNTS}{canb.account.pk}/change/"))
    for told in (canb.link.receipt, canb.filer.login, "Quill Court", "A filing account was linked"):
        assert told in page


def test_the_filing_state_is_changed_with_a_reason_and_not_over_a_colleagues_head(
    canb: CourtRows, desk: Client
) -> None:
    address = f"{ACCOUNTS}{canb.account.pk}/filing/"
    drawn = seen_in(desk.get(address))
    assert desk.post(address, {"state": "suspended", "reason": " ", "seen": drawn}).status_code == 422
    assert desk.post(address, {"state": "suspended", "reason": "Fraud", "seen": drawn}).status_code == 302
    canb.account.refresh_from_db()
    assert canb.account.filing_state == FilingState.SUSPENDED
    late = desk.post(address, {"state": "disabled", "reason": "Fee", "seen": drawn})
    assert "it is now “Suspended”" in text_of(late)
    canb.account.refresh_from_db()
    assert canb.account.filing_state == FilingState.SUSPENDED


def test_unlocking_forgets_wrong_passwords_and_codes_and_is_recorded(desk: Client, national: User) -> None:
    user = attorney("locked.esq", factor=True)
    now = timezone.now()
    tries = [
        limits.Attempt(action=limits.Action.SIGN_IN, who="address:192.0.2.9", subject="locked.esq", address=None),
        limits.Attempt(action=limits.Action.SECOND_FACTOR, who="strangers", subject=str(user.pk), address=None),
    ]
    for attempt in tries:
        for _time in range(5):
            limits.take_try(attempt, now=now)
        with pytest.raises(limits.TooManyFailures):
            limits.check(attempt, now=now)
    done = desk.post(f"/admin/accounts/user/{user.pk}/unlock/", follow=True)
    assert "The pause is lifted." in text_of(done)
    assert [limits.check(attempt, now=now) for attempt in tries] == [5, 5]
    event = Event.objects.get(type=EventType.LIMIT_CLEARED)
    assert (event.object_kind, event.object_id, event.actor_id) == ("user", str(user.pk), str(national.pk))


def test_a_role_is_given_to_a_log_in_by_its_name_and_taken_again(canb: CourtRows, desk: Client) -> None:
    user = attorney("new.clerk")
    for sent, told in (
        ({"username": "nobody.here", "court": "canb", "role": "help_desk"}, "There is no log-in of this name."),
        ({"username": "new.clerk", "court": "canb", "role": "national"}, "National staff have no court"),
        ({"username": "new.clerk", "court": "", "role": "help_desk"}, "National staff have no court"),
    ):
        assert told in text_of(desk.post(f"{ROLES}add/", sent))
    assert not StaffRole.objects.filter(user=user).exists()
    version = user.credentials_version
    given = desk.post(f"{ROLES}add/", {"username": "NEW.clerk", "court": "canb", "role": "help_desk"})
    assert given.status_code == 302
    desk.post(f"{ROLES}add/", {"username": "new.clerk", "court": "canb", "role": "court_manager"})
    role = StaffRole.objects.get(user=user)
    assert role.role == "court_manager"
    desk.post(f"{ROLES}{role.pk}/delete/", {"post": "yes"})
    assert not StaffRole.objects.filter(user=user).exists()
    user.refresh_from_db()
    assert user.credentials_version == version + 3
    facts = [event.facts["role"] for event in Event.objects.filter(type=EventType.STAFF_ROLE_CHANGED)]
    assert sorted(facts) == ["", "court_manager", "help_desk"]


def test_log_ins_are_found_by_the_beginning_of_the_name_and_by_address(desk: Client) -> None:
    user = attorney("find.me", user__email="Find@Me.example")
    for term in ("FIND", "find@me.EXAMPLE"):
        assert "find.me" in text_of(desk.get(f"/admin/accounts/user/?q={term}"))
    page = text_of(desk.get(f"/admin/accounts/user/{user.pk}/change/"))
    assert "argon2" not in page
