"""What a word that says nothing was meant to be: misspelled, not finished, or a near miss of a well-known place."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import OSA

from courts.lookup.cities import THOUSANDS
from courts.lookup.index import Fact, Lexicon
from courts.lookup.normalise import fold
from courts.lookup.reading import KIND_OF, Reading, is_chance

MOST_GUESSES = 5  # words of one search
SHORTEST_GUESS = 5  # letters; four for a well-known place
LONGEST_GUESS = 30
MOST_BEGUN = 200  # words that begin alike and are compared
WELL_KNOWN = 250  # thousand people
TIMES_LARGER = 3  # a place must be that to be meant by the name of a real one that is spelled almost like it
LARGE_COUNTY = 74.0  # weight from which a county is known by its bare name
SURE = 100.0  # weight of states
LIKELY = 86.0  # weight from which a place is guessed from four letters, or from words that are places themselves
_VOWELS = frozenset("aeiouy")
# Words of a search that are mended, beside the places; other forms of them are known, but not what was meant.
_PLAIN = (
    *("district", "county", "circuit", "appeals", "appellate", "bankruptcy", "bankruptcies", "creditors", "chapter"),
    *("northern", "southern", "eastern", "western", "middle", "central"),
)
_ENDINGS = (("borough", "boro"), ("boro", "borough"), ("burgh", "burg"), ("burg", "burgh"))
_IN_FULL = {"st": "saint", "ft": "fort", "mt": "mount"}


@dataclass(frozen=True, slots=True)
class _Candidate:
    letters: str
    single: str  # doubled letters written once: "bufalo"
    written: str
    weight: float


class Guesser:
    """The words worth guessing, by their first letter. Immutable; safe between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._alike: dict[tuple[str, int], list[_Candidate]] = defaultdict(list)  # first letter and length
        self._by_single: dict[str, list[_Candidate]] = defaultdict(list)
        self._by_letters: dict[str, _Candidate] = {}
        for candidate in sorted(_candidates(lexicon), key=lambda found: found.letters):
            self._by_letters.setdefault(candidate.letters, candidate)
        for candidate in self._by_letters.values():
            self._alike[candidate.letters[0], len(candidate.letters)].append(candidate)
            self._by_single[candidate.single].append(candidate)
        self._begun = sorted(lexicon.fuzzy)
        self._well_known: dict[str, list[str]] = defaultdict(list)
        for found in self._begun:
            if any(fact.kind == "office" for fact in lexicon.facts.get(found, ())):
                self._well_known[found[0]].append(found)

    def mend(self, reading: Reading) -> list[str] | None:
        """The words with those replaced that say nothing, as they are written; None where none could be.

        Words that are only little-known places are mended together with their neighbors: "lon beach" is Long Beach.
        """
        tokens = list(reading.tokens)
        mended = False
        doubtful = _doubtful(reading)
        for place in sorted({*reading.unread, *doubtful})[:MOST_GUESSES]:
            for start, length in _windows(place, len(tokens)):
                run = tokens[start : start + length]
                if not all(run) or (length > 1 and any(word in KIND_OF for word in run)):
                    continue
                if place in doubtful and (length == 1 or not doubtful.issuperset(range(start, start + length))):
                    continue
                written = self._like("".join(run), is_last=start + length == len(tokens), is_sure=place in doubtful)
                if written is not None:
                    tokens[start : start + length] = [written] + [""] * (length - 1)
                    mended = True
                    break
        return [token for token in tokens if token] if mended else None

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

    def _like(self, word: str, *, is_last: bool, is_sure: bool) -> str | None:
        """What `word` is a misspelling of, or the beginning of where the person may still be typing."""
        if is_last and not is_sure and len(word) >= 3 and (begun := self._beginning(word)):
            return begun
        if not SHORTEST_GUESS - 1 <= len(word) <= LONGEST_GUESS or any(c.isdigit() for c in word):
            return None
        for old, new in _ENDINGS:
            if word.endswith(old) and (other := self._by_letters.get(word.removesuffix(old) + new)):
                return other.written
        return self._nearest(word, least=LIKELY if is_sure or len(word) < SHORTEST_GUESS else 0.0)

    def _nearest(self, word: str, *, least: float) -> str | None:
        """The candidate with the fewest and likeliest slips; of several the best-known."""
        most = 1 if len(word) < 8 else 2
        single = _single(word)
        best: tuple[float, float, str, str] | None = None
        lengths = range(max(SHORTEST_GUESS, len(word) - most), len(word) + most + 1)
        near = [candidate for length in lengths for candidate in self._alike.get((word[0], length), ())]
        for candidate in (*self._by_single.get(single, ()), *near):
            if candidate.weight < least or len(candidate.letters) < SHORTEST_GUESS:
                continue
            slips = 0.5 if candidate.single == single else _slips(word, candidate.letters, most=most)
            if slips <= most or (slips == 1.5 and len(word) >= SHORTEST_GUESS):
                ranked = (slips, -candidate.weight, candidate.letters, candidate.written)
                best = min(best, ranked) if best else ranked
        return best[3] if best else None

    def _beginning(self, word: str) -> str | None:
        start = bisect_left(self._begun, word)
        begun = []
        for found in self._begun[start : start + MOST_BEGUN]:
            if not found.startswith(word):
                break
            begun.append(self._by_letters[found])
        best = max(begun, key=lambda candidate: (candidate.weight, candidate.letters), default=None)
        return best.written if best else None


def _candidates(lexicon: Lexicon) -> Iterable[_Candidate]:
    for word in _PLAIN:
        yield _Candidate(word, _single(word), word, 2 * SURE)
    for found, written in lexicon.fuzzy.items():
        facts = lexicon.meanings(found)
        weight = max((SURE if fact.kind == "state" else fact.strength for fact in facts), default=0.0)
        yield _Candidate(found, _single(found), written, weight)
        parts = [_IN_FULL.get(part, part) for part in fold(written).replace(".", "").split()]
        if (in_full := "".join(parts)) != found and in_full.isalpha():
            yield _Candidate(in_full, _single(in_full), written, weight)


def _doubtful(reading: Reading) -> set[int]:
    """The words that alone are little-known places, of no state that was said."""
    said = reading.states
    return {
        span.start
        for span in reading.spans
        if span.length == 1 and is_chance(span) and not said & {fact.state for fact in span.facts}
    }


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
    return len(one) != len(other) or len(wrong) == 2 or (bool(wrong) and _VOWELS.issuperset(wrong[0]))


def _slips(word: str, other: str, *, most: int) -> float:
    """How many slips lie between two words, a wrong consonant counting more."""
    slips = float(OSA.distance(word, other, score_cutoff=most))
    return 1.5 if slips == 1 and not _is_slip(word, other) else slips


def _single(word: str) -> str:
    return "".join(letter for letter, _run in groupby(word))
