"""Rows for tests, each valid on its own: an upgraded attorney, an active filer, a court that is live."""

from datetime import date

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from accounts.models import FilerAccount, PacerAccount, StaffRole, User
from accounts.roles import Role
from courts.models import Court, CourtType, GoLiveBasis

PASSWORD = "Portal-Demo-2026!"


class CourtFactory(DjangoModelFactory[Court]):
    """A bankruptcy court in California that went live on February 16, 2021."""

    class Meta:
        model = Court
        django_get_or_create = ("court_id",)

    court_id = "canb"
    psc_id = LazyAttribute(lambda court: f"{court.court_id.upper()}K"[:10])
    name = LazyAttribute(lambda court: f"United States Court {court.court_id}")
    short_name = LazyAttribute(lambda court: f"Court {court.court_id}")
    citation = "Bankr. N.D. Cal."
    court_type = CourtType.BANKRUPTCY
    circuit = "9"
    state = "CA"
    city = "San Francisco"
    time_zone = "America/Los_Angeles"
    go_live_basis = GoLiveBasis.DATED
    nextgen_go_live = date(2021, 2, 16)
    cmecf_url = LazyAttribute(lambda court: f"https://ecf.{court.court_id}.uscourts.gov")
    help_desk_phone = "888-821-7606"


class UserFactory(DjangoModelFactory[User]):
    """A log-in without a usable password: hashing costs time, so a test that signs in sets one."""

    class Meta:
        model = User

    username = Sequence(lambda n: f"jane.roe.{n}")
    email = LazyAttribute(lambda user: f"{user.username}@roelaw.example")
    password = "!"


class PacerAccountFactory(DjangoModelFactory[PacerAccount]):
    """Jane Roe's individual, upgraded account, allowed to file."""

    class Meta:
        model = PacerAccount

    user = SubFactory(UserFactory)
    account_number = Sequence(lambda n: f"{7_000_000 + n}")
    opened_on = date(2019, 3, 4)
    first_name = "Jane"
    last_name = "Roe"


class FilerAccountFactory(DjangoModelFactory[FilerAccount]):
    """Jane Roe's filer account at the court, as an attorney."""

    class Meta:
        model = FilerAccount

    court = SubFactory(CourtFactory)
    login = Sequence(lambda n: f"jroe{n}")
    first_name = "Jane"
    last_name = "Roe"
    email = LazyAttribute(lambda filer: f"{filer.login}@roelaw.example")
    password = "!"


class StaffFactory(DjangoModelFactory[StaffRole]):
    """A court manager of the court."""

    class Meta:
        model = StaffRole

    user = SubFactory(UserFactory)
    court = SubFactory(CourtFactory)
    role = Role.COURT_MANAGER
