"""The one form in which names that people type are compared."""

import unicodedata

LONGEST_SEARCH_KEY = 60  # characters; nobody types more of a name to find it


def name_key(typed: str) -> str:
    """NFKC, casefolded, trimmed: the key under which a username or filer login is looked up.

    Made in Python because databases fold letters differently: `Lower()` treats É and é as two on SQLite.
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).casefold()).strip()


def search_key(name: str) -> str:
    """The beginning of a name as it is searched for: like `name_key`, and short enough for an index."""
    return name_key(name)[:LONGEST_SEARCH_KEY].strip()
