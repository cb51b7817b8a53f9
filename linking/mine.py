"""Where a person files, or probably files: from their links, and from filing accounts that have their address."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from accounts.models import AccountKind, FilerAccount, FilerStatus, PacerAccount
from linking.models import Link

MOST = 50  # courts: nobody files at more


def unlinked_courts_of(account: PacerAccount) -> set[str]:
    """Ids of courts at which an active filing account that nobody has linked has the person's confirmed address.

    Only a confirmed address counts: otherwise anybody could ask where somebody else files.
    """
    address = account.user.email
    if account.kind != AccountKind.INDIVIDUAL or not account.user.email_verified_at or not address:
        return set()
    mine = (
        FilerAccount.objects.alias(address=Lower("email"))
        .filter(address=address.lower(), status=FilerStatus.ACTIVE)
        .exclude(Exists(Link.objects.held().filter(filer=OuterRef("pk"))))
    )
    return set(mine.order_by().values_list("court_id", flat=True).distinct()[:MOST])
