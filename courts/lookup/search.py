"""Answering a search: which courts the words speak for, and in what order."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from courts.lookup.facts import Choice, CourtFacts, Found, Match
from courts.lookup.gazetteer import Places
from courts.lookup.guess import Guesser
from courts.lookup.index import STRONG, Fact, Lexicon, build_lexicon
from courts.lookup.normalise import key, words
from courts.lookup.reading import Reading, Span, capitals_of, read, settle
from courts.lookup.reasons import why

CUT = 0.39  # of the best score: where a kind was said the twin of the best just stays; less says more about chance
MOST_CHOICES = 6

KIND_ORDER = {"district": 0, "bankruptcy": 1, "appellate": 2, "bap": 3, "national": 4}
# How much a fact about a place says for each kind of court: when no kind was said, and when one was.
UNSAID = {"district": 1.0, "bankruptcy": 0.93, "appellate": 0.5, "bap": 0.42}
SAID = 1.6
NOT_SAID = {"district": 0.64, "bankruptcy": 0.64, "appellate": 0.45, "bap": 0.42}


class CourtIndex:
    """The look-up of one version of the reference data. Immutable after `build`; safe between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._guesser = Guesser(lexicon)

    @classmethod
    def build(cls, courts: Sequence[CourtFacts], places: Places) -> "CourtIndex":
        """An index of these courts; without places it knows no cities but those with an office."""
        return cls(build_lexicon(courts, places))

    def find(self, text: str, *, limit: int | None = None) -> Found:
        """The courts that `text` may mean, best first. Never raises; the same text gets the same answer."""
        tokens = words(text)
        if not tokens:
            return Found()
        if (whole := self._lexicon.whole.get("".join(tokens))) is not None:
            return Found(matches=(self._whole(whole, text), *self._beside(whole, tokens))[:limit])
        reading, read_as = self._read(tokens, capitals_of(text))
        matches = self._rank(reading)
        return Found(
            matches=tuple(matches[:limit]),
            read_as=read_as if matches else None,
            choices=tuple(self._choices(reading)),
            elsewhere=reading.elsewhere,
        )

    def _whole(self, court_id: str, text: str) -> Match:
        court = self._lexicon.courts[court_id]
        return Match(court_id, 1000.0, why(court, [Fact("court", _as_typed(court, text))], said_kind=""))

    def _beside(self, court_id: str, tokens: list[str]) -> list[Match]:
        """The courts that a citation or acronym speaks for as well, after the one it names."""
        facts = self._lexicon.meanings("".join(tokens))
        reading = Reading(tokens, spans=[Span(0, len(tokens), facts)] if facts else [])
        return [match for match in self._rank(reading) if match.court_id != court_id]

    def _read(self, tokens: list[str], capitals: frozenset[str]) -> tuple[Reading, str | None]:
        """The reading, and the words as they were read where some had to be mended."""
        reading, read_as = read(tokens, capitals, self._lexicon), None
        if reading.unread and (mended := self._guesser.mend(reading)) is not None:
            read_as = " ".join(mended)
            reading = read(words(read_as), capitals, self._lexicon)
        settle(reading)
        said = reading.states
        for span in reading.spans:
            run = "".join(reading.tokens[span.start : span.start + span.length])
            if near := self._guesser.well_known(span.facts, run, said):
                span.facts = [*near, *span.facts]
        return reading, read_as

    # Ranking

    def _rank(self, reading: Reading) -> list[Match]:
        scores: dict[str, float] = defaultdict(float)
        reasons: dict[str, list[Fact]] = defaultdict(list)
        said = reading.states
        for span in reading.spans:
            for court_id, (score, fact) in self._speaks_for(span.facts, said, reading).items():
                # Two cities of one circuit are no reason to think of an appeal.
                hears_appeals = not reading.kind and fact.districts and self._hears_appeals(court_id)
                scores[court_id] = max(scores[court_id], score) if hears_appeals else scores[court_id] + score
                reasons[court_id].append(fact)
        if not scores and reading.kind in {"appellate", "bap"} and not reading.unread and not reading.elsewhere:
            return self._all_of(reading.kind)
        best = max(scores.values(), default=0.0)
        kept = [court_id for court_id, score in scores.items() if score >= CUT * best]
        kept.sort(key=lambda court_id: self._order(court_id, scores[court_id]))
        courts = self._lexicon.courts
        return [
            Match(
                court_id, round(scores[court_id], 3), why(courts[court_id], reasons[court_id], said_kind=reading.kind)
            )
            for court_id in kept
        ]

    def _hears_appeals(self, court_id: str) -> bool:
        return self._lexicon.courts[court_id].court_type in {"appellate", "bap"}

    def _order(self, court_id: str, score: float) -> tuple[float, int, int, str]:
        court = self._lexicon.courts[court_id]
        return (-round(score, 6), KIND_ORDER[court.court_type], len(court.counties), court_id)

    def _all_of(self, kind: str) -> list[Match]:
        found = [court for court in self._lexicon.courts.values() if court.court_type == kind]
        found.sort(key=lambda court: (len(court.circuit), court.circuit))
        return [Match(court.court_id, 50.0, why(court, [], said_kind=kind)) for court in found]

    def _speaks_for(self, facts: list[Fact], said: set[str], reading: Reading) -> dict[str, tuple[float, Fact]]:
        """For each court the strongest meaning of one run of words, and how strongly it speaks."""
        found: dict[str, tuple[float, Fact]] = {}
        here = [fact for fact in facts if fact.state in said]
        for fact in facts:
            share = 1.0
            if said and here and fact.state and fact.state not in said:
                share = 0.2
            elif fact.kind == "city" and here and fact.state in said:
                share = 100.0 / max(w for _n, w in fact.districts)  # beside its state even a small place is meant
            for court_id, weight in self._weights(fact, reading):
                score = weight * share
                if score > found.get(court_id, (0.0, fact))[0]:
                    found[court_id] = (score, fact)
        return found

    def _weights(self, fact: Fact, reading: Reading) -> Iterable[tuple[str, float]]:
        for court_id, weight in fact.courts:
            court_type = self._lexicon.courts[court_id].court_type if court_id in self._lexicon.courts else ""
            if court_type:
                yield court_id, weight * (SAID if reading.kind == court_type else 1.0)
        for number, weight in fact.districts:
            district = self._lexicon.districts[number]
            turned = _turn(reading.direction, district.direction)
            for kind, court_id in (
                ("district", district.district),
                ("bankruptcy", district.bankruptcy),
                ("appellate", district.appellate),
                ("bap", district.bap),
            ):
                if court_id:
                    factor = _factor(kind, reading.kind) * (turned if kind in {"district", "bankruptcy"} else 1.0)
                    yield court_id, weight * factor

    # Which of them?

    def _choices(self, reading: Reading) -> list[Choice]:
        """The places of one bare name in several states, best guess first; none where a state was said."""
        if len(reading.spans) != 1:
            return []
        facts = reading.spans[0].facts
        places = [fact for fact in facts if fact.kind in {"office", "city", "county"}]
        places += [_as_state(fact) for fact in facts if fact.kind == "state" and places]
        places.sort(key=lambda fact: (-fact.strength, fact.label))
        meant = [fact for fact in places if fact.strength >= STRONG] or places
        if places and places[0].kind != "office" and len(meant) == 1:
            meant = places
        seen: dict[str, Choice] = {}
        for fact in meant:
            seen.setdefault(fact.state, Choice(fact.label, f"{fact.label} {reading.kind}".strip()))
        return list(seen.values())[:MOST_CHOICES] if len(seen) > 1 else []


def _as_state(fact: Fact) -> Fact:
    """Washington the state, beside the city of that name."""
    return replace(fact, label=f"{fact.label} State", districts=tuple((n, max(w, STRONG)) for n, w in fact.districts))


def _factor(kind: str, said: str) -> float:
    if not said:
        return UNSAID[kind]
    return SAID if kind == said else NOT_SAID[kind]


def _turn(said: str, own: str) -> float:
    if not said:
        return 1.0
    return 1.5 if said == own else 0.6


def _as_typed(court: CourtFacts, text: str) -> str:
    typed = key(text)
    for written in (court.court_id, court.psc_id, court.citation, court.short_name, court.name):
        if key(written) == typed:
            return written
    return court.court_id
