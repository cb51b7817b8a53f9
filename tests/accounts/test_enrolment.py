"""Turning on a second factor: a mailed code before the first app, a used factor before any further one."""

import re
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import recovery_codes, totp
from accounts.enrolment import FactorNotUsed, enrol, remove_device, renew_recovery_codes
from accounts.mailed_codes import CodeExpired
from accounts.models import MailedCode, TotpDevice, User
from accounts.second_factor import SESSION_KEY
from events.models import Event
from tests.accounts.mails import code_in_mail, texts
from tests.accounts.people import attorney, code_in, sign_in

pytestmark = pytest.mark.django_db
ACTIVATE, INDEX, CODES = "/accounts/2fa/totp/activate/", "/accounts/2fa/", "/accounts/2fa/recovery-codes/"


def secret_on(page: Any) -> str:
    return str(page.content.decode().partition('id="secret-key">')[2].partition("<")[0].replace(" ", ""))


def code_of(secret: str) -> str:
    return totp.code_of(secret, step=totp.step_at(timezone.now()))


def prove_mailbox(client: Client, user: User) -> None:
    assert client.post(ACTIVATE, {"send": "1"}).status_code == 302
    code = code_in_mail(to=user.email, kind="code_enrol")
    assert client.post(ACTIVATE, {"code": code}).status_code == 302


def add_app(client: Client, name: str = "My phone", **more: str) -> Any:
    secret = secret_on(client.get(ACTIVATE))
    return client.post(ACTIVATE, {"name": name, "code": code_of(secret), **more})


@pytest.fixture
def jane(client: Client) -> User:
    user = attorney()
    sign_in(client, user)
    return user


def test_the_whole_way_leads_back_to_where_the_person_was_going(client: Client, jane: User) -> None:
    key = client.session.session_key
    sent = client.post(ACTIVATE, {"send": "1", "next": "/courts/canb/"})
    assert sent["Location"] == f"{ACTIVATE}?next=%2Fcourts%2Fcanb%2F"
    code = code_in_mail(to=jane.email, kind="code_enrol")
    assert client.post(ACTIVATE, {"code": code, "next": "/courts/canb/"})["Location"] == sent["Location"]
    page = client.get(sent["Location"])
    assert b'<svg class="qr"' in page.content
    done = add_app(client, next="/courts/canb/")
    assert done["Location"] == f"{CODES}?next=%2Fcourts%2Fcanb%2F"
    shown = client.get(done["Location"]).content.decode()
    codes = re.findall(r"<li>([2-9a-z]{5}-[2-9a-z]{5})</li>", shown)
    assert len(set(codes)) == 10
    assert codes == re.findall(r"<li>([2-9a-z]{5}-[2-9a-z]{5})</li>", client.get(CODES).content.decode()), "a reload"
    assert client.post(CODES, {"next": "/courts/canb/"})["Location"] == "/courts/canb/"
    assert codes[0] not in client.get(CODES).content.decode(), "shown once"
    assert client.session[SESSION_KEY]["kind"] == "totp"
    assert client.session.session_key != key
    assert recovery_codes.use(jane, codes[3], now=timezone.now())
    assert "My phone" in texts(to=jane.email, kind="factor_added")[0]
    kinds = set(Event.objects.values_list("type", flat=True))
    assert {"account.factor_added", "account.recovery_codes_made"} <= kinds


def test_the_code_that_enrolled_the_app_does_not_sign_in_as_well(client: Client, jane: User) -> None:
    prove_mailbox(client, jane)
    secret = secret_on(client.get(ACTIVATE))
    code = code_of(secret)
    client.post(ACTIVATE, {"name": "Phone", "code": code})
    assert client.post("/accounts/2fa/reauthenticate/", {"code": code}).status_code == 422


def test_without_the_mailed_code_there_is_no_secret(client: Client, jane: User) -> None:
    assert secret_on(client.get(ACTIVATE)) == ""
    client.post(ACTIVATE, {"name": "Phone", "code": "123456"})
    assert not TotpDevice.objects.exists()


def test_a_wrong_mailed_code_may_be_tried_five_times(client: Client, jane: User) -> None:
    client.post(ACTIVATE, {"send": "1"})
    right = code_in_mail(to=jane.email, kind="code_enrol")
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    answers = [client.post(ACTIVATE, {"code": wrong}) for _try in range(6)]
    assert [code_in(answer) for answer in answers] == ["invalid_code"] * 5 + ["code_expired"]
    assert code_in(client.post(ACTIVATE, {"code": right})) == "code_expired"


def test_an_old_mailed_code_is_over(client: Client, jane: User) -> None:
    client.post(ACTIVATE, {"send": "1"})
    code = code_in_mail(to=jane.email, kind="code_enrol")
    MailedCode.objects.update(expires_at=timezone.now())
    assert code_in(client.post(ACTIVATE, {"code": code})) == "code_expired"


