from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from accounts.models import FilerAccount, PacerAccount
from courts.models import Court


class PendingLink(models.Model):
    """That a person knew the password of a filer account, shown both accounts and asked to confirm.

    Bound to the person and the session; holds the versions of everything that was shown or proved, so that a change
    of any of them voids it. Its id becomes the link's.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # CASCADE: a question that was never answered says nothing worth keeping.
    account = models.ForeignKey(PacerAccount, on_delete=models.CASCADE, related_name="+")
    filer = models.ForeignKey(FilerAccount, on_delete=models.CASCADE, related_name="+")
    court = models.ForeignKey(Court, on_delete=models.CASCADE, related_name="+")  # asked at: may be a hosted panel
    session_hash = models.CharField(max_length=64)  # accounts.Session's key: the hash of the cookie's
    credentials_version = models.PositiveIntegerField()  # of the user
    account_identity_version = models.PositiveIntegerField()
    filer_identity_version = models.PositiveIntegerField()
    password_version = models.PositiveIntegerField()  # of the filer account
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["expires_at"], name="pendinglink_by_expiry")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="pendinglink_expires_later"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__gte=F("created_at"), used_at__lt=F("expires_at")),
                name="pendinglink_used_in_time",
            ),
            models.CheckConstraint(condition=~Q(session_hash=""), name="pendinglink_has_session"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
