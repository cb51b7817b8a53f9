from django.db import models
from django.db.models import F, Q

from accounts.models import User


class KeptAnswer(models.Model):
    """That a request with an Idempotency-Key was taken on, and its answer for whoever sends it again.

    Neither key nor body is kept, only HMACs of both: the body held a password.
    """

    # CASCADE: the answer to a request is worth nothing without the person.
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64)  # of session and key: a confirmation is bound to its session too
    request_hash = models.CharField(max_length=64)  # of method, path and body
    taken_at = models.DateTimeField()
    held_until = models.DateTimeField()  # until then whoever took it on is waited for
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    content = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["taken_at"], name="keptanswer_by_age")]
        constraints = [
            models.UniqueConstraint(fields=["user", "key_hash"], name="keptanswer_once_per_key"),
            models.CheckConstraint(condition=Q(held_until__gt=F("taken_at")), name="keptanswer_held_later"),
            models.CheckConstraint(
                condition=Q(status__isnull=True, content="")
                | (Q(status__isnull=False, status__gte=200, status__lt=500) & ~Q(content="")),
                name="keptanswer_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.status or 'at work'}"
