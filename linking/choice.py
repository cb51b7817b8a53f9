"""In which of several roles a person works at a court, kept for one session; and what opens its menus."""

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


def link_in_use(account: PacerAccount, court: Court, *, session_key: str, at: datetime) -> Link | None:
    """The link with which this session files at `court` at `at` (aware): the only usable one, or the one chosen.

    None without a usable link, and where there are several and none was chosen.
    """
    usable = [link for link in links_at(account, court) if may_file(account, link, at)]
    if len(usable) == 1:
        return usable[0]
    chosen = LinkChoice.objects.filter(session_id=session_key, court=court.host).values_list("link_id", flat=True)
    picked = chosen.first() if usable else None
    return next((link for link in usable if link.pk == picked), None)


@transaction.atomic(durable=True)
def choose_link(link: Link, *, session_key: str) -> None:
    """Work with this link at its court, in this session."""
    LinkChoice.objects.update_or_create(session_id=session_key, court_id=link.court_id, defaults={"link": link})
