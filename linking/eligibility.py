"""May I link? Two questions: what stops the account at this court now, and what stops the pair. No credentials here."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from accounts.models import AccountKind, FilerAccount, FilerStatus, FilingState, PacerAccount
from accounts.second_factor import has_second_factor
from courts.kinds import CourtStatus
from courts.models import Court
from linking import obstacles as say
from linking.models import Link
from linking.names import Name, names_agree
from linking.obstacles import Obstacle
from linking.readiness import opens_at


def account_obstacles(account: PacerAccount | None, court: Court, at: datetime) -> list[Obstacle]:
    """Everything that stops `account` from linking at `court` at `at` (aware, the go-live clock), in the order in
    which a person should fix it; empty when the way is free. None: signed in without a PACER account.

    Does not check credentials. Rules: design.md, section 7.
    """
    return list(_account_obstacles(account, court, at))


def _account_obstacles(account: PacerAccount | None, court: Court, at: datetime) -> Iterator[Obstacle]:
    if account is None:
        yield say.no_pacer_account()
    yield from court_obstacles(court, at)
    if account is not None:
        yield from own_obstacles(account, court)


def court_obstacles(court: Court, at: datetime) -> Iterator[Obstacle]:
    """What the court's clock says at `at`: filing opens at the later of go-live and the end of the dark period."""
    opens, status = opens_at(court.host), court.status(at)
    if status == CourtStatus.NOT_ANNOUNCED:
        yield say.court_not_announced(court)
    elif status == CourtStatus.DARK:
        yield say.court_dark(court, opens or at)
    elif status == CourtStatus.SCHEDULED:
        yield say.court_not_live(court, opens or at)


def own_obstacles(account: PacerAccount, court: Court | None = None) -> Iterator[Obstacle]:
    """What the account itself lacks, whatever the court; `court` is where its owner wants to go on."""
    yield from standing_obstacles(account)
    # A shared account is not asked for a factor: with one it could not link either.
    individual = account.kind == AccountKind.INDIVIDUAL
    if individual and settings.PORTAL_REQUIRE_MFA and not has_second_factor(account.user):
        yield say.second_factor_missing(court)


def standing_obstacles(account: PacerAccount) -> Iterator[Obstacle]:
    """What keeps the account from filing anywhere, linked or not: its kind, its generation, its filing state."""
    if account.kind != AccountKind.INDIVIDUAL:
        yield say.account_not_individual()
        return  # it cannot be upgraded
    if account.is_legacy:
        yield say.account_legacy()
    if account.filing_state != FilingState.ACTIVE:
        yield say.account_disabled()


def pair_obstacles(account: PacerAccount, filer: FilerAccount) -> list[Obstacle]:
    """Everything that stops this pair, most specific first. Only to be said after the right password.

    A pair that is linked to each other already counts as `already_linked`; `confirm_link` answers its receipt first.
    """
    court, mine = filer.court, Q(account=account, court_id=filer.court_id, role=filer.role)
    held = Link.objects.held().filter(Q(filer=filer) | mine).order_by().values_list("account_id", "frozen_at")
    rows = list(held)  # the constraints leave one of either kind
    found: list[Obstacle] = []
    if any(owner != account.pk for owner, _frozen_at in rows):
        found.append(say.filer_linked_elsewhere(court))
    if filer.status != FilerStatus.ACTIVE:
        found.append(say.filer_inactive(court))
    if own := [frozen_at for owner, frozen_at in rows if owner == account.pk]:
        is_frozen = any(own)
        found.append(say.link_frozen(court) if is_frozen else say.already_linked(court, filer.get_role_display()))
    return found


def names_differ(account: PacerAccount, filer: FilerAccount) -> bool:
    """Whether the person must say that both accounts are theirs although the names differ."""
    return not names_agree(_name(account), _name(filer))


def _name(account: PacerAccount | FilerAccount) -> Name:
    return Name(first=account.first_name, middle=account.middle_name, last=account.last_name, suffix=account.suffix)


def stop_of(link: Link) -> Obstacle | None:
    """What keeps a held link from working, for the court to settle; None if nothing does."""
    if link.frozen_at is not None:
        return say.link_frozen(link.court)
    return say.filer_inactive(link.court) if link.filer.status != FilerStatus.ACTIVE else None


def may_file(account: PacerAccount, link: Link, at: datetime) -> bool:
    """Whether this link lets its account file at `at`: asked at use, so that a loss of rights counts at once."""
    if link.ended_at is not None or stop_of(link) is not None:
        return False
    return not any([*court_obstacles(link.court, at), *standing_obstacles(account)])
