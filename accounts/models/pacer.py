from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User

UPGRADED_FROM_BIRTH = date(2014, 8, 11)  # accounts issued before this day are Legacy; domain.md, section 2.2


class AccountKind(models.TextChoices):
    INDIVIDUAL = "individual", _("Individual")
    FIRM = "firm", _("Firm (shared)")
    ADMINISTRATIVE = "administrative", _("PACER Administrative Account")


class SearchState(models.TextChoices):
    ACTIVE = "active", _("Active")
    INACTIVE = "inactive", _("Inactive")


class FilingState(models.TextChoices):
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    DISABLED = "disabled", _("Disabled")
    DEACTIVATED = "deactivated", _("Deactivated")


class PacerAccount(models.Model):
    """A PACER account: one person's, a firm's shared log-in, or an administrative account that only pays."""

    # PROTECT: who filed with which account is a court record.
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="pacer_account")
    account_number = models.CharField(
        _("Account Number"),
        max_length=7,
        unique=True,
        validators=[RegexValidator(r"^[0-9]{7}\Z", _("An account number has 7 digits."))],
    )
    kind = models.CharField(_("kind"), max_length=14, choices=AccountKind, default=AccountKind.INDIVIDUAL)
    opened_on = models.DateField(_("opened on"))
    upgraded_on = models.DateField(_("upgraded on"), null=True, blank=True)

    first_name = models.CharField(_("first name"), max_length=300, blank=True)
    middle_name = models.CharField(_("middle name"), max_length=300, blank=True)
    last_name = models.CharField(_("last name"), max_length=300, blank=True)
    suffix = models.CharField(_("suffix"), max_length=40, blank=True)
    organization = models.CharField(_("firm or organization"), max_length=200, blank=True)
    date_of_birth = models.DateField(_("date of birth"), null=True, blank=True)
    user_type = models.CharField(_("user type"), max_length=40, blank=True)

    address = models.CharField(_("street address"), max_length=200, blank=True)
    address_more = models.CharField(_("suite, floor"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    county = models.CharField(_("county"), max_length=80, blank=True)
    zip = models.CharField(_("ZIP code"), max_length=10, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    search_state = models.CharField(
        _("Case Search Status"), max_length=8, choices=SearchState, default=SearchState.ACTIVE
    )
    filing_state = models.CharField(_("filing status"), max_length=11, choices=FilingState, default=FilingState.ACTIVE)
    password_changed_at = models.DateTimeField(_("password changed"), default=timezone.now)
    # SHA-256 of the password hash that the last roster brought: the next one changes it only if it differs.
    password_loaded = models.CharField(max_length=64, editable=False, blank=True)
    # Raised by a change of name, number or kind: a confirmation that showed the old identity is void.
    identity_version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["account_number"]
        verbose_name = "PACER account"
        indexes = [
            models.Index(  # also for searches by the beginning of a name
                fields=["last_name", "first_name"],
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
                name="pacer_by_name",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AccountKind.values), name="pacer_known_kind"),
            models.CheckConstraint(condition=Q(search_state__in=SearchState.values), name="pacer_known_search_state"),
            models.CheckConstraint(condition=Q(filing_state__in=FilingState.values), name="pacer_known_filing_state"),
            models.CheckConstraint(
                condition=Q(upgraded_on__isnull=True) | Q(upgraded_on__gte=F("opened_on")),
                name="pacer_upgraded_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_number} {self.name}"

    @property
    def name(self) -> str:
        """The person's name, or the firm's."""
        parts = [self.first_name, self.middle_name, self.last_name, self.suffix]
        return " ".join(part for part in parts if part) or self.organization or self.user.username

    @property
    def is_legacy(self) -> bool:
        """Issued before August 11, 2014, and not upgraded since."""
        return self.upgraded_on is None and self.opened_on < UPGRADED_FROM_BIRTH


class Membership(models.Model):
    """That an individual account belonged to a firm or administrative account, from a day until a day."""

    # PROTECT: the bills of that time name both.
    organization = models.ForeignKey(PacerAccount, on_delete=models.PROTECT, related_name="members")
    member = models.ForeignKey(PacerAccount, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "member"], condition=Q(until=None), name="membership_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_ends_later"
            ),
            models.CheckConstraint(condition=~Q(organization=F("member")), name="membership_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.organization_id}"
