"""Reading a search: which runs of words mean what, and which courts that speaks for."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from courts.lookup.elsewhere import ELSEWHERE
from courts.lookup.facts import Choice, CourtFacts, Elsewhere, Found, Match
from courts.lookup.gazetteer import Places
from courts.lookup.index import Fact, Lexicon, build_lexicon
from courts.lookup.normalise import fold, key, words
from courts.lookup.reasons import why
from courts.lookup.vocabulary import DIRECTIONS, FILLERS, KINDS, WORD_CODES

LONGEST_RUN = 5  # words
MOST_GUESSES = 5
SHORTEST_GUESS = 5  # letters
CUT = 0.40  # of the best score; what is below says more about chance than about the search
MOST_CHOICES = 6

KIND_ORDER = {"district": 0, "bankruptcy": 1, "appellate": 2, "bap": 3, "national": 4}
# How much a fact about a place says for each kind of court: when no kind was said, and when one was.
UNSAID = {"district": 1.0, "bankruptcy": 0.93, "appellate": 0.5, "bap": 0.42}
SAID = 1.6
NOT_SAID = {"district": 0.64, "bankruptcy": 0.64, "appellate": 0.45, "bap": 0.42}

_KIND_OF = {word: kind for kind, forms in KINDS.items() for word in forms}
_DIRECTION_OF = {word: letter for letter, forms in DIRECTIONS.items() for word in forms}
_LETTER_DIRECTIONS = frozenset({"n", "s", "e", "w", "m", "c"})
_IDS_THAT_ARE_WORDS = frozenset(
    "med mad rid deb lamb alm cod ded mob rib mind cob cab had hid mid and ned nod card cad ind land mod ord wad vid"
    " wed gas arb cit gub nys ohs".split()
)


@dataclass(slots=True)
class Reading:
    """What the words were understood as."""

    spans: list[list[Fact]] = field(default_factory=list)
    kind: str = ""
    direction: str = ""
    elsewhere: Elsewhere | None = None
    unread: list[tuple[int, str]] = field(default_factory=list)
    mended: dict[int, str] = field(default_factory=dict)  # place of a word: what it was taken for


class CourtIndex:
    """The look-up of one version of the reference data. Immutable after `build`; safe between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for guess in sorted({*lexicon.fuzzy, *(form for form in _KIND_OF if len(form) > 6)}):
            self._by_letter[guess[0]].append(guess)
        self._prefixes = sorted(lexicon.fuzzy)

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
        reading = self._read(tokens, _capitals(text))
        matches = self._rank(reading)
        return Found(
            matches=tuple(matches[:limit]),
            read_as=_read_as(tokens, reading) if reading.mended and matches else None,
            choices=tuple(self._choices(reading)),
            elsewhere=reading.elsewhere,
        )

    def _whole(self, court_id: str, text: str) -> Match:
        court = self._lexicon.courts[court_id]
        return Match(court_id, 1000.0, why(court, [Fact("court", _as_typed(court, text))], said_kind=""))

    def _beside(self, court_id: str, tokens: list[str]) -> list[Match]:
        """The courts that a citation or acronym speaks for as well, after the one it names."""
        reading = Reading(spans=[facts] if (facts := self._lexicon.meanings("".join(tokens))) else [])
        return [match for match in self._rank(reading) if match.court_id != court_id]

    # Reading

    def _read(self, tokens: list[str], capitals: frozenset[str]) -> Reading:
        reading = Reading()
        covered = [False] * len(tokens)
        for length in range(min(LONGEST_RUN, len(tokens)), 0, -1):
            for start in range(len(tokens) - length + 1):
                if any(covered[start : start + length]):
                    continue
                if self._take(reading, tokens, start, length, capitals):
                    covered[start : start + length] = [True] * length
        reading.unread = [
            (place, word)
            for place, word in enumerate(tokens)
            if not covered[place] and word not in FILLERS and len(word) > 1
        ]
        self._guess(reading, tokens)
        return reading

    def _take(self, reading: Reading, tokens: list[str], start: int, length: int, capitals: frozenset[str]) -> bool:
        run = "".join(tokens[start : start + length])
        if run in ELSEWHERE:
            reading.elsewhere = reading.elsewhere or ELSEWHERE[run]
            return True
        if run in _DIRECTION_OF and self._is_direction(tokens, start, length):
            reading.direction = reading.direction or _DIRECTION_OF[run]
            return True
        if run in _KIND_OF:
            reading.kind = _stronger(reading.kind, _KIND_OF[run])
            return True
        facts = self._lexicon.meanings(run)
        if not facts or (length == 1 and not self._is_meant(facts, tokens, start, capitals)):
            return False
        reading.spans.append(facts)
        return True

    def _is_direction(self, tokens: list[str], start: int, length: int) -> bool:
        """`nd`, `sd`, `md`: a direction before a place or the word district, a state at the end or alone."""
        run = "".join(tokens[start : start + length])
        if len(tokens) == length:
            return False
        if run in {"nd", "sd", "md"}:
            return start + length < len(tokens) and not _is_kind(tokens[start + length])
        if run in {"no", "so", "cd", "ed", "wd"}:
            return start + length < len(tokens)
        following = tokens[start + length : start + length + 1]
        # "North Carolina", "East Hartford" were read as longer runs already; "North Platte" alike.
        return bool(following) or start > 0

    def _is_meant(self, facts: list[Fact], tokens: list[str], start: int, capitals: frozenset[str]) -> bool:
        word = tokens[start]
        if word in WORD_CODES:
            after_place = start > 0 and tokens[start - 1] not in FILLERS and not _is_kind(tokens[start - 1])
            last = start == len(tokens) - 1 and start > 0 and word not in {"in", "or", "me", "no", "as", "hi", "id"}
            return after_place or last or word in capitals or len(tokens) == 1
        if word in _IDS_THAT_ARE_WORDS and all(fact.kind == "court" for fact in facts):
            return len(tokens) == 1 or all(other in FILLERS or _is_kind(other) for other in tokens if other != word)
        return not (word in FILLERS and len(tokens) > 1)

    # Guessing

    def _guess(self, reading: Reading, tokens: list[str]) -> None:
        guesses = 0
        unread = list(reading.unread)
        position = 0
        while position < len(unread) and guesses < MOST_GUESSES:
            for length in (3, 2, 1):
                run = unread[position : position + length]
                if len(run) < length or run[-1][0] - run[0][0] != length - 1:
                    continue
                guesses += 1
                written = self._like("".join(word for _place, word in run), is_last=run[-1][0] == len(tokens) - 1)
                if written is not None:
                    self._mend(reading, run, written)
                    position += length - 1
                    break
            position += 1

    def _like(self, word: str, *, is_last: bool) -> str | None:
        """The key that `word` is a misspelling of, or the beginning of where the person may still be typing."""
        if is_last and len(word) >= 3 and (begun := self._begun(word)):
            return begun
        if len(word) < SHORTEST_GUESS or len(word) > 30 or any(c.isdigit() for c in word):
            return None
        most = 1 if len(word) < 8 else 2
        best: tuple[int, float, str] | None = None
        for candidate in self._by_letter.get(word[0], ()):
            if abs(len(candidate) - len(word)) > most:
                continue
            distance = OSA.distance(word, candidate, score_cutoff=most)
            if distance <= most:
                ranked = (int(distance), -self._weight(candidate), candidate)
                best = min(best, ranked) if best else ranked
        return best[2] if best else None

    def _begun(self, word: str) -> str | None:
        start = bisect_left(self._prefixes, word)
        begun = []
        for candidate in self._prefixes[start : start + 200]:
            if not candidate.startswith(word):
                break
            begun.append(candidate)
        return max(begun, key=lambda found: (self._weight(found), found), default=None)

    def _weight(self, candidate: str) -> float:
        if candidate in _KIND_OF:
            return 200.0
        weights = [w for fact in self._lexicon.meanings(candidate) for _n, w in (*fact.districts, *fact.courts)]
        return max(weights, default=0.0)

    def _mend(self, reading: Reading, run: list[tuple[int, str]], written: str) -> None:
        for place, _word in run[1:]:
            reading.mended[place] = ""
        reading.mended[run[0][0]] = self._lexicon.fuzzy.get(written, written)
        if written in _KIND_OF:
            reading.kind = _stronger(reading.kind, _KIND_OF[written])
        else:
            reading.spans.append(self._lexicon.meanings(written))

    # Ranking

    def _rank(self, reading: Reading) -> list[Match]:
        scores: dict[str, float] = defaultdict(float)
        reasons: dict[str, list[Fact]] = defaultdict(list)
        said = {fact.state for span in reading.spans for fact in span if fact.kind == "state"}
        for span in reading.spans:
            for court_id, (score, fact) in self._speaks_for(span, said, reading).items():
                scores[court_id] += score
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

    def _order(self, court_id: str, score: float) -> tuple[float, int, int, str]:
        court = self._lexicon.courts[court_id]
        return (-round(score, 6), KIND_ORDER[court.court_type], len(court.counties), court_id)

    def _all_of(self, kind: str) -> list[Match]:
        found = [court for court in self._lexicon.courts.values() if court.court_type == kind]
        found.sort(key=lambda court: (len(court.circuit), court.circuit))
        return [Match(court.court_id, 50.0, why(court, [], said_kind=kind)) for court in found]

    def _speaks_for(self, span: list[Fact], said: set[str], reading: Reading) -> dict[str, tuple[float, Fact]]:
        """For each court the strongest meaning of one run of words, and how strongly it speaks."""
        found: dict[str, tuple[float, Fact]] = {}
        here = [fact for fact in span if fact.state in said]
        for fact in span:
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
        if any(fact.kind == "state" for span in reading.spans for fact in span) or len(reading.spans) != 1:
            return []
        towns = [fact for fact in reading.spans[0] if fact.kind in {"office", "city"}]
        if len({fact.state for fact in towns}) < 2:
            return []
        towns.sort(key=lambda fact: (-max(w for _n, w in fact.districts), fact.label))
        if towns[0].kind == "office" and all(fact.kind == "city" and _top(fact) < 80 for fact in towns[1:]):
            return []
        seen: dict[str, Choice] = {}
        for fact in towns:
            seen.setdefault(fact.state, Choice(fact.label, f"{fact.label} {reading.kind}".strip()))
        return list(seen.values())[:MOST_CHOICES]


