from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.keys import LONGEST_SEARCH_KEY, name_key, search_key
from accounts.models.user import User
from courts.models import Court


class FilerRole(models.TextChoices):
    ATTORNEY = "attorney", _("Attorney")
    TRUSTEE = "trustee", _("Trustee")
    US_TRUSTEE = "us_trustee", _("U.S. Trustee")
    FILING_AGENT = "filing_agent", _("Filing agent")
    CREDITOR = "creditor", _("Creditor")
    PRO_SE = "pro_se", _("Party without an attorney")
    COURT_REPORTER = "court_reporter", _("Court reporter")
    OTHER = "other", _("Other filer")


class FilerStatus(models.TextChoices):
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


class FilerAccountQuerySet(models.QuerySet["FilerAccount"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The filer accounts that this member of staff may know of at all: their own courts', or all."""
        if isinstance(user, AnonymousUser) or not user.is_staff:
            return self.none()
        if user.is_national:
            return self
        return self.filter(court_id__in=user.court_ids(permission="accounts.view_fileraccount"))


class FilerAccount(models.Model):
    """A CM/ECF filing account at one court, as that court's roster has it."""

    # PROTECT: filings name the account.
    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="filers")
    login = models.CharField(_("CM/ECF login"), max_length=150)
    login_key = models.CharField(max_length=300, editable=False)
    external_id = models.CharField(_("number in CM/ECF"), max_length=60, null=True, blank=True)
    role = models.CharField(_("role"), max_length=14, choices=FilerRole, default=FilerRole.ATTORNEY)
    first_name = models.CharField(_("first name"), max_length=300, blank=True)
    middle_name = models.CharField(_("middle name"), max_length=300, blank=True)
    last_name = models.CharField(_("last name"), max_length=300, blank=True)
    # What staff search by. Whoever writes a last name without `save` writes this too.
    last_name_key = models.CharField(max_length=LONGEST_SEARCH_KEY, editable=False, blank=True)
    suffix = models.CharField(_("suffix"), max_length=40, blank=True)
    bar_number = models.CharField(_("bar number"), max_length=40, blank=True)
    bar_state = models.CharField(_("bar state"), max_length=2, blank=True)
    email = models.EmailField(_("email"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    password = models.CharField(max_length=256, editable=False, blank=True)  # a hash; empty: none that works
    # SHA-256 of the hash that the last roster brought: the next one changes the password only if the court has.
    password_loaded = models.CharField(max_length=64, editable=False, blank=True)
    last_filed_on = models.DateField(_("last filing"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=9, choices=FilerStatus, default=FilerStatus.ACTIVE)
    # Raised by a real change of password, not by a re-hash: a confirmation that proved the old one is void.
    password_version = models.PositiveIntegerField(default=1)
    # Raised by a change of name, login, role or bar number, for the same reason.
    identity_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = FilerAccountQuerySet.as_manager()

    class Meta:
        ordering = ["court", "login_key"]
        verbose_name = "filer account"
        indexes = [
            # For searches by the beginning of a text, for which PostgreSQL needs an index of its own kind.
            models.Index(
                fields=["court", "login_key"],
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
                name="filer_by_login_start",
            ),
            models.Index(
                fields=["court", "last_name_key"],
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
                name="filer_by_name_start",
            ),
            models.Index(fields=["court", "bar_number"], name="filer_by_bar_number"),
            models.Index(fields=["court", "status", "login_key"], name="filer_by_status"),
            models.Index(Lower("email"), name="filer_by_email"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["court", "login_key"], name="filer_login_once_per_court"),
            models.UniqueConstraint(
                fields=["court", "external_id"],
                condition=Q(external_id__isnull=False),
                name="filer_number_once",
            ),
            models.UniqueConstraint(fields=["id", "court", "role"], name="filer_court_and_role"),  # links refer to it
            models.CheckConstraint(condition=Q(role__in=FilerRole.values), name="filer_known_role"),
            models.CheckConstraint(condition=Q(status__in=FilerStatus.values), name="filer_known_status"),
        ]

    def __str__(self) -> str:
        return f"{self.login} ({self.court_id})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.login_key, self.last_name_key = name_key(self.login), search_key(self.last_name)
        fields = kwargs.get("update_fields")
        if fields is not None:
            keys = {"login": "login_key", "last_name": "last_name_key"}
            kwargs["update_fields"] = {*fields, *(key for name, key in keys.items() if name in fields)}
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        parts = [self.first_name, self.middle_name, self.last_name, self.suffix]
        return " ".join(part for part in parts if part) or self.login
