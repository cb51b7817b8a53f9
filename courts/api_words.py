"""Parameters and examples with which the API describes its courts."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from courts.kinds import CourtType
from courts.selection import CIRCUITS, STATUSES
from courts.states import STATES

_CANB = {
    "court_id": "canb",
    "psc_id": "CANBK",
    "name": "United States Bankruptcy Court for the Northern District of California",
    "short_name": "Northern California Bankruptcy",
    "citation": "Bankr. N.D. Cal.",
    "court_type": "bankruptcy",
    "circuit": "9",
    "state": "CA",
    "city": "San Francisco",
    "time_zone": "America/Los_Angeles",
    "hosted_by": None,
    "status": "live",
    "go_live_basis": "dated",
    "nextgen_go_live": "2021-02-16",
    "go_live_at": "2021-02-16T00:00:00-08:00",
    "dark_from": None,
    "dark_until": None,
    "cmecf_url": "https://ecf.canb.uscourts.gov",
    "website_url": "https://www.canb.uscourts.gov",
    "rss_url": "https://ecf.canb.uscourts.gov/cgi-bin/rss_outside.pl",
    "pdf_limit_mb": 40,
    "help_desk": {"email": "", "phone": "888-821-7606"},
    "emergency_contact": "",
    "order_url": "",
}
LIST_EXAMPLE = OpenApiExample(
    "Bankruptcy courts for Oakland",
    summary="GET /api/v1/courts/?q=oakland&type=bankruptcy",
    value={"count": 1, "next": None, "previous": None, "results": [_CANB]},
    response_only=True,
    status_codes=["200"],
)
COURT_EXAMPLE = OpenApiExample(
    "Northern California Bankruptcy",
    summary="GET /api/v1/courts/canb/",
    value={
        **_CANB,
        "offices": [
            {
                "name": "Oakland Division",
                "address": "1300 Clay Street, Oakland, CA 94612",
                "city": "Oakland",
                "state": "CA",
                "zip": "94612",
                "hours": "9:00 a.m. - 4:30 p.m.",
                "phone": "888-821-7606",
                "email": "",
            }
        ],
        "counties": [{"state": "CA", "name": "Alameda"}, {"state": "CA", "name": "Contra Costa"}],
    },
    response_only=True,
    status_codes=["200"],
)
COURT_ID = OpenApiParameter(
    "court_id",
    OpenApiTypes.STR,
    OpenApiParameter.PATH,
    description="PACER’s lower-case abbreviation.",
    examples=[OpenApiExample("canb", value="canb")],
)
AS_OF = OpenApiParameter(
    "as_of",
    {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "maxLength": 0}]},
    description="Show statuses as of this ISO 8601 instant, with its offset from UTC. By default now.",
    examples=[
        OpenApiExample("a second before go-live", value="2021-02-15T23:59:59-08:00"),
        OpenApiExample("at go-live", value="2021-02-16T00:00:00-08:00"),
    ],
)


def _any_of(name: str, values: list[str], description: str, example: str) -> OpenApiParameter:
    return OpenApiParameter(
        name,
        {"type": "array", "items": {"type": "string", "enum": ["", *values]}},
        description=description,
        explode=True,
        style="form",
        examples=[OpenApiExample(example, value=[example])],
    )


LIST_FILTERS = [
    OpenApiParameter(
        "q",
        OpenApiTypes.STR,
        description="Whatever people call a court: name, id, citation, city, county, ZIP code, misspelled too. "
        "Of a longer text the first 200 characters are read.",
        examples=[OpenApiExample("a city and a kind of court", value="oakland bankruptcy")],
    ),
    _any_of("type", list(CourtType.values), "Type of court.", "bankruptcy"),
    _any_of("state", list(STATES), "USPS code of the state.", "CA"),
    _any_of("circuit", list(CIRCUITS), "Circuit.", "9"),
    _any_of(
        "status",
        list(STATUSES),
        "Status. `live_dated` and `live_day_unknown` are the two kinds of `live`.",
        "scheduled",
    ),
    OpenApiParameter(
        "county",
        OpenApiTypes.STR,
        description="Courts that serve this county, by its name, with or without the state.",
        examples=[OpenApiExample("Alameda, CA", value="Alameda, CA")],
    ),
    OpenApiParameter(
        "city",
        OpenApiTypes.STR,
        description="Courts that have an office in this city.",
        examples=[OpenApiExample("Oakland", value="Oakland")],
    ),
    AS_OF,
    OpenApiParameter(
        "page", {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1}, description="Page, from 1."
    ),
    OpenApiParameter(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": 250, "default": 50},
        description="Courts a page.",
    ),
]
