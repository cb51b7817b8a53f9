"""The first half of linking: whoever knows the CM/ECF login and password is asked to confirm the pair."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts import limits
from accounts.client import Client
from accounts.keys import name_key
from accounts.models import FilerAccount, PacerAccount
from accounts.passwords import verify_password
from courts.models import Court
from events.kinds import EventType
from events.record import person, record
from linking.eligibility import account_obstacles, pair_obstacles
from linking.models import PendingLink
from linking.obstacles import Code, CredentialsRefused, FactorNeeded, LinkRefused, TooManyAttempts

CONFIRM_WITHIN = timedelta(minutes=10)
LONGEST_LOGIN = 150  # characters, as the column; what is longer is nobody's


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The session that asks: `key` is the hash under which it is stored, `factor_used_at` aware or None."""

    key: str
    factor_used_at: datetime | None

    def demand_factor(self) -> None:
        """Raises FactorNeeded unless this session has proved a second factor, or the portal asks for none."""
        if settings.PORTAL_REQUIRE_MFA and self.factor_used_at is None:
            raise FactorNeeded


def start_link(
    *,
    account: PacerAccount | None,
    court: Court,
    login: str,
    password: str,
    session: Session,
    client: Client,
    at: datetime,
    now: datetime,
) -> PendingLink:
    """Check the credentials of a filer account at `court` and ask for the yes to this pair.

    `at` is the go-live clock, `now` real time (both aware). Raises LinkRefused with everything in the way
    (CredentialsRefused and TooManyAttempts are kinds of it), and FactorNeeded. Must run outside transactions: the
    password is hashed here.
    """
    found = account_obstacles(account, court, at)
    if found or account is None:
        _record_refusal(account, court, found[0].code)
        raise LinkRefused(found)
    session.demand_factor()
    filer = _verified(account, court, login=login, password=password, client=client, now=now)
    if found := pair_obstacles(account, filer):
        _record_refusal(account, court, found[0].code)
        raise LinkRefused(found)
    return _ask(account, court, filer, session=session, now=now)


def attempt_at(account: PacerAccount, court: Court, login: str, *, client: Client) -> limits.Attempt:
    """What the limiter counts: this PACER account's failures at this login, as typed, whether or not it exists."""
    return limits.Attempt(
        action=limits.Action.LINK,
        who=f"account:{account.pk}",
        subject=limit_subject(court, login),
        address=client.address,
    )


def limit_subject(court: Court, login: str) -> str:
    """A filer login as the limiter knows it: what a clerk clears."""
    return f"{court.host.pk}:{name_key(login[:LONGEST_LOGIN])}"


def _verified(
    account: PacerAccount, court: Court, *, login: str, password: str, client: Client, now: datetime
) -> FilerAccount:
    """The filer account whose login and password these are. A login that doesn't exist costs the same."""
    attempt = attempt_at(account, court, login, client=client)
    try:
        tries_left = limits.take_try(attempt, now=now)
    except limits.TooManyFailures as pause:
        _record_refusal(account, court, Code.TOO_MANY_ATTEMPTS)
        raise TooManyAttempts(court, until=pause.until) from None
    filer = _filer(court, login)
    stored = filer.password if filer else None
    verdict = verify_password(password, stored or None)
    if filer is None or not verdict.ok:
        _record_refusal(account, court, Code.INVALID_CREDENTIALS)
        raise CredentialsRefused(court, tries_left=tries_left)
    if verdict.rehash:
        # Only if nobody changed it meanwhile; a mere re-hash voids no confirmation, so no version is raised.
        FilerAccount.objects.filter(pk=filer.pk, password=stored).update(password=verdict.rehash)
    limits.succeed(attempt)
    return filer


def _filer(court: Court, login: str) -> FilerAccount | None:
    if len(login) > LONGEST_LOGIN or "\0" in login:
        return None
    host = court.host
    try:
        filer = FilerAccount.objects.get(court=host, login_key=name_key(login))
    except FilerAccount.DoesNotExist:
        return None
    filer.court = host  # as it was read a moment ago
    return filer


@transaction.atomic(durable=True)
def _ask(account: PacerAccount, court: Court, filer: FilerAccount, *, session: Session, now: datetime) -> PendingLink:
    pending = PendingLink.objects.create(
        account=account,
        filer=filer,
        court=court,
        session_hash=session.key,
        credentials_version=account.user.credentials_version,
        account_identity_version=account.identity_version,
        filer_identity_version=filer.identity_version,
        password_version=filer.password_version,
        created_at=now,
        expires_at=now + CONFIRM_WITHIN,
    )
    record(
        EventType.LINK_PENDING,
        actor=person(account.user_id),
        court_id=filer.court_id,
        subject=("link", pending.pk),
        at=now,
    )
    return pending


@transaction.atomic(durable=True)
def _record_refusal(account: PacerAccount | None, court: Court, code: Code) -> None:
    """The attempt, for the proof that a filer prints and for the court: no login, no name."""
    if account is None:
        return
    record(
        EventType.LINK_ATTEMPT_FAILED,
        actor=person(account.user_id),
        court_id=court.host.pk,
        subject=("account", account.pk),
        facts={"code": code},
    )


def forget_old_pending(*, now: datetime) -> int:
    """Delete questions that nobody answered a day after they expired; the number deleted. Answered ones stay a week."""
    unanswered = PendingLink.objects.filter(used_at=None, expires_at__lt=now - timedelta(days=1))
    answered = PendingLink.objects.filter(used_at__isnull=False, expires_at__lt=now - timedelta(days=7))
    return unanswered.delete()[0] + answered.delete()[0]
