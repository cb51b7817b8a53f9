"""In which of several roles a person works at a court, kept for one session; and what opens its menus."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import PacerAccount
from courts.models import Court
from linking.eligibility import may_file
from linking.models import Link, LinkChoice


def links_at(account: PacerAccount, court: Court) -> list[Link]:
    """The account's held links at the court, paused ones too, the oldest first."""
    rows = Link.objects.held().select_related("court__hosted_by", "filer", "account__user")
    return list(rows.filter(account=account, court=court.host).order_by("linked_at", "pk"))


def usable_links(held: Sequence[Link], *, at: datetime) -> list[Link]:
    """Those of `held` with which their owner may file at `at` (aware)."""
    return [link for link in held if may_file(link.account, link, at)]


def link_in_use(usable: Sequence[Link], *, session_key: str) -> Link | None:
    """The one of `usable` with which this session files: the only one, or the one chosen; None if none was."""
    if len(usable) < 2:
        return usable[0] if usable else None
    choices = LinkChoice.objects.filter(session_id=session_key, court=usable[0].court_id)
    picked = choices.values_list("link_id", flat=True).first()
    return next((link for link in usable if link.pk == picked), None)


@transaction.atomic(durable=True)
def choose_link(link: Link, *, session_key: str) -> None:
    """Work with this link at its court, in this session."""
    LinkChoice.objects.update_or_create(session_id=session_key, court_id=link.court_id, defaults={"link": link})
