from datetime import datetime
from typing import Self
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import FilerAccount, FilerRole, PacerAccount, User
from courts.models import Court

HELD = Q(ended_at=None)  # active or frozen: the link keeps its place against rivals


class LinkQuerySet(models.QuerySet["Link"]):
    def held(self) -> Self:
        """Links that bind both accounts: active or frozen."""
        return self.filter(HELD)

    def active(self) -> Self:
        """Links with which a person may file."""
        return self.filter(HELD, frozen_at=None)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The links that this member of staff may know of at all."""
        if isinstance(user, AnonymousUser) or not user.is_staff:
            return self.none()
        if user.is_national:
            return self
        return self.filter(court_id__in=user.court_ids(permission="linking.view_link"))


class Link(models.Model):
    """The tie between one PACER account and one filer account, from `linked_at` until `ended_at`."""

    class Ending(models.TextChoices):
        UNDONE = "undone", _("undone by the filer")
        UNLINKED = "unlinked", _("ended by the court")
        MOVED = "moved", _("moved to another PACER account")
        RENEWED = "renewed", _("replaced when the role changed")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # that of its confirmation
    # PROTECT throughout: who filed with which account is a court record.
    account = models.ForeignKey(PacerAccount, on_delete=models.PROTECT, related_name="links")
    filer = models.ForeignKey(FilerAccount, on_delete=models.PROTECT, related_name="links")
    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="links")  # the filer's: for constraints
    role = models.CharField(_("role"), max_length=14, choices=FilerRole)  # the filer's, for the same reason
    receipt = models.CharField(_("receipt number"), max_length=20, unique=True)
    linked_at = models.DateTimeField(_("linked"))
    undo_until = models.DateTimeField(_("undo until"))
    frozen_at = models.DateTimeField(_("frozen"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=8, choices=Ending, blank=True)
    end_reason = models.CharField(_("reason"), max_length=500, blank=True)
    names_differed = models.BooleanField(_("names differed"), default=False)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["-linked_at", "-id"]
        indexes = [
            models.Index(fields=["account", "-linked_at"], name="link_account_newest"),
            # Lists page by these, ties included.
            models.Index(fields=["court", "-linked_at", "-id"], name="link_court_newest"),
            models.Index(fields=["-linked_at", "-id"], name="link_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["filer"], condition=HELD, name="link_one_per_filer"),
            models.UniqueConstraint(
                fields=["account", "court", "role"], condition=HELD, name="link_one_per_account_court_role"
            ),
            models.CheckConstraint(condition=HELD | Q(ended_at__gte=F("linked_at")), name="link_ends_later"),
            models.CheckConstraint(
                condition=Q(HELD, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="link_ended_how",
            ),
            models.CheckConstraint(condition=Q(undo_until__gte=F("linked_at")), name="link_undo_after_link"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True) | Q(frozen_at__gte=F("linked_at")), name="link_frozen_later"
            ),
        ]  # court and role equal the filer's while the link is held: linking/consistency.py

    def __str__(self) -> str:
        return self.receipt

    @property
    def state(self) -> str:
        """`active`, `frozen` or `ended`; `pending` is a confirmation, not a link."""
        if self.ended_at is not None:
            return "ended"
        return "frozen" if self.frozen_at is not None else "active"

    def may_be_undone(self, *, now: datetime) -> bool:
        """Whether its owner may still undo it at `now` (aware)."""
        return self.state == "active" and now < self.undo_until
