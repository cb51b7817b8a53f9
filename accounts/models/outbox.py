from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutgoingMail(models.Model):
    """One mail to one address, written in the transaction that gives cause for it and sent afterwards.

    Bodies may hold codes and one-time links, so they are encrypted at rest, and blanked after sending (a demo
    installation keeps them for its mail page).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")

    key = models.CharField(max_length=120, unique=True)  # the same cause makes one mail: "link-made:<id>:pacer"
    kind = models.CharField(max_length=40)
    to = models.EmailField()
    subject_sealed = models.TextField()
    text_sealed = models.TextField()
    html_sealed = models.TextField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="waiting"), name="mail_waiting_by_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="mail_sent_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
