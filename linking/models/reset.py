from django.db import models
from django.db.models import F, Q

from accounts.models import FilerAccount


class FilerReset(models.Model):
    """A one-time way to choose a new CM/ECF password, mailed to the address that the court has on file.

    Only the SHA-256 of the token is kept: nobody who reads the table, staff included, can use it.
    """

    # CASCADE: worth nothing without the filer account.
    filer = models.ForeignKey(FilerAccount, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    password_version = models.PositiveIntegerField()  # of the filer account when it was made: a change voids it
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["filer", "-created_at"], name="filerreset_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="filerreset_expires_later"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__gte=F("created_at"), used_at__lt=F("expires_at")),
                name="filerreset_used_in_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filer_id} {self.created_at:%Y-%m-%d}"
