from django.db import models
from django.db.models import Q

from events.kinds import EventType


class Event(models.Model):
    """One line in the record: what happened, when, where, to what, by whom. Never changed, never deleted.

    Names courts and objects by id and carries no personal data. `sequence` is the order of writing in one
    process, not of commits; readers that must miss nothing page by `position`, which the sequencer assigns
    after commit (events/sequencer.py).
    """

    class ActorKind(models.TextChoices):
        PERSON = "person"
        CLERK = "clerk"
        PARTNER = "partner"
        SYSTEM = "system"

    sequence = models.BigAutoField(primary_key=True)
    type = models.CharField(max_length=40)  # a value of EventType; the list grows without migrations
    at = models.DateTimeField()
    court_id = models.CharField(max_length=10, blank=True)  # empty: concerns no single court
    object_kind = models.CharField(max_length=20, blank=True)  # "link", "filer", "account", "court", …
    object_id = models.CharField(max_length=40, blank=True)
    actor_kind = models.CharField(max_length=8, choices=ActorKind)
    actor_id = models.CharField(max_length=40, blank=True)  # user id, client id or name of a command
    request_id = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)  # ids, codes and counts only
    position = models.BigIntegerField(null=True, blank=True, unique=True)
    seal = models.CharField(max_length=64, blank=True)  # SHA-256 over the court's previous seal and this row

    class Meta:
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["court_id", "-sequence"], name="event_court_newest"),
            models.Index(fields=["object_kind", "object_id", "-sequence"], name="event_object_newest"),
            models.Index(fields=["actor_kind", "actor_id", "-sequence"], name="event_actor_newest"),
            models.Index(fields=["sequence"], condition=Q(position=None), name="event_unpositioned"),
            models.Index(fields=["court_id", "-position"], name="event_court_position"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(position=None, seal="") | (Q(position__isnull=False) & ~Q(seal="")),
                name="event_sealed_with_position",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.type}"

    @property
    def sentence(self) -> str:
        """What happened, in words."""
        return str(EventType(self.type).label)


class EventAddress(models.Model):
    """The network address an event came from; kept for 90 days, apart from the record."""

    # The record itself is never deleted; CASCADE only ever runs in the tests' flush.
    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="origin", primary_key=True)
    address = models.GenericIPAddressField()
    user_agent = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "network address of an event"
        verbose_name_plural = "network addresses of events"

    def __str__(self) -> str:
        return f"{self.address} (event {self.event_id})"


class EventCursor(models.Model):
    """One row: the last position given. Whoever holds its lock is the sequencer."""

    position = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="event_cursor_one_row")]

    def __str__(self) -> str:
        return str(self.position)
