"""Which filer accounts are linked: the floor above registers its answer, rosters ask it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

type HeldFilers = Callable[[], QuerySet[Any, Any]]

_sources: list[HeldFilers] = []


def register_held_filers(source: HeldFilers) -> None:
    """`source` answers a queryset of the ids of filer accounts whose password and role no roster may touch.

    To be called in `AppConfig.ready()`.
    """
    if source not in _sources:
        _sources.append(source)


def is_held(field: str) -> Q:
    """That `field` names a filer account which somebody holds."""
    held = Q(pk__in=[])
    for source in _sources:
        held |= Q(**{f"{field}__in": source()})
    return held
