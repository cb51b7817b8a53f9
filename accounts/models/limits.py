"""Counts of failures, and questions that are answered by mail."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class FailureCount(models.Model):
    """How often one thing has failed in its present window. Keys are HMACs: the table names nobody.

    Seconds since the epoch rather than datetimes, so that one statement counts alike on both databases.
    """

    key = models.CharField(max_length=64, primary_key=True)
    subject_key = models.CharField(max_length=64, blank=True)  # of a (who, subject) pair: that of its subject
    failures = models.IntegerField()
    cap = models.IntegerField()  # this many are allowed in a window
    strikes = models.IntegerField(default=0)  # windows in a row that were used up; each doubles the next
    ends_at = models.BigIntegerField()  # the window's end

    class Meta:
        ordering = ["key"]
        indexes = [
            models.Index(fields=["subject_key"], condition=~Q(subject_key=""), name="failures_by_subject"),
            models.Index(fields=["ends_at"], name="failures_by_end"),
        ]
        constraints = [models.CheckConstraint(condition=Q(failures__gte=0), name="failures_not_negative")]

    def __str__(self) -> str:
        return f"{self.failures} of {self.cap}"


class RecoveryRequest(models.Model):
    """Somebody gave an email address to get their accounts back. The worker answers it by mail, or not at all.

    A row for every request, known address or not: so the page takes as long for both.
    """

    email_sealed = models.TextField(editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["asked_at"], condition=Q(answered_at=None), name="recovery_waiting")]

    def __str__(self) -> str:
        return f"asked {self.asked_at:%Y-%m-%d %H:%M}"
