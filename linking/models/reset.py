from django.db import models
from django.db.models import F, Q

from accounts.models import FilerAccount
from courts.models import Court


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


class ResetRequest(models.Model):
    """Somebody asked for a reset of a CM/ECF login. The worker answers it by mail, or not at all.

    A row for every request, whether or not the login exists: so the page takes as long for both.
    """

    # CASCADE: a question that was never answered says nothing worth keeping.
    court = models.ForeignKey(Court, on_delete=models.CASCADE, related_name="+")
    login_sealed = models.TextField(editable=False)
    actor_id = models.CharField(max_length=40)  # the user who asked, for the record
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"asked {self.asked_at:%Y-%m-%d %H:%M}"
