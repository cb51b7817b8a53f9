from django.apps import AppConfig, apps
from django.db.models import QuerySet

from accounts.rosters.held import register_held_filers


class LinkingConfig(AppConfig):
    """Links, eligibility, readiness."""

    name = "linking"
    verbose_name = "Links"

    def ready(self) -> None:
        register_held_filers(linked_filers)


def linked_filers() -> QuerySet:  # type: ignore[type-arg]
    """Ids of filer accounts that a link binds: no roster touches their password or role."""
    return apps.get_model("linking", "Link").objects.held().values("filer_id")
