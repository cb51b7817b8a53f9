"""Why a court is in the answer, in one sentence."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from courts.lookup.facts import CourtFacts
from courts.lookup.index import Fact

# The fact that is told when several speak for a court: the surest way of naming it first.
_ORDER = (
    *("court", "citation", "topic", "zip", "office", "city", "nickname", "county", "zip_near"),
    *("circuit", "ordinal", "state"),
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
    kind = _kind_words(court.court_type)
    if not facts:
        return _capital(kind)
    fact = min(facts, key=lambda found: _ORDER.index(found.kind))
    names = {"label": fact.label, "detail": fact.detail, "kind": _capital(kind)}
    if said_kind == court.court_type and (said := _of_that_kind(court, fact, names)):
        return said
    said = _sentence(court, fact, names)
    if said_kind and said_kind != court.court_type:
        return _("%(why)s, but is %(kind)s") % {"why": said, "kind": kind}
    return said


def _of_that_kind(court: CourtFacts, fact: Fact, names: Mapping[str, str]) -> str:
    """`A bankruptcy court with an office in Oakland, California`, where that kind was asked for; else empty."""
    match fact.kind:
        case "office" if _has_office(court, fact):
            return _("%(kind)s with an office in %(label)s") % names
        case "office" | "county" if court.court_type in {"district", "bankruptcy"}:
            return _("%(kind)s that serves %(label)s") % names
        case "state" if court.court_type in {"district", "bankruptcy"}:
            return _("%(kind)s in %(label)s") % names
    return ""


def _sentence(court: CourtFacts, fact: Fact, names: Mapping[str, str]) -> str:
    match fact.kind:
        case "court":
            return _named(fact, names)
        case "topic":
            return _("Hears such cases from the whole country")
        case "circuit" | "ordinal":
            return (
                _("Hears bankruptcy appeals in the %(label)s")
                if court.court_type == "bap"
                else _("Hears appeals in the %(label)s")
            ) % names
    if court.court_type in {"appellate", "bap"}:
        return _appeals(court, fact, names)
    match fact.kind:
        case "citation":
            return _("Is cited as %(label)s") % names
        case "zip":
            return _("ZIP code %(label)s is in %(detail)s") % names
        case "zip_near":
            return _("ZIP codes near %(label)s are in %(detail)s") % names
        case "office" if _has_office(court, fact):
            return _("Has an office in %(label)s") % names
        case "city":
            if fact.partly:
                return _("%(label)s, lies partly in %(detail)s") % names
            return _("%(label)s, is in %(detail)s") % names
        case "nickname":
            return (_("“%(label)s” is partly %(detail)s") if fact.partly else _("“%(label)s” is %(detail)s")) % names
        case "state":
            return _("A court in %(label)s") % names
    return _("Serves %(label)s") % names


def _named(fact: Fact, names: Mapping[str, str]) -> str:
    match fact.detail:
        case "citation":
            return _("Is cited as %(label)s") % names
        case "name":
            return _("Is the %(label)s") % names
    return _("Its abbreviation is %(label)s") % names


def _appeals(court: CourtFacts, fact: Fact, names: Mapping[str, str]) -> str:
    where = names["detail"] if fact.kind in {"zip", "zip_near", "nickname"} else names["label"]
    if court.court_type == "bap":
        return _("Hears bankruptcy appeals from %(label)s") % {"label": where}
    return _("Hears appeals from %(label)s") % {"label": where}


def _has_office(court: CourtFacts, fact: Fact) -> bool:
    city = fact.label.partition(",")[0].casefold()
    return city == court.city.casefold() or any(name.casefold() == city for name, _state, _zip in court.offices)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
