"""What proves that somebody is who the password says: devices, one-time codes, known browsers."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User


class TotpDevice(models.Model):
    """One authenticator app of a person, under a name of their own."""

    # CASCADE throughout: factors and codes mean nothing without the log-in.
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="totp_devices")
    name = models.CharField(_("name"), max_length=60)
    secret_sealed = models.TextField(editable=False)  # accounts.crypto; base32 inside
    # The newest 30-second step whose code was accepted; a code of this step or an older one is a replay.
    last_step = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="totpdevice_name_once")]

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """One of the ten codes for the day on which no authenticator app is at hand. Works once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "code_hash"], name="recoverycode_once"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__gte=F("made_at")), name="recoverycode_used_later"
            ),
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"


class MailedCode(models.Model):
    """A six-digit code in a mail, which shows that its reader owns the address. Few tries, a short life, one use."""

    class Purpose(models.TextChoices):
        EMAIL = "email", _("confirm the address")
        OLD = "old", _("give up the address")
        ENROL = "enrol", _("add a second factor")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # known to the asking session only
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mailed_codes")
    purpose = models.CharField(max_length=6, choices=Purpose)
    email = models.EmailField()
    code_hash = models.CharField(max_length=64, editable=False)
    tries_left = models.SmallIntegerField(default=5)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at"]
        indexes = [models.Index(fields=["expires_at"], name="mailedcode_by_end")]
        constraints = [
            models.CheckConstraint(condition=Q(tries_left__gte=0), name="mailedcode_no_tries_below_zero"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__isnull=False, proven_at__isnull=False),
                name="mailedcode_proven_before_used",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"


class KnownDevice(models.Model):
    """A browser in which somebody has signed in to this account: it keeps its own count of failures."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="known_devices")
    token_hash = models.CharField(max_length=64, editable=False)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-seen_at"]
        constraints = [models.UniqueConstraint(fields=["user", "token_hash"], name="knowndevice_once")]

    def __str__(self) -> str:
        return f"device {self.pk}"
