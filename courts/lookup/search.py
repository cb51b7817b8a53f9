"""Answering a search: which courts the words speak for, and in what order."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from courts.lookup.facts import Choice, CourtFacts, Found, Match
from courts.lookup.gazetteer import Places
from courts.lookup.guess import Guesser
from courts.lookup.index import Fact, Lexicon, build_lexicon
from courts.lookup.normalise import key, words
from courts.lookup.reading import MOST_SPANS, Reading, Span, capitals_of, read, settle
from courts.lookup.reasons import why

CUT = 0.39  # of the best score: where a kind was said the twin of the best just stays; less says more about chance
MOST_CHOICES = 8
NEARLY = 0.8  # of the best guess: what is offered beside it
ELSEWHERE_SHARE = 0.2  # of a place in another state than the one that was said
NAMESAKE_SHARE = {"office": 0.5, "city": 0.3, "county": 0.3}  # of a place elsewhere that is called like a state
WEAK, WEAK_SHARE = 76.0, 0.5  # of a namesake of an office city up to that weight

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
            choices=tuple(self._choices(reading, matches)),
            elsewhere=reading.elsewhere,
        )

    def _whole(self, court_id: str, text: str) -> Match:
        court = self._lexicon.courts[court_id]
        label, how = _as_typed(court, text)
        return Match(court_id, 1000.0, why(court, [Fact("court", label, how)], said_kind=""))

    def _beside(self, court_id: str, tokens: list[str]) -> list[Match]:
        """The courts that a citation or acronym speaks for as well, after the one it names."""
        facts = self._lexicon.meanings("".join(tokens))
        reading = Reading(tokens, spans=[Span(0, len(tokens), facts)] if facts else [])
        return [match for match in self._rank(reading) if match.court_id != court_id]

    def _read(self, tokens: list[str], capitals: frozenset[str]) -> tuple[Reading, str | None]:
        """The reading, and the words as they were read where some had to be mended."""
        reading, read_as = read(tokens, capitals, self._lexicon), None
        if len(reading.spans) < MOST_SPANS and (mended := self._guesser.mend(reading)) is not None:
            read_as = " ".join(mended)
            reading = read(words(read_as), capitals, self._lexicon)
        settle(reading)
        said = reading.states
        for span in reading.spans:
            run = "".join(reading.tokens[span.start : span.end])
            if near := self._guesser.well_known(span.facts, run, said):
                span.facts, span.is_slip = [*near, *span.facts], True
        return reading, read_as

    # Ranking

    def _rank(self, reading: Reading) -> list[Match]:
        scores: dict[str, float] = defaultdict(float)
        reasons: dict[str, list[Fact]] = defaultdict(list)
        for span in reading.spans:
            for court_id, (score, fact) in self._speaks_for(span, reading).items():
                # Two cities of one circuit are no reason to think of an appeal.
                hears_appeals = not reading.kind and fact.districts and self._hears_appeals(court_id)
                scores[court_id] = max(scores[court_id], score) if hears_appeals else scores[court_id] + score
                reasons[court_id].append(fact)
        if not reading.spans and (reading.kind or reading.direction) and not reading.unread and not reading.elsewhere:
            return self._all_of(reading.kind, reading.direction)
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

    def _all_of(self, kind: str, direction: str) -> list[Match]:
        """Every court of a kind and a direction, when nothing else was said."""
        turned = {
            court_id
            for district in self._lexicon.districts
            if district.direction == direction
            for court_id in (district.district, district.bankruptcy)
        }
        found = [
            court
            for court in self._lexicon.courts.values()
            if court.court_type == (kind or court.court_type) and (not direction or court.court_id in turned)
        ]
        found.sort(key=lambda court: (KIND_ORDER[court.court_type], _number(court), court.short_name))
        return [Match(court.court_id, 50.0, why(court, [], said_kind=kind)) for court in found]

    def _speaks_for(self, span: Span, reading: Reading) -> dict[str, tuple[float, Fact]]:
        """For each court the strongest meaning of one run of words, and how strongly it speaks."""
        found: dict[str, tuple[float, Fact]] = {}
        said = {state for other in reading.spans if other is not span for state in _states_of(other)}
        here = [fact for fact in span.facts if fact.state in said]
        kinds = {fact.kind for fact in span.facts}
        for fact in span.facts:
            share = 1.0
            if here and fact.state and fact.state not in said:
                share = ELSEWHERE_SHARE
            elif fact.kind == "city" and here:
                share = 100.0 / fact.strength  # beside its state even a small place is meant
            elif "state" in kinds and fact.kind in NAMESAKE_SHARE and fact.state not in _states_of(span):
                share = NAMESAKE_SHARE[fact.kind]
            elif "office" in kinds and fact.kind in {"city", "county"} and fact.strength < WEAK:
                share = WEAK_SHARE
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

    def _choices(self, reading: Reading, matches: Sequence[Match]) -> list[Choice]:
        """The places of one bare name in several states, best guess first; none where a state was said."""
        if len(reading.spans) != 1:
            return []
        span = reading.spans[0]
        states = [fact for fact in span.facts if fact.kind == "state"]
        kinds = {"office", "nickname"} if states else {"office", "city", "county", "nickname"}
        places = [fact for fact in span.facts if fact.kind in kinds and fact.state]
        least = NEARLY * max((fact.strength for fact in places), default=0.0)
        meant = [fact for fact in places if span.is_slip or fact.strength >= least]
        if len(meant) < 2 and not states and not any(fact.kind in {"office", "nickname"} for fact in places):
            meant = places
        best = {self._lexicon.courts[match.court_id].state: -place for place, match in reversed([*enumerate(matches)])}
        meant = [*states, *meant] if meant else []
        meant.sort(key=lambda fact: (-best.get(fact.state, -len(matches)), -fact.strength, fact.label))
        seen: dict[str, Choice] = {}
        for fact in meant:
            label = _("%(state)s (state)") % {"state": fact.label} if fact.kind == "state" else _place(fact)
            asked = f"{fact.label} state" if fact.kind == "state" else label
            seen.setdefault(fact.state, Choice(label, f"{asked} {reading.kind}".strip()))
        return list(seen.values())[:MOST_CHOICES] if len(seen) > 1 else []


def _number(court: CourtFacts) -> int:
    """The number of the circuit of a court that hears appeals; the lettered ones come last."""
    if court.court_type not in {"appellate", "bap"}:
        return 0
    return int(court.circuit) if court.circuit.isdigit() else len(KIND_ORDER) * 10


def _place(fact: Fact) -> str:
    """`Los Angeles County, California`, for what people call LA; else what it is called."""
    return fact.detail if fact.kind == "nickname" else fact.label


def _states_of(span: Span) -> set[str]:
    return {fact.state for fact in span.facts if fact.kind == "state"}


def _factor(kind: str, said: str) -> float:
    if not said:
        return UNSAID[kind]
    return SAID if kind == said else NOT_SAID[kind]


def _turn(said: str, own: str) -> float:
    if not said:
        return 1.0
    return 1.5 if said == own else 0.6


def _as_typed(court: CourtFacts, text: str) -> tuple[str, str]:
    """What of a court was typed, and what that is: its id, its citation or its name."""
    typed = key(text)
    for written, how in (
        (court.court_id, "id"),
        (court.psc_id, "id"),
        (court.citation, "citation"),
        (court.short_name, "name"),
        (court.name, "name"),
    ):
        if key(written) == typed:
            return written, how
    return court.court_id, "id"
