"""Pages of long lists at a cost that does not grow with the list."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator

MOST_COUNTED = 5_000  # rows; nobody leafs further, and counting a million takes longer than reading a page


class CappedPaginator(Paginator[Any]):
    """Counts to MOST_COUNTED and no further."""

    most = MOST_COUNTED

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than were counted."""
        return self.count > MOST_COUNTED

    @cached_property
    def count(self) -> int:
        return int(self.object_list[: MOST_COUNTED + 1].count())  # type: ignore[attr-defined]
