"""The words that courts are sorted by."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CourtType(models.TextChoices):
    DISTRICT = "district", _("District")
    BANKRUPTCY = "bankruptcy", _("Bankruptcy")
    APPELLATE = "appellate", _("Appeals")
    BAP = "bap", _("Bankruptcy appellate panel")
    NATIONAL = "national", _("National")


class CourtStatus(models.TextChoices):
    NOT_ANNOUNCED = "not_announced", _("Not announced")
    SCHEDULED = "scheduled", _("Scheduled")
    DARK = "dark", _("Down for the move")
    LIVE = "live", _("Live")


class GoLiveBasis(models.TextChoices):
    DATED = "dated", _("The day is known")
    LIVE_DAY_UNKNOWN = "live_day_unknown", _("Live, the day is not on record")
    NOT_ANNOUNCED = "not_announced", _("Not announced")
