from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.keys import LONGEST_SEARCH_KEY
from courts.models import Court


class RosterKind(models.TextChoices):
    FILERS = "filers", _("Filer accounts of a court")
    ACCOUNTS = "accounts", _("PACER accounts")


class RosterLoad(models.Model):
    """One file on its way in: read into staged rows, compared, then applied or discarded.

    Lies in the database, not on one machine's disk: whoever stages it, any process can apply it.
    """

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        STAGED = "staged", _("Ready to be applied")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        DISCARDED = "discarded", _("Discarded")

    kind = models.CharField(max_length=8, choices=RosterKind)
    # PROTECT: courts are never deleted while anything names them.
    court = models.ForeignKey(Court, on_delete=models.PROTECT, null=True, blank=True, related_name="roster_loads")
    file_name = models.CharField(max_length=200)
    header = models.JSONField(default=list)  # the column names in the order of the file
    rows = models.PositiveIntegerField(default=0)
    close_missing = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State, default=State.READING)
    counts = models.JSONField(default=dict)
    actor_kind = models.CharField(max_length=8)
    actor_id = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)  # a process that died holds nobody up for longer
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "created_at"], name="rosterload_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=RosterKind.FILERS, court__isnull=False)
                | Q(kind=RosterKind.ACCOUNTS, court__isnull=True),
                name="rosterload_filers_have_a_court",
            ),
            models.CheckConstraint(
                condition=(Q(state="applying") & Q(leased_until__isnull=False)) | ~Q(state="applying"),
                name="rosterload_applying_is_leased",
            ),
            models.UniqueConstraint(
                fields=["court"], condition=Q(state="applying", court__isnull=False), name="rosterload_one_per_court"
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(state="applying", court__isnull=True), name="rosterload_one_of_accounts"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class StagedRow(models.Model):
    """One row of a roster. A value that is NULL was not stated: the account keeps what it has."""

    class Change(models.TextChoices):
        UNKNOWN = "", _("not compared yet")
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("unchanged")

    # CASCADE: staged rows, password hashes among them, go with their file.
    load = models.ForeignKey(RosterLoad, on_delete=models.CASCADE, related_name="+")
    line = models.PositiveIntegerField()
    key = models.CharField(max_length=300)  # of the login or username, as accounts.keys makes it
    target = models.BigIntegerField(null=True)  # the account that this row is; NULL: none yet
    held = models.BooleanField(default=False)  # some of its values must not be written
    change = models.CharField(max_length=7, choices=Change, default=Change.UNKNOWN)

    first_name = models.CharField(max_length=300, null=True)
    middle_name = models.CharField(max_length=300, null=True)
    last_name = models.CharField(max_length=300, null=True)
    email = models.CharField(max_length=254, null=True)
    password = models.CharField(max_length=256, null=True)
    password_digest = models.CharField(max_length=64, null=True)  # SHA-256 of the hash as the file has it

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["load", "line"], name="%(class)s_line_once"),
            models.CheckConstraint(
                condition=Q(password__isnull=True, password_digest__isnull=True)
                | Q(password__isnull=False, password_digest__isnull=False),
                name="%(class)s_password_has_digest",
            ),
        ]
        indexes = [models.Index(fields=["load", "target"], name="%(class)s_by_target")]


class StagedFiler(StagedRow):
    login = models.CharField(max_length=150)
    external_id = models.CharField(max_length=60, null=True)
    role = models.CharField(max_length=14, null=True)
    suffix = models.CharField(max_length=40, null=True)
    bar_number = models.CharField(max_length=40, null=True)
    bar_state = models.CharField(max_length=2, null=True)
    phone = models.CharField(max_length=40, null=True)
    last_filed_on = models.DateField(null=True)
    status = models.CharField(max_length=9, null=True)
    last_name_key = models.CharField(max_length=LONGEST_SEARCH_KEY, null=True)

    def __str__(self) -> str:
        return self.login


class StagedAccount(StagedRow):
    account_number = models.CharField(max_length=7)
    username = models.CharField(max_length=150)
    kind = models.CharField(max_length=14, null=True)
    opened_on = models.DateField(null=True)
    upgraded_on = models.DateField(null=True)
    search_state = models.CharField(max_length=8, null=True)
    filing_state = models.CharField(max_length=11, null=True)

    def __str__(self) -> str:
        return self.account_number
