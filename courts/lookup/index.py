"""The dictionary behind the look-up: from a key without blanks to the facts it may mean."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2

from courts.lookup.cities import THOUSANDS
from courts.lookup.facts import CourtFacts
from courts.lookup.gazetteer import City, Places
from courts.lookup.normalise import county_key, key, words
from courts.lookup.vocabulary import CIRCUIT_WORDS, NICKNAMES, ORDINALS, STATE_FORMS, TOPICS
from courts.states import STATES

# Weights: how surely a key means the courts of a fact, out of 100 for a place nobody can mistake.
W_SEAT, W_OFFICE, W_COUNTY_SAID, W_COUNTY, W_ZIP, W_ZIP_NEAR = 103.0, 100.0, 90.0, 58.0, 95.0, 60.0
W_NICKNAME, W_CITY, W_CITY_ONLY, W_CITY_SMALL = 101.0, 82.0, 70.0, 30.0
W_STATE, W_CITATION, W_COURT, W_CIRCUIT = 60.0, 110.0, 140.0, 110.0
OUTSIDE = 0.75  # of an office that stands in a neighbor's district
STRONG = 80.0  # a place from here up is what a bare name means
ONE_COUNTY = frozenset({"AS", "DC", "GU", "VI", "MP"})


@dataclass(frozen=True, slots=True)
class District:
    """A judicial district: the places in it belong to it, not to one of its courts."""

    state: str
    direction: str  # "N", "S", … or "" where the state is one district
    district: str  # court ids; "" where there is none
    bankruptcy: str
    appellate: str
    bap: str
    size: int  # counties


@dataclass(frozen=True, slots=True)
class Fact:
    """One meaning of a key. `districts` weigh numbers of districts, `courts` single courts.

    `kind`: court, citation, circuit, ordinal, state, office, city, county, zip, zip_near, nickname, topic. `label` is
    the thing said ("Oakland, California"), `detail` what it lies in or stands for, of a court how it was named.
    """

    kind: str
    label: str
    detail: str = ""
    state: str = ""
    partly: bool = False  # the place lies in other districts as well
    districts: tuple[tuple[int, float], ...] = ()
    courts: tuple[tuple[str, float], ...] = ()

    @property
    def strength(self) -> float:
        """The weight of what it says most surely."""
        return max(weight for _place, weight in (*self.districts, *self.courts))


type Counties = Mapping[tuple[str, str], tuple[str, tuple[int, ...]]]  # (state, key): name and its districts


@dataclass(slots=True)
class Lexicon:
    """Every key with its facts, and the courts and districts they weigh. Cities and ZIP codes are read when asked."""

    courts: dict[str, CourtFacts]
    districts: list[District] = field(default_factory=list)
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    whole: dict[str, str] = field(default_factory=dict)  # a whole query that names one court
    fuzzy: dict[str, str] = field(default_factory=dict)  # key: how it is written, for words worth guessing
    places: Places = field(default_factory=lambda: Places.from_bytes(b""))
    held: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)  # for each county of `places`

    def add(self, text: str, fact: Fact, *, guess: bool = False) -> None:
        if found := key(text):
            self.facts.setdefault(found, []).append(fact)
            if guess:
                self.fuzzy.setdefault(found, text)

    def meanings(self, run: str) -> list[Fact]:
        """Everything that a key may mean."""
        if len(run) == 5 and run.isdigit():
            return self._code(run)
        found = self.facts.get(run, [])
        cities = self.places.cities(run)
        if not cities or run.upper() in STATES:
            return found
        offices = {fact.state for fact in found if fact.kind == "office"}
        lone = len(cities) == 1
        # "Wyoming" is the state, though Michigan has a city of that name.
        most = W_CITY_SMALL if any(fact.kind == "state" for fact in found) else W_CITY + 12
        return [
            *found,
            *(
                fact
                for city in cities
                if city.state not in offices
                for fact in self._city(city, min(most, _city_weight(run, city, lone=lone)))
            ),
        ]

    def of_town(self, town: str, state: str, otherwise: int) -> tuple[int, ...]:
        """The districts that a town lies in; `otherwise` where the gazetteer doesn't know it."""
        for city in self.places.cities(town):
            if city.state == state:
                return tuple(number for place in city.counties for number in self.held[place][1])
        return (otherwise,)

    def _code(self, code: str) -> list[Fact]:
        place = self.places.county_of(code)
        if place is None or not self.held[place][1]:
            return []
        name, own = self.held[place]
        state = self.places.counties[place][0]
        is_known = self.places.has_code(code)
        weight = W_ZIP if is_known else W_ZIP_NEAR
        kind = "zip" if is_known else "zip_near"
        return [Fact(kind, code, county_label(state, name), state, districts=tuple((n, weight) for n in own))]

    def _city(self, city: City, weight: float) -> list[Fact]:
        """A fact for each district that the city lies in, the one with most of its ZIP codes first."""
        own: dict[tuple[int, ...], list[str]] = {}
        for place in city.counties:
            county, districts = self.held[place]
            if districts:
                own.setdefault(districts, []).append(county_label(city.state, county, alone=True))
        label = f"{city.name}, {state_name(city.state)}"
        return [
            Fact(
                "city",
                label,
                counties[0],
                city.state,
                partly=len(own) > 1,
                districts=tuple((number, weight - 4 * rank) for number in districts),
            )
            for rank, (districts, counties) in enumerate(own.items())
        ]


