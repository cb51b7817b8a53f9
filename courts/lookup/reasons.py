"""Why a court is in the answer, in one sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from courts.lookup.facts import CourtFacts
from courts.lookup.index import Fact

_ORDER = (
    "court",
    "citation",
    "topic",
    "zip",
    "office",
    "city",
    "nickname",
    "county",
    "zip_near",
    "circuit",
    "ordinal",
    "state",
)


def _kind_words(court_type: str) -> str:
    return {
        "district": _("a district court"),
        "bankruptcy": _("a bankruptcy court"),
        "appellate": _("a court of appeals"),
        "bap": _("a bankruptcy appellate panel"),
        "national": _("a national court"),
    }[court_type]


def why(court: CourtFacts, facts: Sequence[Fact], *, said_kind: str) -> str:
    """One sentence without its full stop: the strongest fact, and whether the kind is the one asked for."""
    if not facts:
        return _capital(_kind_words(court.court_type))
    fact = min(facts, key=lambda found: _ORDER.index(found.kind))
    said = _sentence(court, fact)
    if said_kind and said_kind != court.court_type:
        return _("%(why)s, but is %(kind)s") % {"why": said, "kind": _kind_words(court.court_type)}
    return said


def _sentence(court: CourtFacts, fact: Fact) -> str:
    names = {"label": fact.label, "detail": fact.detail}
    hears = court.court_type in {"appellate", "bap"}
    match fact.kind:
        case "court":
            return _("Is %(label)s") % names
        case "citation":
            return (_("Hears appeals from %(label)s") if hears else _("Is cited as %(label)s")) % names
        case "topic":
            return _("Hears such cases from the whole country")
        case "zip":
            return _("ZIP code %(label)s is in %(detail)s") % names
        case "office":
            if hears:
                return _("Hears appeals from %(label)s") % names
            return (_("Has an office in %(label)s") if _has_office(court, fact) else _("Serves %(label)s")) % names
        case "city":
            if hears:
                return _("Hears appeals from %(label)s") % names
            return (
                _("%(label)s, lies partly in %(detail)s") if fact.partly else _("%(label)s, is in %(detail)s")
            ) % names
        case "nickname":
            if hears:
                return _("Hears appeals from %(detail)s") % names
            return (_("“%(label)s” is partly %(detail)s") if fact.partly else _("“%(label)s” is %(detail)s")) % names
        case "circuit" | "ordinal":
            return _("%(label)s") % names
        case "county" if not hears:
            return _("Serves %(label)s") % names
        case "state" if not hears:
            return _("A court in %(label)s") % names
        case _:
            return _("Hears appeals from %(label)s") % names


def _has_office(court: CourtFacts, fact: Fact) -> bool:
    city = fact.label.partition(",")[0].casefold()
    return city == court.city.casefold() or any(name.casefold() == city for name, _state, _zip in court.offices)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
