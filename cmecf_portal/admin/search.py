"""Finding filers among a million: every way of asking is one look into one index, and brings few rows."""

from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from accounts.keys import name_key, search_key
from accounts.models import FilerAccount
from linking.models import Link

MOST_FOUND = 100  # of each way of asking; whoever sees as many types one letter more
LONGEST_TERM = 150  # characters


def starts_with(field: str, beginning: str) -> Q:
    """Rows whose `field` begins with `beginning`, in the form that an index of this database serves.

    PostgreSQL takes LIKE on an index with `varchar_pattern_ops`, SQLite a range.
    """
    if connection.vendor == "postgresql":
        return Q(**{f"{field}__startswith": beginning})
    return Q(**{f"{field}__gte": beginning, f"{field}__lt": beginning + "\U0010ffff"})


def find_filers(term: str, *, court_ids: Iterable[str]) -> QuerySet[FilerAccount]:
    """Filer accounts of these courts by login, last name (the beginning of either), bar number, email address,
    or by the number or username of the PACER account that is or was linked.
    """
    term, courts = term.strip()[:LONGEST_TERM], list(court_ids)
    if not term or "\0" in term:
        return FilerAccount.objects.none()
    found: set[int] = set()
    for rows in _ways(term, courts):
        found.update(rows[:MOST_FOUND])
    return FilerAccount.objects.filter(pk__in=found)


def _ways(term: str, courts: list[str]) -> Iterator[QuerySet[FilerAccount, int] | QuerySet[Link, int]]:
    # The courts are named even to national staff: the indexes begin with them.
    filers = FilerAccount.objects.filter(court__in=courts).order_by()
    key, name = name_key(term), search_key(term)
    if "@" in term:
        yield filers.alias(address=Lower("email")).filter(address=term.lower()).values_list("pk", flat=True)
    yield filers.filter(login_key=key).values_list("pk", flat=True)
    yield filers.filter(starts_with("login_key", key)).values_list("pk", flat=True)
    yield filers.filter(starts_with("last_name_key", name)).values_list("pk", flat=True)
    yield filers.filter(bar_number__in={term, term.upper(), _bar_number(term)}).values_list("pk", flat=True)
    links = Link.objects.filter(court__in=courts).order_by()
    if term.isascii() and term.isdigit():
        yield links.filter(account__account_number=term).values_list("filer", flat=True)
    else:
        yield links.filter(account__user__username_key=key).values_list("filer", flat=True)


def _bar_number(term: str) -> str:
    """The number alone of `CA 213804` or `SBN 213804`."""
    words = term.split()
    return words[-1] if len(words) == 2 and words[0].isalpha() else term


def last_name_forms(term: str) -> set[str]:
    """A last name as people write it, for a column that is kept as typed: `mcrae` is McRae, MCRAE, Mcrae too."""
    plain = term.strip()
    forms = {plain, plain.lower(), plain.upper(), plain.title(), plain.capitalize()}
    for start in ("Mc", "Mac", "O'", "O’", "De", "Di", "La", "Le", "Van", "Von"):
        if plain.casefold().startswith(start.casefold()) and len(plain) > len(start):
            forms.add(start + plain[len(start) :].capitalize())
    return forms
