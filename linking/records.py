"""What our records know of a person: from their PACER account, their second factor and their links.

The same `Known` that a visitor's answers become; the steps follow from it (linking/readiness.py).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from accounts.models import AccountKind, FilingState, PacerAccount
from linking import obstacles as say
from linking.eligibility import stop_of
from linking.models import Link
from linking.readiness import Known


def links_by_court(account: PacerAccount) -> Mapping[str, Sequence[Link]]:
    """The account's held links by the id of their court, the oldest first; a panel's are its circuit's."""
    found: dict[str, list[Link]] = defaultdict(list)
    rows = Link.objects.held().filter(account=account).select_related("court__hosted_by", "filer")
    for link in rows.order_by("linked_at", "pk"):
        found[link.court_id].append(link)
    return dict(found)


def known_of(account: PacerAccount, links: Sequence[Link], *, second_factor: bool) -> Known:
    """What is known of `account` at the court whose held `links` these are."""
    individual = account.kind == AccountKind.INDIVIDUAL
    stopped = [stop_of(link) for link in links]
    return Known(
        has_account=True,
        shared=not individual,
        legacy=account.is_legacy,
        second_factor=second_factor,
        linked=None in stopped,
        account_stopped=say.account_disabled() if individual and account.filing_state != FilingState.ACTIVE else None,
        # With another role that works nothing stands in the way of filing.
        link_stopped=stopped[0] if stopped and None not in stopped else None,
    )
