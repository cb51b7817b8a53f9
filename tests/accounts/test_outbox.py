"""Mails are sent once, by whoever leases them first, and none is lost with a killed worker."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from accounts.crypto import encrypt
from accounts.delivery import LEASE, MAX_ATTEMPTS, deliver_due
from accounts.models import OutgoingMail

CLOSED_PORT = 1  # nobody listens there: a mail server that is down


def waiting(key: str = "k1", **fields: Any) -> OutgoingMail:
    now = timezone.now()
    return OutgoingMail.objects.create(
        key=key,
        kind="test",
        to="jane@roelaw.example",
        subject_sealed=encrypt("Your receipt"),
        text_sealed=encrypt("Linked."),
        html_sealed=encrypt("<p>Linked.</p>"),
        created_at=now,
        due_at=now,
        **fields,
    )


@pytest.mark.django_db
def test_a_mail_is_sent_once_and_its_text_is_not_kept(settings: Any) -> None:
    settings.PORTAL_DEMO = False
    row = waiting()
    assert deliver_due(now=timezone.now()) == 1
    assert deliver_due(now=timezone.now()) == 0
    assert [message.subject for message in mail.outbox] == ["Your receipt"]
    row.refresh_from_db()
    assert (row.state, row.text_sealed, row.html_sealed) == ("sent", "", "")


@pytest.mark.django_db
def test_at_rest_a_waiting_mail_cannot_be_read() -> None:
    row = waiting()
    assert "receipt" not in row.subject_sealed
    assert "Linked" not in row.text_sealed + row.html_sealed


@pytest.mark.django_db
def test_the_mail_of_a_killed_worker_goes_out_when_its_lease_ends() -> None:
    now = timezone.now()
    waiting(leased_until=now + LEASE)
    assert deliver_due(now=now) == 0
    assert deliver_due(now=now + LEASE + timedelta(seconds=1)) == 1


@pytest.mark.django_db
def test_the_same_cause_has_the_same_message_id() -> None:
    waiting("link-made:1:pacer")
    deliver_due(now=timezone.now())
    OutgoingMail.objects.all().delete()
    waiting("link-made:1:pacer")
    deliver_due(now=timezone.now())
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


@pytest.mark.django_db
def test_a_mail_server_that_is_down_delays_and_at_last_gives_up(settings: Any) -> None:
    down = {"host": "127.0.0.1", "port": CLOSED_PORT}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": down}}
    row, now = waiting(), timezone.now()
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert deliver_due(now=now) == 0
        row.refresh_from_db()
        assert row.attempts == attempt
        assert row.due_at > now
        now = row.due_at
    assert row.state == "failed"
    assert "Connection refused" in row.last_error


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_each_mail_once() -> None:
    for number in range(20):
        waiting(f"k{number}")

    def work(_: int) -> int:
        try:
            return deliver_due(now=timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 20
    assert len(mail.outbox) == 20
