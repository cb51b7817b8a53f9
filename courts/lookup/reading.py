"""Reading a search: which runs of words mean what."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from courts.lookup.elsewhere import ABROAD, ELSEWHERE, ELSEWHERE_ALONE, STATE_COURT, SUPREME_COURT
from courts.lookup.facts import Elsewhere
from courts.lookup.index import STRONG, Fact, Lexicon
from courts.lookup.normalise import fold
from courts.lookup.vocabulary import CONJUNCTIONS, COUNTY_WORDS, DIRECTIONS, FILLERS, KINDS, LITTLE_WORDS, WORD_CODES
from courts.states import STATES

LONGEST_RUN = 5  # words
MOST_SPANS = 5  # a search that names more places is no search

KIND_OF = {word: kind for kind, forms in KINDS.items() for word in forms}
DIRECTION_OF = {word: letter for letter, forms in DIRECTIONS.items() for word in forms}
_IDS_THAT_ARE_WORDS = frozenset(
    "med mad rid deb lamb alm cod ded mob rib mind cob cab had hid mid and ned nod card cad ind land mod ord wad vid"
    " wed gas arb cit gub nys ohs".split()
)


@dataclass(slots=True)
class Span:
    """A run of words, from `start` on, and everything it may mean."""

    start: int
    length: int
    facts: list[Fact]
    is_slip: bool = False  # a better-known place may be meant, which is among the facts

    @property
    def end(self) -> int:
        """The place after the last word."""
        return self.start + self.length


@dataclass(slots=True)
class Reading:
    """What the words were understood as."""

    tokens: list[str]
    spans: list[Span] = field(default_factory=list)
    runs: set[str] = field(default_factory=set)  # the words of the spans, written together
    kind: str = ""
    direction: str = ""
    elsewhere: Elsewhere | None = None
    unread: list[int] = field(default_factory=list)  # places of words that say nothing to us

    @property
    def states(self) -> set[str]:
        """The states that were said."""
        return {fact.state for span in self.spans for fact in span.facts if fact.kind == "state"}


def read(tokens: list[str], capitals: frozenset[str], lexicon: Lexicon) -> Reading:
    """The longest runs first: "Kansas City" is neither Kansas nor a city."""
    reading = Reading(tokens)
    covered = [False] * len(tokens)
    if (length := _state_at_end(tokens, lexicon)) and _take(reading, len(tokens) - length, length, capitals, lexicon):
        covered[-length:] = [True] * length
    for length in range(min(LONGEST_RUN, len(tokens)), 0, -1):
        for start in range(len(tokens) - length + 1):
            if any(covered[start : start + length]):
                continue
            if _take(reading, start, length, capitals, lexicon):
                covered[start : start + length] = [True] * length
    _take_plain_word(reading, covered, lexicon)
    reading.unread = [
        place for place, word in enumerate(tokens) if not covered[place] and word not in FILLERS and len(word) > 1
    ]
    return reading


def settle(reading: Reading) -> None:
    """Drop what was only read by chance, now that the whole search is known."""
    if reading.unread:
        for span in reading.spans:
            span.facts = [fact for fact in span.facts if fact.kind != "zip_near"]
    if reading.kind not in {"appellate", "bap"}:
        # "The first time in Boise", "123 F.3d 456".
        is_alone = len(reading.spans) == 1 and not reading.unread and len(reading.tokens) == 1
        for span in reading.spans:
            span.facts = [fact for fact in span.facts if is_alone or fact.kind != "ordinal"]
    said = reading.states
    sure = {number for span in reading.spans if _is_sure(span) for fact in span.facts for number, _w in fact.districts}
    if said or sure:
        reading.spans = [
            span for span in reading.spans if not is_chance(span) or _fits(span, said, sure if not said else set())
        ]
    reading.spans = [span for span in reading.spans if span.facts]
    if reading.elsewhere is SUPREME_COURT and said - {"DC"}:
        reading.elsewhere = STATE_COURT  # "Supreme Court of Texas"
    if any(fact.kind == "circuit" for span in reading.spans for fact in span.facts):
        reading.kind = _narrower(reading.kind, "appellate")
    elif reading.kind == "appellate" and "circuit" in reading.tokens and _says_county(reading):
        # "Cook County Circuit Court" is a court of Illinois.
        reading.kind, reading.elsewhere = "", reading.elsewhere or STATE_COURT


def _is_sure(span: Span) -> bool:
    return any(fact.strength >= STRONG for fact in span.facts)


def is_chance(span: Span) -> bool:
    """A small town or a county without the word: it may be an ordinary word of the sentence."""
    return all(fact.kind in {"city", "county"} and fact.strength < STRONG for fact in span.facts)


def _fits(span: Span, said: set[str], sure: set[int]) -> bool:
    return any(fact.state in said or sure & {number for number, _w in fact.districts} for fact in span.facts)


def _says_county(reading: Reading) -> bool:
    return any(fact.kind == "county" and fact.strength >= STRONG for span in reading.spans for fact in span.facts)


def _take(reading: Reading, start: int, length: int, capitals: frozenset[str], lexicon: Lexicon) -> bool:
    tokens = reading.tokens
    run = "".join(tokens[start : start + length])
    if _cuts_county(tokens, start, lexicon):
        return False
    if run in ELSEWHERE and (run not in ELSEWHERE_ALONE or len(tokens) == 1):
        reading.elsewhere = reading.elsewhere or ELSEWHERE[run]
        return True
    if run in DIRECTION_OF and _is_direction(tokens, start, length):
        reading.direction = reading.direction or DIRECTION_OF[run]
        return True
    if run in KIND_OF:
        reading.kind = _narrower(reading.kind, KIND_OF[run])
        return True
    if len(run) == 5 and run.isdigit() and lexicon.places.is_abroad(run):
        reading.elsewhere = reading.elsewhere or ABROAD
        return True
    if run in reading.runs:
        return True  # said twice
    if len(reading.spans) == MOST_SPANS:
        return False
    facts = lexicon.meanings(run)
    if not facts or (length == 1 and not _is_meant(reading, facts, start, capitals)):
        return False
    if length > 1 and (tokens[start] in LITTLE_WORDS or _is_place_and_code(tokens[start : start + length], lexicon)):
        return False
    reading.runs.add(run)
    reading.spans.append(Span(start, length, facts))
    return True


def _take_plain_word(reading: Reading, covered: list[bool], lexicon: Lexicon) -> None:
    """The town of "Portal, Georgia" is meant when but for a question about a court nothing else is said."""
    plain = [
        place
        for place, word in enumerate(reading.tokens)
        if not covered[place] and word not in {*LITTLE_WORDS, "federal"}
    ]
    if len(plain) != 1 or len(reading.spans) != 1 or not (said := reading.states):
        return
    place = plain[0]
    if facts := [
        fact for fact in lexicon.meanings(reading.tokens[place]) if fact.kind == "city" and fact.state in said
    ]:
        reading.spans.append(Span(place, 1, facts))
        covered[place] = True


def _is_direction(tokens: list[str], start: int, length: int) -> bool:
    """`nd`, `sd`, `md`: a direction before a place or the word district, a state at the end or alone."""
    run = "".join(tokens[start : start + length])
    if len(tokens) == length:
        return False
    if run in {"nd", "sd", "md"}:
        return start + length < len(tokens) and not is_kind(tokens[start + length])
    if run in {"no", "so", "cd", "ed", "wd"}:
        return start + length < len(tokens)
    following = tokens[start + length : start + length + 1]
    # "North Carolina", "East Hartford" were read as longer runs already; "North Platte" alike.
    return bool(following) or start > 0


def _is_meant(reading: Reading, facts: Sequence[Fact], start: int, capitals: frozenset[str]) -> bool:
    tokens, word = reading.tokens, reading.tokens[start]
    if word in WORD_CODES:
        if word in capitals or len(tokens) == 1:
            return True
        following = tokens[start + 1] if start + 1 < len(tokens) else ""
        if word in CONJUNCTIONS and following and not (following.isdigit() or is_kind(following)):
            return False
        after_place = any(span.end == start for span in reading.spans)
        return after_place or (start == len(tokens) - 1 and start > 0 and word not in CONJUNCTIONS)
    if word in _IDS_THAT_ARE_WORDS and all(fact.kind == "court" for fact in facts):
        return len(tokens) == 1 or all(other in FILLERS or is_kind(other) for other in tokens if other != word)
    return word not in FILLERS or len(tokens) == 1


def _state_at_end(tokens: list[str], lexicon: Lexicon) -> int:
    """How many words the name of a state has that ends the search: "Oak Ridge North Carolina" is not Oak Ridge North,
    Texas; but West New York is a town.
    """
    for length in range(min(LONGEST_RUN, len(tokens)), 0, -1):
        if _cuts_county(tokens, len(tokens) - length, lexicon):
            continue
        if facts := lexicon.meanings("".join(tokens[-length:])):
            is_name = 1 < length < len(tokens) and any(fact.kind == "state" for fact in facts)
            return length if is_name else 0
    return 0


def _cuts_county(tokens: list[str], start: int, lexicon: Lexicon) -> bool:
    """Whether a run would begin with the word for a county that belongs to the words before it: "Monroe County, New
    York" is not Monroe in the County of New York.
    """
    if tokens[start] not in COUNTY_WORDS:
        return False
    return any("".join(tokens[first : start + 1]) in lexicon.facts for first in range(max(0, start - 3), start))


def _is_place_and_code(run: list[str], lexicon: Lexicon) -> bool:
    """Whether these words are a place and the code of its state: "Newton, IA" is not Newtonia, Missouri."""
    code = run[-1].upper()
    return code in STATES and any(fact.state == code for fact in lexicon.meanings("".join(run[:-1])))


def is_kind(word: str) -> bool:
    return word in KIND_OF


def _narrower(known: str, new: str) -> str:
    """Of two kinds in one search the narrower: "bankruptcy district court" means bankruptcy."""
    if {known, new} == {"bankruptcy", "appellate"}:
        return "bap"
    order = ["", "district", "appellate", "bankruptcy", "bap"]
    return max(known, new, key=order.index)


def capitals_of(text: str) -> frozenset[str]:
    """The words of two letters written in capitals, unless all are: `ME` is Maine."""
    if text.isupper():
        return frozenset()
    return frozenset(fold(word) for word in text[:400].replace(",", " ").split() if word.isupper() and len(word) == 2)
