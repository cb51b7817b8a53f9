"""What a word that says nothing was meant to be: misspelled, not finished, or a near miss of a well-known place."""

from bisect import bisect_left
from collections import defaultdict
from itertools import groupby

from rapidfuzz.distance import OSA

from courts.lookup.cities import THOUSANDS
from courts.lookup.index import Fact, Lexicon
from courts.lookup.normalise import key, words
from courts.lookup.reading import DIRECTION_OF, KIND_OF, Reading
from courts.lookup.vocabulary import FILLERS

MOST_GUESSES = 5  # unread words of one search
SHORTEST_GUESS = 5  # letters
LONGEST_GUESS = 30
MOST_BEGUN = 200  # words that begin alike and are compared
WELL_KNOWN = 250  # thousand people
TIMES_LARGER = 3  # a place must be that to be meant by the name of a real one that is spelled almost like it
LARGE_COUNTY = 74.0  # weight from which a county is known by its bare name
_VOWELS = frozenset("aeiouy")
_PLAIN = ("district", "county", "court", "california", "circuit")
_ENDINGS = (("borough", "boro"), ("boro", "borough"), ("burgh", "burg"), ("burg", "burgh"))


class Guesser:
    """The words worth guessing, by their first letter. Immutable; safe between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        forms = {form for form in (*KIND_OF, *DIRECTION_OF, *_PLAIN) if len(form) > SHORTEST_GUESS}
        known = sorted({*lexicon.fuzzy, *forms})
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        self._by_single: dict[str, list[str]] = defaultdict(list)  # doubled letters written once: "bufalo"
        for guess in known:
            self._by_letter[guess[0]].append(guess)
            self._by_single[_single(guess)].append(guess)
        self._begun = sorted(lexicon.fuzzy)
        self._well_known: dict[str, list[str]] = defaultdict(list)
        for guess in known:
            if any(fact.kind == "office" for fact in lexicon.facts.get(guess, ())):
                self._well_known[guess[0]].append(guess)

    def mend(self, reading: Reading) -> list[str] | None:
        """The words with the unread ones replaced, as they are written; None where none could be."""
        tokens = list(reading.tokens)
        mended = False
        for place in reading.unread[:MOST_GUESSES]:
            if not tokens[place]:
                continue
            for start, length in _windows(place, len(tokens)):
                run = tokens[start : start + length]
                if not all(run) or (length > 1 and any(word in KIND_OF for word in run)):
                    continue
                written = self.like("".join(run), is_last=start + length == len(tokens), is_alone=length == 1)
                if written is not None:
                    tokens[start : start + length] = [self._lexicon.fuzzy.get(written, written)] + [""] * (length - 1)
                    mended = True
                    break
        return [token for token in tokens if token] if mended else None

    def like(self, word: str, *, is_last: bool, is_alone: bool) -> str | None:
        """The key that `word` is a misspelling of, or the beginning of where the person may still be typing."""
        if is_last and len(word) >= 3 and (begun := self._beginning(word)):
            return begun
        if not SHORTEST_GUESS <= len(word) <= LONGEST_GUESS or any(c.isdigit() for c in word):
            return None
        for old, new in _ENDINGS:
            if word.endswith(old) and (other := word.removesuffix(old) + new) in self._lexicon.fuzzy:
                return other
        most = 1 if len(word) < 8 else 2
        candidates = [*self._by_letter.get(word[0], ()), *self._by_single.get(_single(word), ())]
        return self._nearest(word, candidates, most=most)

    def well_known(self, facts: list[Fact], run: str, said: set[str]) -> list[Fact]:
        """A well-known place that differs by one slip from the little-known one that `run` names: Brooklin, Maine,
        is less often meant than Brooklyn.
        """
        if len(run) < SHORTEST_GUESS or not all(_is_little_known(fact) for fact in facts):
            return []
        if said & {fact.state for fact in facts}:
            return []
        own = max(THOUSANDS.get((run, fact.state), 0) for fact in facts)
        return [
            fact
            for name in self._well_known.get(run[0], ())
            if _is_slip(run, name)
            for fact in self._lexicon.facts[name]
            if fact.kind == "office" and (not said or fact.state in said)
            if THOUSANDS.get((name, fact.state), 0) > max(WELL_KNOWN, TIMES_LARGER * own)
        ]

    def _nearest(self, word: str, candidates: list[str] | tuple[str, ...], *, most: int) -> str | None:
        best: tuple[int, float, str] | None = None
        for candidate in candidates:
            if abs(len(candidate) - len(word)) > most:
                continue
            distance = OSA.distance(word, candidate, score_cutoff=most)
            if distance > most and _single(word) == _single(candidate):
                distance = most
            if distance <= most:
                ranked = (int(distance), -self._weight(candidate), candidate)
                best = min(best, ranked) if best else ranked
        return best[2] if best else None

    def _beginning(self, word: str) -> str | None:
        start = bisect_left(self._begun, word)
        begun = []
        for candidate in self._begun[start : start + MOST_BEGUN]:
            if not candidate.startswith(word):
                break
            begun.append(candidate)
        return max(begun, key=lambda found: (self._weight(found), found), default=None)

    def _weight(self, candidate: str) -> float:
        if candidate in KIND_OF or candidate in DIRECTION_OF or candidate in _PLAIN:
            return 200.0
        return max((fact.strength for fact in self._lexicon.meanings(candidate)), default=0.0)


def _windows(place: int, count: int) -> list[tuple[int, int]]:
    """The runs of three, two and one words around a place: `statten island`, `virgina beach`."""
    return [
        (start, length)
        for length in (3, 2, 1)
        for start in range(max(0, place - length + 1), min(place, count - length) + 1)
    ]


def _is_little_known(fact: Fact) -> bool:
    return fact.kind == "city" or (fact.kind == "county" and fact.strength < LARGE_COUNTY)


def _is_slip(one: str, other: str) -> bool:
    """One letter too many or too few, two swapped, or a wrong vowel: Dalton is no slip for Dayton."""
    if abs(len(one) - len(other)) > 1 or OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    wrong = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return len(one) != len(other) or len(wrong) == 2 or _VOWELS.issuperset(wrong[0])


def _single(word: str) -> str:
    return "".join(letter for letter, _run in groupby(word))
