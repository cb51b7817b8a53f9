"""The circuits in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CIRCUIT_WORDS: Mapping[str, Promise] = {
    "1": _("First"),
    "2": _("Second"),
    "3": _("Third"),
    "4": _("Fourth"),
    "5": _("Fifth"),
    "6": _("Sixth"),
    "7": _("Seventh"),
    "8": _("Eighth"),
    "9": _("Ninth"),
    "10": _("Tenth"),
    "11": _("Eleventh"),
    "dc": _("D.C."),
    "fed": _("Federal"),
}
# As the tiles beside the map and the Bluebook shorten them.
CIRCUIT_SIGNS: Mapping[str, str] = {
    **{str(number): f"{number}th" for number in range(4, 12)},
    "1": "1st",
    "2": "2d",
    "3": "3d",
    "dc": "D.C.",
    "fed": "Fed.",
}


def circuit_words(circuit: str) -> str:
    """`Ninth` for `9`; an unknown circuit as it stands."""
    return str(CIRCUIT_WORDS.get(circuit, circuit))
