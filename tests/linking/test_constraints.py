"""What the database itself refuses, each with a row that it lets in otherwise."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import FilerAccount, FilerRole
from linking.models import Case, FilerReset, Link, PendingLink
from tests.factories import CourtFactory, FilerAccountFactory, PacerAccountFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def link(**fields: Any) -> Link:
    """A held link, as it would be written, but for `fields`."""
    filer = fields.pop("filer", None) or FilerAccountFactory.create()
    given = {
        "account": fields.pop("account", None) or PacerAccountFactory.create(),
        "filer": filer,
        "court_id": filer.court_id,
        "role": filer.role,
        "receipt": f"R-{Link.objects.count()}",
        "linked_at": NOW,
        "undo_until": NOW + timedelta(hours=24),
    }
    return Link.objects.create(**{**given, **fields})


def refuses(**fields: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        link(**fields)


def test_one_held_link_a_filer_and_a_next_one_after_its_end() -> None:
    first = link()
    refuses(filer=first.filer)
    Link.objects.filter(pk=first.pk).update(ended_at=NOW, ending=Link.Ending.UNDONE)
    assert link(filer=first.filer).state == "active"


def test_one_held_link_an_account_court_and_role() -> None:
    first = link()
    refuses(account=first.account)
    trustee = FilerAccountFactory.create(role=FilerRole.TRUSTEE)
    assert link(account=first.account, filer=trustee).role == "trustee"


@pytest.mark.parametrize(
    "fields",
    [
        {"ended_at": NOW},
        {"ending": "undone"},
        {"ended_at": NOW - timedelta(seconds=1), "ending": "undone"},
        {"undo_until": NOW - timedelta(seconds=1)},
        {"frozen_at": NOW - timedelta(seconds=1)},
        {"role": "trustee"},
        {"receipt": "TAKEN"},
    ],
)
def test_a_link_that_cannot_be_is_refused(fields: dict[str, Any]) -> None:
    link(receipt="TAKEN")
    refuses(**fields)


def test_a_held_link_keeps_the_court_and_role_of_its_filer() -> None:
    held = link()
    cand = CourtFactory.create(court_id="cand")
    refuses(court_id="cand")
    for change in ({"role": FilerRole.TRUSTEE}, {"court": cand}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FilerAccount.objects.filter(pk=held.filer_id).update(**change)
    Link.objects.filter(pk=held.pk).update(ended_at=NOW, ending=Link.Ending.UNDONE)
    assert FilerAccount.objects.filter(pk=held.filer_id).update(role=FilerRole.TRUSTEE) == 1


def test_an_ended_link_is_never_changed() -> None:
    ended = link(ended_at=NOW, ending=Link.Ending.UNDONE)
    for change in ({"ended_at": None, "ending": ""}, {"receipt": "OTHER"}, {"end_reason": "rewritten"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Link.objects.filter(pk=ended.pk).update(**change)


def test_a_confirmation_is_used_in_its_time_and_knows_its_session() -> None:
    filer = FilerAccountFactory.create()
    given = {
        "account": PacerAccountFactory.create(),
        "filer": filer,
        "court": filer.court,
        "session_hash": "h",
        "credentials_version": 1,
        "account_identity_version": 1,
        "filer_identity_version": 1,
        "password_version": 1,
        "created_at": NOW,
        "expires_at": NOW + timedelta(minutes=10),
    }
    assert PendingLink.objects.create(**given).used_at is None
    for wrong in ({"expires_at": NOW}, {"used_at": NOW + timedelta(minutes=10)}, {"session_hash": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PendingLink.objects.create(**{**given, **wrong})


def test_a_case_is_open_once_a_kind_and_closed_with_an_outcome() -> None:
    held = link()
    given = {"court": held.court, "link": held, "kind": Case.Kind.NOT_ME, "opened_at": NOW}
    Case.objects.create(**given)
    for wrong in (
        {},
        {"kind": "other"},
        {"kind": "names_differ", "closed_at": NOW},
        {"outcome": "seen", "kind": "names_differ"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.create(**{**given, **wrong})


def test_a_reset_is_used_in_its_time() -> None:
    given = {
        "filer": FilerAccountFactory.create(),
        "token_hash": "a" * 64,
        "password_version": 1,
        "created_at": NOW,
        "expires_at": NOW + timedelta(hours=24),
    }
    FilerReset.objects.create(**given)
    for wrong in (
        {},
        {"token_hash": "b", "expires_at": NOW},
        {"token_hash": "b", "used_at": NOW + timedelta(hours=24)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            FilerReset.objects.create(**{**given, **wrong})
