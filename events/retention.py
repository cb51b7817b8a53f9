"""What does not stay: the network addresses beside the record."""

from datetime import datetime, timedelta

from events.models import EventAddress

ADDRESS_LIFE = timedelta(days=90)


def forget_old_addresses(*, now: datetime) -> int:
    """Delete network addresses older than 90 days; the number deleted."""
    deleted, _ = EventAddress.objects.filter(at__lt=now - ADDRESS_LIFE).delete()
    return deleted
