"""The clerks' pages in the Django admin. Every list passes a scope, every change a flow with its event."""

from cmecf_portal.admin import accounts, courts, events, filers, links

__all__ = ["accounts", "courts", "events", "filers", "links"]
