"""Made-up attorneys by the hundred thousand, for load tests and rehearsals. Demo installations only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.crypto import encrypt
from accounts.keys import name_key, search_key
from accounts.models import FilerAccount, FilerRole, PacerAccount, TotpDevice, User
from courts.models import Court
from events.kinds import EventType
from events.record import record, system

# Published in the design: good for demo installations only, which refuse nobody who reads it.
PORTAL_PASSWORD = "Portal-Demo-2026!"  # noqa: S105
COURT_PASSWORD = "Court-Demo-2026!"  # noqa: S105
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105
BATCH = 1_000  # attorneys a transaction: well under a second, so that the site goes on writing
FIRST_NUMBER = 8_000_000
LAST_NUMBER = 9_899_999
OPENED_ON = date(2019, 3, 4)
FIRST_NAMES = ("Ada", "Ben", "Carmen", "David", "Elena", "Frank", "Grace", "Hugo", "Irene", "José", "Keiko", "Liam")
LAST_NAMES = (
    "Abbott",
    "Baker",
    "Chen",
    "Díaz",
    "Evans",
    "Fox",
    "García",
    "Hall",
    "Ito",
    "Jones",
    "Kim",
    "López",
    "May",
)


class NumbersExhausted(Exception):
    """The 7-digit account numbers set aside for simulated attorneys are used up."""


@dataclass(slots=True)
class Simulated:
    """How many log-ins and filer accounts one run has made."""

    accounts: int = 0
    filers: int = 0


@dataclass(frozen=True, slots=True)
class _Secrets:
    """One hash of each password and one sealed TOTP secret for the whole run: checking them costs what it costs
    with a salt for each, and a hundred thousand Argon2 hashes would take half an hour."""

    portal_hash: str
    court_hash: str
    totp_sealed: str


def simulate(*, attorneys: int, court: Court, prefix: str) -> Iterator[Simulated]:
    """Make `attorneys` upgraded accounts `prefix000000…`, each with an unlinked filer account at `court`
    and the published TOTP secret as second factor, without which nobody links.

    Those that exist are left alone, so that a run cut short can be repeated. Yields the counts after every
    transaction. Raises NumbersExhausted.
    """
    secrets = _Secrets(
        portal_hash=make_password(PORTAL_PASSWORD),
        court_hash=make_password(COURT_PASSWORD),
        totp_sealed=encrypt(TOTP_SECRET),
    )
    made = Simulated()
    for first in range(0, attorneys, BATCH):
        _batch(range(first, min(first + BATCH, attorneys)), court=court, prefix=prefix, secrets=secrets, made=made)
        yield made
    if made.accounts or made.filers:
        with transaction.atomic(durable=True):
            record(
                EventType.ROSTER_LOADED,
                actor=system("simulate"),
                court_id=court.pk,
                subject=("court", court.pk),
                facts={"added": made.filers, "accounts": made.accounts, "prefix": prefix},
            )


@transaction.atomic(durable=True)
def _batch(indexes: range, *, court: Court, prefix: str, secrets: _Secrets, made: Simulated) -> None:
    names = {name_key(name): (index, name) for index in indexes for name in [f"{prefix}{index:06d}"]}
    known = set(User.objects.filter(username_key__in=names).values_list("username_key", flat=True))
    users = User.objects.bulk_create(
        _user(key, name, secrets) for key, (_index, name) in names.items() if key not in known
    )
    number = _next_number(len(users))
    PacerAccount.objects.bulk_create(
        _account(user, number=number + offset, index=names[user.username_key][0]) for offset, user in enumerate(users)
    )
    TotpDevice.objects.bulk_create(
        TotpDevice(user=user, name="Simulated app", secret_sealed=secrets.totp_sealed) for user in users
    )
    known = set(
        FilerAccount.objects.filter(court=court, login_key__in=names).values_list("login_key", flat=True),
    )
    filers = FilerAccount.objects.bulk_create(
        _filer(key, name, index=index, court=court, secrets=secrets)
        for key, (index, name) in names.items()
        if key not in known
    )
    made.accounts += len(users)
    made.filers += len(filers)


def _next_number(needed: int) -> int:
    highest = PacerAccount.objects.filter(
        account_number__gte=str(FIRST_NUMBER), account_number__lte=str(LAST_NUMBER)
    ).aggregate(Max("account_number"))["account_number__max"]
    first = int(highest) + 1 if highest else FIRST_NUMBER
    if first + needed - 1 > LAST_NUMBER:
        raise NumbersExhausted
    return first


def _user(key: str, name: str, secrets: _Secrets) -> User:
    return User(
        username=name,
        username_key=key,
        email=f"{key}@simulated.example",
        email_verified_at=timezone.now(),
        password=secrets.portal_hash,
    )


def _name(index: int) -> dict[str, str]:
    """The same name for account and filer, so that nothing warns at the link."""
    return {
        "first_name": FIRST_NAMES[index % len(FIRST_NAMES)],
        "last_name": f"{LAST_NAMES[index // len(FIRST_NAMES) % len(LAST_NAMES)]}",
    }


def _account(user: User, *, number: int, index: int) -> PacerAccount:
    return PacerAccount(user=user, account_number=str(number), opened_on=OPENED_ON, **_name(index))


def _filer(key: str, name: str, *, index: int, court: Court, secrets: _Secrets) -> FilerAccount:
    names = _name(index)
    return FilerAccount(
        court=court,
        login=name,
        login_key=key,
        role=FilerRole.ATTORNEY,
        email=f"{key}@simulated.example",
        bar_number=f"{index:06d}",
        bar_state=court.state,
        password=secrets.court_hash,
        last_name_key=search_key(names["last_name"]),
        **names,
    )
