"""The one form in which names that people type are compared."""

import unicodedata


def name_key(typed: str) -> str:
    """NFKC, casefolded, trimmed: the key under which a username or filer login is looked up.

    Made in Python because databases fold letters differently: `Lower()` treats É and é as two on SQLite.
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).casefold()).strip()
