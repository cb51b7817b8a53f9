from datetime import datetime, time
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courts.clock import local_instant, status_at
from courts.kinds import CourtStatus, CourtType, GoLiveBasis

__all__ = ["County", "Court", "CourtStatus", "CourtType", "GoLiveBasis", "Notice", "Office", "ReferenceState"]


class CourtQuerySet(models.QuerySet["Court"]):
    def hosts(self) -> Self:
        """Courts that run a CM/ECF of their own: all but the panels that use their circuit's."""
        return self.filter(hosted_by=None)


class Court(models.Model):
    """One court's CM/ECF. Dates mean what they say in `time_zone`; `courts.clock` does the arithmetic."""

    court_id = models.CharField(_("court ID"), max_length=10, primary_key=True)
    psc_id = models.CharField(_("PACER Service Center ID"), max_length=10, null=True, blank=True, unique=True)
    name = models.CharField(_("official name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=100)
    citation = models.CharField(_("citation"), max_length=40)
    court_type = models.CharField(_("type"), max_length=10, choices=CourtType)
    circuit = models.CharField(_("circuit"), max_length=3, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    city = models.CharField(_("city of the main office"), max_length=60)
    time_zone = models.CharField(_("time zone"), max_length=40)
    # PROTECT: a panel without its host would have neither go-live nor filers.
    hosted_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted",
        verbose_name=_("hosted by"),
    )

    go_live_basis = models.CharField(_("go-live basis"), max_length=16, choices=GoLiveBasis)
    nextgen_go_live = models.DateField(_("NextGen go-live date"), null=True, blank=True)
    go_live_time = models.TimeField(_("go-live time, local"), default=time(0, 0))
    go_live_source = models.URLField(_("source of the date"), max_length=500, blank=True)
    dark_from = models.DateTimeField(_("CM/ECF down from"), null=True, blank=True)
    dark_until = models.DateTimeField(_("CM/ECF down until"), null=True, blank=True)
    order_url = models.URLField(_("court order about the move"), max_length=500, blank=True)

    cmecf_url = models.URLField(_("CM/ECF address"), max_length=300)
    website_url = models.URLField(_("website"), max_length=300, blank=True)
    rss_url = models.URLField(_("RSS feed"), max_length=300, blank=True)
    cmecf_first_live = models.CharField(_("first CM/ECF"), max_length=10, blank=True)
    software_release = models.CharField(_("software release"), max_length=20, blank=True)
    pdf_limit_mb = models.PositiveIntegerField(_("PDF limit, MB"), null=True, blank=True)
    help_desk_email = models.EmailField(_("help desk email"), blank=True)
    help_desk_phone = models.CharField(_("help desk telephone"), max_length=60, blank=True)
    contact_source = models.TextField(_("source of the contacts"), blank=True)
    emergency_contact = models.TextField(_("emergency filing contact"), blank=True)
    undo_hours = models.PositiveSmallIntegerField(_("hours in which a filer may undo a link"), default=24)
    notes = models.TextField(_("notes"), blank=True)

    set_by_clerk = models.JSONField(default=list, blank=True, editable=False)  # names of fields a loader must keep
    updated_at = models.DateTimeField(auto_now=True)

    objects = CourtQuerySet.as_manager()

    class Meta:
        ordering = ["short_name", "court_id"]
        constraints = [
            models.CheckConstraint(condition=Q(court_type__in=CourtType.values), name="court_known_type"),
            models.CheckConstraint(
                condition=Q(go_live_basis=GoLiveBasis.DATED, nextgen_go_live__isnull=False)
                | (
                    Q(go_live_basis__in=[GoLiveBasis.LIVE_DAY_UNKNOWN, GoLiveBasis.NOT_ANNOUNCED])
                    & Q(nextgen_go_live__isnull=True)
                ),
                name="court_dated_has_date",
            ),
            models.CheckConstraint(
                condition=Q(dark_from__isnull=True, dark_until__isnull=True)
                | (Q(dark_from__isnull=False) & Q(dark_until__isnull=False) & Q(dark_until__gt=F("dark_from"))),
                name="court_dark_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(hosted_by__isnull=True) | ~Q(hosted_by=F("court_id")), name="court_not_own_host"
            ),
            models.CheckConstraint(condition=Q(undo_hours__lte=168), name="court_undo_within_a_week"),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def host(self) -> "Court":
        """The court whose CM/ECF this is: itself, or the circuit for a panel. Filers and links belong to it."""
        return self.hosted_by or self

    @property
    def go_live_at(self) -> datetime | None:
        """The instant from which the court runs NextGen, in the court's zone; None without a date."""
        host = self.host
        if host.nextgen_go_live is None:
            return None
        return local_instant(host.nextgen_go_live, host.go_live_time, host.time_zone)

    def status(self, at: datetime) -> CourtStatus:
        """The status at `at` (aware)."""
        host = self.host
        return status_at(
            at,
            basis=host.go_live_basis,
            go_live_at=self.go_live_at,
            dark_from=host.dark_from,
            dark_until=host.dark_until,
        )


class Office(models.Model):
    """A clerk's office, as the court states it."""

    # CASCADE: an office has no life of its own.
    court = models.ForeignKey(Court, on_delete=models.CASCADE, related_name="offices")
    name = models.CharField(_("office"), max_length=200)
    address = models.CharField(_("address"), max_length=400, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    zip = models.CharField(_("ZIP code"), max_length=10, blank=True)
    hours = models.CharField(_("hours"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=300, blank=True)
    email = models.CharField(_("email"), max_length=200, blank=True)
    set_by_clerk = models.BooleanField(_("kept by the court"), default=False)  # a loader leaves it alone

    class Meta:
        ordering = ["court", "pk"]

    def __str__(self) -> str:
        return self.name


class County(models.Model):
    """A county (parish, borough, municipio) that a court serves."""

    # CASCADE: the row only says something about its court.
    court = models.ForeignKey(Court, on_delete=models.CASCADE, related_name="counties")
    state = models.CharField(_("state"), max_length=2)
    name = models.CharField(_("county"), max_length=80)

    class Meta:
        ordering = ["court", "state", "name"]
        verbose_name_plural = "counties"
        constraints = [models.UniqueConstraint(fields=["court", "state", "name"], name="county_once_per_court")]
        indexes = [models.Index(fields=["state", "name"], name="county_by_name")]

    def __str__(self) -> str:
        return f"{self.name}, {self.state}"


class Notice(models.Model):
    """Something the court says to its filers, shown on its pages while it runs."""

    # CASCADE: a notice speaks for its court only.
    court = models.ForeignKey(Court, on_delete=models.CASCADE, related_name="notices")
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    url = models.URLField(_("further information"), max_length=500, blank=True)
    shown_from = models.DateTimeField(_("shown from"))
    shown_until = models.DateTimeField(_("shown until"), null=True, blank=True)

    class Meta:
        ordering = ["-shown_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_until__isnull=True) | Q(shown_until__gt=F("shown_from")),
                name="notice_ends_later",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ReferenceState(models.Model):
    """One row: counts every change of the reference data, so that each process knows when to prepare anew."""

    version = models.PositiveBigIntegerField(default=0)
    places = models.BinaryField(default=bytes)  # the prepared gazetteer of courts.lookup
    loaded_files = models.JSONField(default=dict)  # file name: SHA-256 of what was loaded
    compiled_on = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="reference_state_one_row")]

    def __str__(self) -> str:
        return f"version {self.version}"