def build_lexicon(courts: Sequence[CourtFacts], places: Places) -> Lexicon:
    """The dictionary for these courts and places."""
    lexicon = Lexicon({court.court_id: court for court in courts}, places=places)
    numbers = _number_districts(lexicon, courts)
    by_county = _counties(courts, numbers)
    lexicon.held = [by_county.get((state, county), ("", ())) for state, county, _name in places.counties]
    _add_courts(lexicon, courts)
    _add_citations(lexicon)
    _add_states(lexicon)
    _add_circuits(lexicon, courts)
    _add_offices(lexicon, courts, numbers)
    _add_counties(lexicon, by_county)
    _add_nicknames(lexicon, by_county)
    for name in places.larger:
        lexicon.fuzzy.setdefault(key(name), name)
    return lexicon


def state_name(code: str) -> str:
    """`California`; American Samoa, which has no court, too."""
    return STATES.get(code) or {"AS": "American Samoa"}.get(code, code)


def county_label(state: str, name: str, *, alone: bool = False) -> str:
    """`Alameda County, California`; in Louisiana a parish; `alone` without the state."""
    if state == "LA":
        name = f"{name} Parish"
    elif state not in {"AK", "PR", *ONE_COUNTY} and not name.endswith("City"):
        name = f"{name} County"
    return name if alone or name == state_name(state) else f"{name}, {state_name(state)}"


def _number_districts(lexicon: Lexicon, courts: Sequence[CourtFacts]) -> dict[str, int]:
    """Number the districts; the number of each district or bankruptcy court."""
    grouped: dict[str, dict[str, CourtFacts]] = defaultdict(dict)
    for court in courts:
        if court.court_type in {"district", "bankruptcy"}:
            grouped[key(court.citation.removeprefix("Bankr. "))][court.court_type] = court
    appellate = {court.circuit: court.court_id for court in courts if court.court_type == "appellate"}
    panels = {court.circuit: court.court_id for court in courts if court.court_type == "bap"}
    numbers: dict[str, int] = {}
    for pair in grouped.values():
        main = pair.get("district") or pair["bankruptcy"]
        for court in pair.values():
            numbers[court.court_id] = len(lexicon.districts)
        lexicon.districts.append(
            District(
                state=main.state,
                direction=_direction_of(main.citation),
                district=pair["district"].court_id if "district" in pair else "",
                bankruptcy=pair["bankruptcy"].court_id if "bankruptcy" in pair else "",
                appellate=appellate.get(main.circuit, ""),
                bap=panels.get(main.circuit, ""),
                size=_people(main),
            )
        )
    return numbers


def _direction_of(citation: str) -> str:
    """`N` of `N.D. Cal.`, empty for `D. Mass.`."""
    plain = citation.removeprefix("Bankr. ")
    return plain[0] if plain[1:4] == ".D." else ""


def _people(court: CourtFacts) -> int:
    """A sign of how many people a district has: those of its larger cities that have an office."""
    towns = {(key(city), state) for city, state, _zip in court.offices} | {(key(court.city), court.state)}
    return sum(THOUSANDS.get(town, 0) for town in towns)


