from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The append-only record of what happened."""

    name = "events"
    verbose_name = "Record of events"
