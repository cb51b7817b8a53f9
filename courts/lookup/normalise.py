"""Text as people type it, brought to the words and keys that facts are filed under."""

import re
import unicodedata

LONGEST_TEXT = 200  # characters that are read
LONGEST_WORD = 30
MOST_WORDS = 24

_HOMOGLYPHS = str.maketrans(
    "абвгеікмнорстухѕԁԛԝјαβεικνορτυχ",
    "abbreikmhopctyxsdqwjabeikvoptux",
)
_HOST = re.compile(r"(?:https?://)?(?:ecf|www|dcecf|pacer)?\.?([a-z0-9-]+)\.(?:uscourts|circ\w*)\.gov\S*")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_JOINED_INITIALS = re.compile(r"\b([nsewmc]\.\s?d\.)\s*(?=[a-z])")
_WORD = re.compile(r"[a-z0-9]+")
_ALIKE = {
    "saint": "st",
    "sainte": "ste",
    "fort": "ft",
    "mount": "mt",
    "co": "co",
    "centre": "center",
    "cnty": "county",
    "hgts": "heights",
    "usa": "us",
}
_DROPPED = frozenset({"of", "the", "for", "and", "amp"})


def fold(text: str) -> str:
    """Lower case, without accents and look-alikes from other alphabets."""
    # Cut twice: one sign may stand for eighteen letters.
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).casefold()[:LONGEST_TEXT].translate(_HOMOGLYPHS)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The words that carry meaning, in order: initials closed up ("N.D." is "nd"), apostrophes and "of" gone."""
    plain = fold(text)
    plain = _HOST.sub(r" \1 ", plain)
    plain = plain.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "").replace("&", " and ")
    plain = _JOINED_INITIALS.sub(lambda found: found[1].replace(".", "").replace(" ", "") + " ", plain)
    plain = _INITIALS.sub(lambda found: found[0].replace(".", "") + " ", plain)
    read = (_ALIKE.get(word, word) for word in _WORD.findall(plain) if len(word) <= LONGEST_WORD)
    return [word for word in read if word not in _DROPPED][:MOST_WORDS]


def key(text: str) -> str:
    """The words without blanks: `N.D. Cal.`, `nd cal` and `ndcal` are one key."""
    return "".join(words(text))


_COUNTY_ENDINGS = re.compile(
    r"\s+(county|parish|borough|census area|municipality|municipio|city and borough)$"
    r"|^(municipality|city and borough) of\s+"
)


def county_key(name: str) -> str:
    """The key of a county without the word for what it is: `Orleans Parish` is `orleans`."""
    return key(_COUNTY_ENDINGS.sub("", fold(name)))
