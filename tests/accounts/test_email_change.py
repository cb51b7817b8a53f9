"""Another email address: the new mailbox proves itself, and a stolen password alone moves nothing."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.email_change import OldAddressMissing, confirm_email
from accounts.models import MailedCode, User
from events.models import Event
from tests.accounts.mails import code_in_mail, texts
from tests.accounts.people import attorney, code_in, sign_in

pytestmark = pytest.mark.django_db
EMAIL, CONFIRM = "/accounts/email/", "/accounts/confirm-email/"
NEW = "jane@newfirm.example"


def address_of(user: User) -> tuple[str, bool]:
    user.refresh_from_db()
    return user.email, user.email_verified_at is not None


def test_with_a_second_factor_the_new_mailbox_is_enough_and_the_old_one_is_told(client: Client) -> None:
    user = attorney(factor=True)
    old = user.email
    sign_in(client, user)
    assert client.post(EMAIL, {"email": NEW})["Location"] == CONFIRM
    assert address_of(user) == (old, True), "not before the code"
    assert client.post(CONFIRM, {"code": code_in_mail(to=NEW, kind="code_email")})["Location"] == "/account/"
    assert address_of(user) == (NEW, True)
    assert len(texts(to=old, kind="email_changed")) == 1
    assert Event.objects.filter(type="account.email_changed").count() == 1


def test_without_one_the_old_mailbox_has_to_agree(client: Client) -> None:
    user = attorney()
    old = user.email
    sign_in(client, user)
    client.post(EMAIL, {"email": NEW})
    new_code = code_in_mail(to=NEW, kind="code_email")
    assert client.post(CONFIRM, {"code": new_code}).status_code == 422
    wrong = client.post(CONFIRM, {"code": new_code, "old_code": "000000"})
    assert (wrong.status_code, code_in(wrong), address_of(user)) == (422, "invalid_code", (old, True))
    right = client.post(CONFIRM, {"code": new_code, "old_code": code_in_mail(to=old, kind="code_old")})
    assert (right.status_code, address_of(user)) == (302, (NEW, True))


def test_the_flow_itself_refuses_without_the_old_mailbox() -> None:
    user = attorney()
    proof = MailedCode.objects.create(
        user=user, purpose="email", email=NEW, proven_at=timezone.now(), expires_at=timezone.now().replace(year=2999)
    )
    with pytest.raises(OldAddressMissing):
        confirm_email(user, proof=proof.pk, old_proof=None, at=timezone.now())
    assert address_of(user)[0] != NEW
    proof.refresh_from_db()
    assert proof.used_at is None, "the refusal used nothing up"


def test_an_address_that_was_never_confirmed_is_replaced_by_the_new_mailbox_alone(client: Client) -> None:
    user = attorney(user__email_verified_at=None)
    sign_in(client, user)
    client.post(EMAIL, {"email": NEW})
    client.post(CONFIRM, {"code": code_in_mail(to=NEW, kind="code_email")})
    assert address_of(user) == (NEW, True)


def test_whoever_has_a_factor_uses_it_in_this_session_first(client: Client) -> None:
    client.force_login(attorney(factor=True))
    assert "reauthenticate" in client.get(EMAIL)["Location"]
    assert "reauthenticate" in client.post(EMAIL, {"email": NEW})["Location"]
    assert not MailedCode.objects.exists()


def test_a_code_can_be_sent_again_and_the_newest_works(client: Client) -> None:
    user = attorney(user__email_verified_at=None)
    sign_in(client, user)
    assert client.get(CONFIRM).status_code == 200
    for _try in range(2):
        assert client.post(CONFIRM, {"send": "1"})["Location"] == CONFIRM
    assert client.post(CONFIRM, {"code": code_in_mail(to=user.email, kind="code_email")}).status_code == 302
    assert address_of(user) == (user.email, True)
    assert not Event.objects.filter(type="account.email_changed").exists()


def test_codes_are_sent_only_so_often(client: Client) -> None:
    user = attorney(user__email_verified_at=None)
    sign_in(client, user)
    answers = [client.post(EMAIL, {"email": f"a{n}@newfirm.example"}) for n in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]


def test_nothing_is_left_to_confirm(client: Client) -> None:
    sign_in(client, attorney())
    assert client.get(CONFIRM)["Location"] == EMAIL
