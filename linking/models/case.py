from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courts.models import Court
from linking.models.link import Link

OPEN = Q(closed_at=None)


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> Self:
        """Cases that wait for the court."""
        return self.filter(OPEN)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The cases that this member of staff may know of at all."""
        if isinstance(user, AnonymousUser) or not user.is_staff:
            return self.none()
        if user.is_national:
            return self
        return self.filter(court_id__in=user.court_ids(permission="linking.view_case"))


class Case(models.Model):
    """Something about a link that somebody at the court should look at."""

    class Kind(models.TextChoices):
        NOT_ME = "not_me", _("Somebody said: this wasn’t me")
        NAMES_DIFFER = "names_differ", _("Linked although the names differ")

    # PROTECT: what was reported about a link stays with it.
    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="cases")
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=500, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["court", "-opened_at"], name="case_court_newest")]
        constraints = [
            models.UniqueConstraint(fields=["link", "kind"], condition=OPEN, name="case_open_once_per_kind"),
            models.CheckConstraint(condition=Q(kind__in=["not_me", "names_differ"]), name="case_known_kind"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="")
                | (Q(closed_at__isnull=False, closed_at__gte=F("opened_at")) & ~Q(outcome="")),
                name="case_closed_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.link}"
