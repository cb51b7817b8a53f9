"""Finding a court by whatever people call it.

`CourtIndex.build(courts, places).find(text)` gives a `Found`: matches best first, each with the reason why it is
there; how a misspelling was read; which place, where many states have one of that name; and courts that are elsewhere.
`find` never raises, reads 200 characters, needs no database, and is safe between threads.
`prepare_places` makes the gazetteer's payload once, at load; `is_current` tells a payload of an older format.
"""

from courts.lookup.facts import Choice, CourtFacts, Elsewhere, Found, Match
from courts.lookup.gazetteer import Places, is_current, prepare_places
from courts.lookup.search import CourtIndex

__all__ = [
    "Choice",
    "CourtFacts",
    "CourtIndex",
    "Elsewhere",
    "Found",
    "Match",
    "Places",
    "is_current",
    "prepare_places",
]
