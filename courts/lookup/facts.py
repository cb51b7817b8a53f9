"""What goes into the look-up and what comes out of it. No database here: the directory brings the facts."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtFacts:
    """What the look-up knows of a court. `counties` are (state, county), `offices` (city, state, ZIP code)."""

    court_id: str
    psc_id: str
    name: str
    short_name: str
    citation: str
    court_type: str
    circuit: str
    state: str
    city: str
    cmecf_url: str
    hosted_by: str | None
    offices: tuple[tuple[str, str, str], ...] = field(repr=False, default=())
    counties: tuple[tuple[str, str], ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class Match:
    """A court that fits: its score (higher is better, comparable within one answer) and in words why."""

    court_id: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several places of the name that was asked for; `query` asks for it without doubt."""

    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A court that is none of ours: what to say, and where it is found."""

    code: str
    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search, best match first."""

    matches: tuple[Match, ...] = ()
    read_as: str | None = None
    choices: tuple[Choice, ...] = ()
    elsewhere: Elsewhere | None = None