def _counties(courts: Sequence[CourtFacts], numbers: Mapping[str, int]) -> Counties:
    keys: dict[str, str] = {}  # most county names come several times
    found: dict[tuple[str, str], tuple[str, dict[int, None]]] = {}
    for court in courts:
        if court.court_id in numbers:
            for state, name in court.counties:
                if name not in keys:
                    keys[name] = county_key(name)
                entry = found.setdefault((state, keys[name]), (name, {}))
                entry[1][numbers[court.court_id]] = None
    return {where: (name, tuple(sorted(own))) for where, (name, own) in found.items()}


def _add_courts(lexicon: Lexicon, courts: Sequence[CourtFacts]) -> None:
    for court in courts:
        for text in (court.name, court.short_name, court.citation, court.court_id, court.psc_id):
            if text:
                lexicon.whole.setdefault(key(text), court.court_id)
        code = Fact("court", court.court_id, courts=((court.court_id, W_COURT),))
        for text in sorted({court.court_id, court.psc_id.lower()} - {""}):
            lexicon.add(text, code)
        topics = TOPICS.get(court.court_id, ())
        for text in (court.citation, court.name, court.short_name, *topics) if topics else ():
            lexicon.add(text, Fact("topic", text, courts=((court.court_id, W_COURT),)), guess=" " in text)


def _add_citations(lexicon: Lexicon) -> None:
    for number, district in enumerate(lexicon.districts):
        main = lexicon.courts[district.district or district.bankruptcy]
        citation = main.citation.removeprefix("Bankr. ")
        fact = Fact("citation", citation, districts=((number, W_CITATION),))
        for text in sorted({citation, *_acronyms(district, citation)}):
            lexicon.add(text, fact)
        host = district.district[:-1]  # many courts' own sites leave the d away: www.txs.uscourts.gov
        if len(host) > 2 and host not in lexicon.facts:
            lexicon.add(host, fact)


def _acronyms(district: District, citation: str) -> Iterable[str]:
    """`sdny`, `ndca`, `edva`, `dnj`, `casd`: what lawyers write for a district."""
    letter, state = district.direction.lower(), district.state.lower()
    forms = {state, "".join(words(citation)[1:]), *STATE_FORMS.get(district.state, "").split()} - {""}
    forms.add(key(STATES.get(district.state, "")))
    for form in forms:
        yield f"{letter}d{form}"
        if letter:
            yield f"{form}{letter}d"
            yield f"{letter}{form}" if len(form) > 2 else f"{letter}d{form}"


def _add_states(lexicon: Lexicon) -> None:
    for code, name in STATES.items():
        own = [number for number, district in enumerate(lexicon.districts) if district.state == code]
        if not own:
            continue
        total = sum(lexicon.districts[number].size for number in own) or 1
        weights = tuple((number, W_STATE + 4 * lexicon.districts[number].size / total) for number in own)
        fact = Fact("state", name, state=code, districts=weights)
        lexicon.add(name, fact, guess=True)
        forms = {code.lower(), *STATE_FORMS.get(code, "").split()}
        for number in own:
            main = lexicon.courts[lexicon.districts[number].district or lexicon.districts[number].bankruptcy]
            forms.add("".join(words(main.citation.removeprefix("Bankr. "))[1:]))
        for form in sorted(forms - {key(name), ""}):
            lexicon.facts.setdefault(form, []).append(fact)


def _add_circuits(lexicon: Lexicon, courts: Sequence[CourtFacts]) -> None:
    own: dict[str, list[CourtFacts]] = defaultdict(list)
    for court in courts:
        if court.court_type in {"appellate", "bap"}:
            own[court.circuit].append(court)
    for circuit, members in own.items():
        main = min(members, key=lambda court: court.court_type)
        weights = tuple((court.court_id, W_CIRCUIT) for court in members)
        label = main.short_name.partition(" Circuit")[0] + " Circuit"
        fact = Fact("circuit", label, courts=weights)
        for number in ORDINALS.get(circuit, ()):
            for word in CIRCUIT_WORDS:
                if circuit == "fed" and "cir" not in word:
                    continue  # "a federal court of appeals" is any of them
                lexicon.facts.setdefault(number + word, []).append(fact)
                lexicon.facts.setdefault(word + number, []).append(fact)
            if circuit not in {"dc", "fed"} and not number.isdigit():
                lexicon.facts.setdefault(number, []).append(Fact("ordinal", label, courts=weights))


