"""Whether two accounts bear the name of one person, as far as names tell.

Case, accents, punctuation, initials, nicknames, a maiden name beside the new one and a suffix that only one side
states don't count as a difference. What differs beyond that is a warning, never a verdict.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from nicknames import NickNamer

_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "2nd": "ii", "3rd": "iii", "4th": "iv"}
_SUFFIXES |= {name: name for name in ("ii", "iii", "iv", "v")}
_TITLES = {"esq", "esquire", "mr", "mrs", "ms", "dr", "hon", "jd", "phd"}
_PARTICLES = {"de", "del", "della", "der", "di", "du", "la", "le", "van", "von", "den", "dos", "da", "st", "saint", "y"}
_WITHOUT_ACCENT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "ı": "i"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as an account states it; a person with one name only has it as the last name."""

    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class _Parts:
    """A name taken apart: given names in order, last names as a set, a suffix in one spelling."""

    given: tuple[str, ...]
    last: frozenset[str]
    joined: str  # the last name in one word
    suffix: str


def names_agree(one: Name, other: Name) -> bool:
    """Whether both can be the name of one person. Symmetric; a name agrees with itself, and nothing with no name."""
    left, right = _parts(one), _parts(other)
    if not left.last or not right.last:
        return False
    if left.suffix and right.suffix and left.suffix != right.suffix:
        return False
    if not left.given or not right.given:
        # One name only: then the other has no other.
        return left.given == right.given and left.last == right.last
    return _last_names_agree(left, right) and _given_names_agree(left, right)


def _words(text: str) -> list[str]:
    """The words of a name without accents, case and punctuation: `O’Brien` is one word, `Roe-Smith` two."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_WITHOUT_ACCENT))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [word for word in re.split(r"[^\w]+", re.sub(r"[’'`´.]", "", plain)) if word]


def _parts(name: Name) -> _Parts:
    first, middle, last = name.first, name.middle, name.last
    if not first and "," in last:  # "Roe, Jane A.", as some rosters have it
        last, _comma, first = last.partition(",")
    given, family = _words(f"{first} {middle}"), _words(last)
    suffix = "".join(_words(name.suffix))
    while len(family) > 1 and (family[-1] in _SUFFIXES or family[-1] in _TITLES):
        taken = family.pop()
        suffix = suffix or (taken if taken in _SUFFIXES else "")
    if not given and len(family) > 1 and family[0] not in _PARTICLES:  # "Jane Roe" in one field
        given, family = family[:-1], family[-1:]
    given = [word for word in given if word not in _TITLES]
    core = [word for word in family if word not in _PARTICLES] or family
    return _Parts(
        tuple(given), frozenset(core), "".join(family), _SUFFIXES.get(suffix, suffix if suffix not in _TITLES else "")
    )


def _last_names_agree(left: _Parts, right: _Parts) -> bool:
    """The same, joined or split (`Delacruz`, `Dela Cruz`), or one side keeps a maiden name beside the new one."""
    if left.last & right.last or left.joined == right.joined:
        return True
    # A maiden name moved among the given names: Jane Whitfield, Jane Whitfield Roe.
    return bool(left.last & set(right.given[1:]) or right.last & set(left.given[1:]))


def _given_names_agree(left: _Parts, right: _Parts) -> bool:
    """The first names agree, or one side goes by the middle name: `J. Edgar`, `Edgar`. Middle names may be left out."""
    if _one_name(left.given[0], right.given[0]):
        return _middle_names_agree(left.given[1:], right.given[1:])
    return any(
        len(word) > 1 and _one_name(word, whole)
        for word, whole in [
            *((right.given[0], word) for word in left.given[1:]),
            *((left.given[0], word) for word in right.given[1:]),
        ]
        if len(whole) > 1
    )


def _middle_names_agree(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Unless both state one and they can't be the same: `Jane A. Roe` is not `Jane B. Roe`."""
    return not left or not right or any(_one_name(one, other) for one in left for other in right)


def _one_name(one: str, other: str) -> bool:
    """The same given name, an initial of it, or a nickname."""
    if one == other or (min(len(one), len(other)) == 1 and one[0] == other[0]):
        return True
    ours, theirs = _called(one), _called(other)
    return other in ours or one in theirs or bool(_formal(one) & _formal(other))


@cache
def _nicknames() -> NickNamer:
    return NickNamer()


def _called(name: str) -> set[str]:
    return _nicknames().nicknames_of(name) | _nicknames().canonicals_of(name)


def _formal(name: str) -> set[str]:
    """The formal names that it may stand for: Beth and Betty both for Elizabeth."""
    return _nicknames().canonicals_of(name) | {name}
