"""The log-ins with which a newcomer tries everything; design.md, section 8. Demo installations only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.keys import name_key
from accounts.models import (
    AccountKind,
    FilerAccount,
    FilingState,
    KnownDevice,
    PacerAccount,
    RecoveryCode,
    SearchState,
    Session,
    StaffRole,
    TotpDevice,
    User,
)
from accounts.roles import Role
from accounts.second_factor import add_totp_device
from accounts.simulation import COURT_PASSWORD, PORTAL_PASSWORD, TOTP_SECRET
from courts.models import Court
from events.kinds import EventType
from events.record import record, system
from linking.models import Link

ACTOR = system("demo")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLogin:
    """One row of the table: `number` keys a PACER account, the username a member of staff."""

    username: str
    is_what: str
    email: str
    number: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    filers: Mapping[str, str] = field(default_factory=dict)  # court: login
    staff_of: str | None = None
    role: Role | None = None
    superuser: bool = False
    second_factor: bool = False


DEMO_LOGINS = (
    DemoLogin(
        username="jane.roe.esq",
        is_what="attorney with an Upgraded account; files at canb (jroe) and cand (janeroe), not linked yet",
        email="jane.roe@roelaw.example",
        number="7204418",
        fields={
            "opened_on": date(2019, 3, 4),
            "first_name": "Jane",
            "last_name": "Roe",
            "organization": "Roe Law",
            "user_type": "attorney",
            "address": "450 Golden Gate Avenue",
            "city": "San Francisco",
            "state": "CA",
            "county": "San Francisco",
            "zip": "94102",
            "phone": "415-555-0134",
        },
        filers={"canb": "jroe", "cand": "janeroe"},
        second_factor=True,
    ),
    DemoLogin(
        username="gr1998",
        is_what="attorney with a Legacy account from 2009, not upgraded yet",
        email="george.rivers@riverslaw.example",
        number="1199807",
        fields={
            "opened_on": date(2009, 5, 18),
            "first_name": "George",
            "last_name": "Rivers",
            "organization": "Rivers Law Office",
            "address": "1301 Clay Street",
            "city": "Oakland",
            "state": "CA",
            "zip": "94612",
            "phone": "510-555-0178",
        },
    ),
    DemoLogin(
        username="acme.law.firm",
        is_what="a firm’s shared account: searches, never files",
        email="library@acmelaw.example",
        number="7310062",
        fields={
            "kind": AccountKind.FIRM,
            "opened_on": date(2016, 9, 12),
            "organization": "Acme Law Firm",
            "address": "1 Market Street",
            "city": "San Francisco",
            "state": "CA",
            "county": "San Francisco",
            "zip": "94105",
        },
    ),
    DemoLogin(
        username="canb.clerk",
        is_what="clerk of canb (court manager)",
        email="clerk@canb.example",
        staff_of="canb",
        role=Role.COURT_MANAGER,
        second_factor=True,
    ),
    DemoLogin(
        username="cand.helpdesk",
        is_what="help desk of cand",
        email="helpdesk@cand.example",
        staff_of="cand",
        role=Role.HELP_DESK,
        second_factor=True,
    ),
    DemoLogin(
        username="psc.admin",
        is_what="national staff, may do everything",
        email="admin@psc.example",
        role=Role.NATIONAL,
        superuser=True,
        second_factor=True,
    ),
)


class CourtsMissing(Exception):
    """The demo accounts need courts that are not loaded; `.court_ids` names them."""

    def __init__(self, court_ids: set[str]) -> None:
        super().__init__(court_ids)
        self.court_ids = court_ids


@dataclass(frozen=True, slots=True)
class _Hashes:
    portal: str
    court: str


def make_demo_accounts(*, reset: bool) -> list[tuple[DemoLogin, str]]:
    """Make the accounts that are missing; with `reset`, bring those that exist back to how they began.

    Answers each log-in with "made", "kept" or "reset". Raises CourtsMissing.
    """
    needed = {court_id for login in DEMO_LOGINS for court_id in [*login.filers, login.staff_of] if court_id}
    if missing := needed - set(Court.objects.filter(pk__in=needed).values_list("pk", flat=True)):
        raise CourtsMissing(missing)
    hashes = _Hashes(portal=make_password(PORTAL_PASSWORD), court=make_password(COURT_PASSWORD))
    return [(login, _one(login, hashes, reset=reset)) for login in DEMO_LOGINS]


@transaction.atomic(durable=True)
def _one(login: DemoLogin, hashes: _Hashes, *, reset: bool) -> str:
    user = _existing(login)
    done = "made" if user is None else "reset" if reset else "kept"
    if user is None or reset:
        user = _write_user(login, user, hashes)
        _write_account(login, user)
        _write_role(login, user)
        if done == "reset":
            _end_links(login, user)
            Session.objects.filter(user=user).delete()
            KnownDevice.objects.filter(user=user).delete()
        _write_second_factor(login, user)
    # A filer account may be missing although its owner exists: a court's roster may have been emptied.
    for court_id, filer_login in login.filers.items():
        _write_filer(login, court_id, filer_login, hashes, reset=reset)
    if done != "kept":
        kind, subject = (
            (EventType.ACCOUNT_LOADED, "account") if login.number else (EventType.STAFF_ROLE_CHANGED, "user")
        )
        pk = PacerAccount.objects.only("pk").get(user=user).pk if login.number else user.pk
        record(kind, actor=ACTOR, subject=(subject, pk), facts={"demo": done})
    return done


def _existing(login: DemoLogin) -> User | None:
    if login.number:
        account = PacerAccount.objects.select_related("user").filter(account_number=login.number).first()
        if account is not None:
            return account.user
    return User.objects.filter(username_key=name_key(login.username)).first()


def _write_user(login: DemoLogin, user: User | None, hashes: _Hashes) -> User:
    user = user or User()
    user.username = login.username
    user.email = login.email
    user.email_verified_at = timezone.now()
    user.display_name = ""
    user.is_active = True
    user.is_superuser = login.superuser
    user.password = hashes.portal
    if user.pk:
        user.credentials_version += 1
    user.save()
    return user


def _write_account(login: DemoLogin, user: User) -> None:
    if not login.number:
        return
    fresh = PacerAccount(user=user, account_number=login.number, **login.fields)
    known = PacerAccount.objects.filter(account_number=login.number).first()
    if known is not None:
        fresh.pk = known.pk
        fresh.identity_version = known.identity_version + 1
    fresh.search_state, fresh.filing_state = SearchState.ACTIVE, FilingState.ACTIVE
    fresh.save()


def _write_role(login: DemoLogin, user: User) -> None:
    StaffRole.objects.filter(user=user).delete()
    if login.role is not None:
        StaffRole.objects.create(user=user, court_id=login.staff_of, role=login.role)


def _write_filer(login: DemoLogin, court_id: str, filer_login: str, hashes: _Hashes, *, reset: bool) -> None:
    filer = FilerAccount.objects.filter(court_id=court_id, login_key=name_key(filer_login)).first()
    if filer is not None and not reset:
        return
    fresh = FilerAccount(
        court_id=court_id,
        login=filer_login,
        first_name=str(login.fields["first_name"]),
        last_name=str(login.fields["last_name"]),
        bar_number="213804",
        bar_state="CA",
        email=login.email,
        phone=str(login.fields["phone"]),
        password=hashes.court,
    )
    if filer is not None:
        fresh.pk, fresh.created_at, fresh.external_id = filer.pk, filer.created_at, filer.external_id
        fresh.password_version = filer.password_version + 1
        fresh.identity_version = filer.identity_version + 1
    fresh.save()


def _write_second_factor(login: DemoLogin, user: User) -> None:
    TotpDevice.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    if login.second_factor:
        add_totp_device(user, "Demo app", TOTP_SECRET)


def _end_links(login: DemoLogin, user: User) -> None:
    """End what binds the account, and whatever else holds its filer accounts. The rows stay."""
    account_links = Link.objects.held().filter(account__user=user)
    for court_id, filer_login in login.filers.items():
        account_links |= Link.objects.held().filter(filer__court_id=court_id, filer__login_key=name_key(filer_login))
    for link in account_links.distinct():
        link.ended_at = max(timezone.now(), link.linked_at)
        link.ending, link.end_reason = Link.Ending.UNLINKED, "The demonstration was started over."
        link.save(update_fields=["ended_at", "ending", "end_reason"])
        record(EventType.LINK_ENDED, actor=ACTOR, court_id=link.court_id, subject=("link", link.pk))