def _add_offices(lexicon: Lexicon, courts: Sequence[CourtFacts], numbers: Mapping[str, int]) -> None:
    found: dict[tuple[str, str], tuple[str, dict[int, float]]] = {}
    for court in courts:
        if court.court_id not in numbers:
            continue
        number = numbers[court.court_id]
        for name, state, weight in _towns(court):
            town = key(name)
            _written, own = found.setdefault((town, state), (name, {}))
            weight += 10 * prominence(town, state)  # noqa: PLW2901 - the same weight, made whole
            if number not in lexicon.of_town(town, state, number):
                weight *= OUTSIDE  # noqa: PLW2901
            own[number] = max(own.get(number, 0.0), weight)
    for (_town, state), (name, own) in found.items():
        label = f"{name}, {state_name(state)}"
        lexicon.add(name, Fact("office", label, state=state, districts=tuple(own.items())), guess=True)


def _towns(court: CourtFacts) -> Iterable[tuple[str, str, float]]:
    for name in (court.city, *court.city.replace(")", "").split(" (")):
        yield name, court.state, W_SEAT
    for name, state, _zip in court.offices:
        if name and state:
            yield name, state, W_OFFICE


def prominence(town: str, state: str, size: int = 0) -> float:
    """How well known a city is, 0 to 1: by its people, else by its ordinary ZIP codes."""
    if people := THOUSANDS.get((town, state)):
        return min(1.0, log2(people) / 12)
    return min(0.45, log2(1 + size) / 10)


def _city_weight(town: str, city: City, *, lone: bool) -> float:
    known = 12 * prominence(town, city.state, city.size)
    if (town, city.state) in THOUSANDS:
        return W_CITY + known
    if lone:
        return W_CITY_ONLY + known
    if city.size >= 3:
        return 70.0 + known
    return 55.0 if city.size == 2 else W_CITY_SMALL + known


def _add_counties(lexicon: Lexicon, by_county: Counties) -> None:
    sizes = Counter(lexicon.places.codes)
    zips = {(state, county): sizes[n + 1] for n, (state, county, _name) in enumerate(lexicon.places.counties)}
    for (state, county), (name, own) in by_county.items():
        label = county_label(state, name)
        known = 10 * min(1.0, log2(1 + zips.get((state, county), 0)) / 9)
        if any(fact.kind == "office" and fact.state == state for fact in lexicon.facts.get(county, ())):
            known += 2  # St. Louis County of Missouri, not of Minnesota
        said = Fact("county", label, state=state, districts=tuple((n, W_COUNTY_SAID + known) for n in own))
        bare = Fact("county", label, state=state, districts=tuple((n, W_COUNTY + 3 * known) for n in own))
        for word in _county_words(state):
            lexicon.facts.setdefault(county + word, []).append(said)
            lexicon.facts.setdefault(word + county, []).append(said)
        lexicon.facts.setdefault(county, []).append(bare)
        lexicon.fuzzy.setdefault(county, name)


def _county_words(state: str) -> tuple[str, ...]:
    if state == "LA":
        return ("county", "parish")
    if state == "AK":
        return ("county", "borough", "censusarea", "municipality")
    if state == "PR":
        return ("county", "municipio", "municipality")
    return ("county", "cty")


def _add_nicknames(lexicon: Lexicon, by_county: Counties) -> None:
    for line in NICKNAMES.strip().splitlines():
        name, _colon, where = line.partition(": ")
        own: dict[tuple[int, ...], list[str]] = {}
        states: list[str] = []
        for place in where.split("; "):
            county, _comma, state = place.rpartition(", ")
            known = by_county.get((state, county_key(county))) or by_county.get((state, key(f"{county} city")))
            if known:
                own.setdefault(known[1], []).append(county_label(state, known[0]))
                states.append(state)
        title = name.upper() if len(name) < 4 else name.title()
        for rank, (districts, labels) in enumerate(own.items()):
            fact = Fact(
                "nickname",
                title,
                labels[0],
                states[0] if len(set(states)) == 1 else "",
                partly=len(own) > 1,
                districts=tuple((number, W_NICKNAME - 6 * rank) for number in districts),
            )
            lexicon.add(name, fact, guess=len(key(name)) > 4)