def _top(fact: Fact) -> float:
    return max(weight for _number, weight in fact.districts)


def _factor(kind: str, said: str) -> float:
    if not said:
        return UNSAID[kind]
    return SAID if kind == said else NOT_SAID[kind]


def _turn(said: str, own: str) -> float:
    if not said:
        return 1.0
    return 1.5 if said == own else 0.6


def _stronger(known: str, new: str) -> str:
    """Of two kinds in one search the narrower: "bankruptcy district court" means bankruptcy."""
    if {known, new} == {"bankruptcy", "appellate"}:
        return "bap"
    order = ["", "district", "appellate", "bankruptcy", "bap"]
    return max(known, new, key=order.index)


def _is_kind(word: str) -> bool:
    return word in _KIND_OF


def _capitals(text: str) -> frozenset[str]:
    """The words written in capitals, unless all are."""
    if text.isupper():
        return frozenset()
    return frozenset(fold(word) for word in text[:400].replace(",", " ").split() if word.isupper() and len(word) == 2)


def _as_typed(court: CourtFacts, text: str) -> str:
    typed = key(text)
    for written in (court.court_id, court.psc_id, court.citation, court.short_name, court.name):
        if key(written) == typed:
            return written
    return court.court_id


def _read_as(tokens: list[str], reading: Reading) -> str:
    return " ".join(part for place, word in enumerate(tokens) if (part := reading.mended.get(place, word)))