def test_codes_are_mailed_five_times_an_hour_at_most(client: Client, jane: User) -> None:
    answers = [client.post(ACTIVATE, {"send": "1"}) for _try in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert len(texts(kind="code_enrol")) == 5


def test_a_code_that_was_mailed_to_somebody_else_is_worth_nothing(client: Client, jane: User) -> None:
    other = Client()
    joan = attorney("joan.poe.esq")
    sign_in(other, joan)
    other.post(ACTIVATE, {"send": "1"})
    client.post(ACTIVATE, {"send": "1"})
    answer = client.post(ACTIVATE, {"code": code_in_mail(to=joan.email, kind="code_enrol")})
    assert answer.status_code == 422


def test_a_stolen_password_alone_enrols_nothing(client: Client, jane: User) -> None:
    with pytest.raises(CodeExpired):
        enrol(
            jane,
            name="Thief",
            secret=(secret := totp.new_secret()),
            code=code_of(secret),
            proof=UUID(int=7),
            factor_used_at=None,
            now=timezone.now(),
        )
    assert not TotpDevice.objects.exists()


def test_a_wrong_code_of_the_app_says_so_and_keeps_the_secret(client: Client, jane: User) -> None:
    prove_mailbox(client, jane)
    secret = secret_on(client.get(ACTIVATE))
    wrong = client.post(ACTIVATE, {"name": "Phone", "code": "000000"})
    assert (wrong.status_code, code_in(wrong), secret_on(wrong)) == (422, "invalid_code", secret)
    assert client.post(ACTIVATE, {"name": "Phone", "code": code_of(secret)}).status_code == 302


def test_a_second_click_changes_nothing(client: Client, jane: User) -> None:
    prove_mailbox(client, jane)
    given = {"name": "Phone", "code": code_of(secret_on(client.get(ACTIVATE)))}
    first, second = client.post(ACTIVATE, given), client.post(ACTIVATE, given)
    assert (first["Location"], second["Location"]) == (CODES, CODES)
    assert TotpDevice.objects.count() == 1
    assert len(texts(kind="factor_added")) == 1


def test_somebody_without_an_address_is_asked_for_one_first(client: Client) -> None:
    sign_in(client, attorney(user__email=""))
    page = client.get(ACTIVATE)
    assert code_in(page) == "email_missing"
    assert client.post(ACTIVATE, {"send": "1"}).status_code == 200
    assert not MailedCode.objects.exists()


def test_an_address_on_record_is_confirmed_by_the_code(client: Client) -> None:
    user = attorney(user__email_verified_at=None)
    sign_in(client, user)
    prove_mailbox(client, user)
    add_app(client)
    user.refresh_from_db()
    assert user.email_verified_at


def test_a_further_app_needs_a_factor_used_in_this_session(client: Client) -> None:
    user = attorney()
    sign_in(client, user)
    elsewhere = sign_in(Client(), user)
    prove_mailbox(client, user)
    add_app(client)
    client.post(CODES)
    assert elsewhere.get(ACTIVATE)["Location"].startswith("/accounts/2fa/reauthenticate/?next=")
    assert add_app(client, "Tablet")["Location"] == INDEX
    assert TotpDevice.objects.count() == 2
    again = client.post(ACTIVATE, {"name": "Tablet", "code": code_of(secret_on(client.get(ACTIVATE)))})
    assert (again.status_code, b"has this name" in again.content) == (422, True)


def test_removing_an_app_or_making_codes_needs_it_too(client: Client) -> None:
    user = attorney()
    sign_in(client, user)
    elsewhere = sign_in(Client(), user)
    prove_mailbox(client, user)
    add_app(client)
    device = TotpDevice.objects.get()
    remove = "/accounts/2fa/totp/deactivate/"
    assert "reauthenticate" in elsewhere.post(remove, {"device": device.pk})["Location"]
    assert "reauthenticate" in elsewhere.post(f"{CODES}generate/")["Location"]
    with pytest.raises(FactorNotUsed):
        remove_device(user, device.pk, factor_used_at=None, now=timezone.now())
    with pytest.raises(FactorNotUsed):
        renew_recovery_codes(user, factor_used_at=None, now=timezone.now())
    assert client.post(f"{CODES}generate/")["Location"] == CODES
    assert client.get(f"{remove}?device={device.pk}").status_code == 200
    assert client.post(remove, {"device": device.pk})["Location"] == INDEX
    assert client.post(remove, {"device": device.pk})["Location"] == INDEX, "a second click"
    assert (TotpDevice.objects.count(), recovery_codes.left(user), SESSION_KEY in client.session) == (0, 0, False)
    assert len(texts(kind="factor_removed")) == len(texts(kind="recovery_codes_made")) == 1


def test_nobody_removes_the_app_of_somebody_else(client: Client) -> None:
    jane, joan = attorney(factor=True), attorney("joan.poe.esq", factor=True)
    sign_in(client, jane)
    device = TotpDevice.objects.get(user=joan)
    assert client.get("/accounts/2fa/totp/deactivate/", {"device": device.pk}).status_code == 404
    client.post("/accounts/2fa/totp/deactivate/", {"device": device.pk})
    assert TotpDevice.objects.filter(pk=device.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_that_enrol_the_first_app_at_the_same_instant_one_does() -> None:
    user = attorney()
    row = MailedCode.objects.create(
        user=user,
        purpose="enrol",
        email=user.email,
        proven_at=timezone.now(),
        expires_at=timezone.now() + timedelta(minutes=5),
    )
    start, outcomes = Barrier(2, timeout=10), list[str]()

    def tab(name: str) -> None:
        secret = totp.new_secret()
        start.wait()
        try:
            now = timezone.now()
            enrol(user, name=name, secret=secret, code=code_of(secret), proof=row.pk, factor_used_at=None, now=now)
            outcomes.append("enrolled")
        except FactorNotUsed:
            outcomes.append("refused")
        finally:
            connection.close()

    tabs = [Thread(target=tab, args=[f"Tab {n}"]) for n in range(2)]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()
    assert sorted(outcomes) == ["enrolled", "refused"]
    assert TotpDevice.objects.filter(user=user).count() == 1
    assert recovery_codes.left(user) == 10
