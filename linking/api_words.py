"""Parameters and examples with which the API describes links and readiness."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from linking.api_shapes import LINK_STATES

_ID = "6f1c5c1e-8a57-4f0e-9f4e-2f5a3f6f7d10"
_QUESTION = {
    "id": _ID,
    "court_id": "canb",
    "filer_login": "jroe",
    "role": "attorney",
    "pacer_account_number": "7204418",
    "state": "pending",
    "linked_at": None,
    "ended_at": None,
    "end_reason": "",
    "undo_until": None,
    "receipt": None,
}
_LINK = {
    **_QUESTION,
    "state": "active",
    "linked_at": "2021-02-16T09:44:10-08:00",
    "undo_until": "2021-02-17T09:44:10-08:00",
    "receipt": "CANB-7K4M-2Q9X",
}
_LINES = [
    {"code": "name", "label": "Name", "pacer": "Jane Roe", "filer": "Jane A. Whitfield", "likeness": "different"},
    {
        "code": "email",
        "label": "Email",
        "pacer": "j•••••@roelaw.example",
        "filer": "j•••••@roelaw.example",
        "likeness": "same",
    },
]

LINK_ID = OpenApiParameter(
    "link_id",
    OpenApiTypes.UUID,
    OpenApiParameter.PATH,
    description="The link’s id.",
    examples=[OpenApiExample("a link", value=_ID)],
)
CSRF_TOKEN = OpenApiParameter(
    "X-CSRFToken",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="What the cookie `portal_csrf` holds.",
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 255},
    OpenApiParameter.HEADER,
    description="Any text of your own, new for each thing you want done: sent again with the same body within 24 hours "
    "and the same session it gets the same answer (with `Idempotency-Replayed: true`), and nothing is done twice.",
)
WRITING = [CSRF_TOKEN, IDEMPOTENCY_KEY]
LIST_FILTERS = [
    OpenApiParameter("court", OpenApiTypes.STR, description="Links at this court alone, by its `court_id`."),
    OpenApiParameter(
        "state",
        {"type": "array", "items": {"type": "string", "enum": list(LINK_STATES)}},
        description="Links in these states.",
        explode=True,
        style="form",
        examples=[OpenApiExample("those that hold", value=["active", "frozen"])],
    ),
    OpenApiParameter(
        "page", {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1}, description="Page, from 1."
    ),
    OpenApiParameter(
        "page_size", {"type": "integer", "minimum": 1, "maximum": 250, "default": 50}, description="Rows a page."
    ),
]
READINESS_FILTERS = [
    OpenApiParameter(
        "court",
        {"type": "array", "items": {"type": "string"}},
        description="These courts, by their `court_id`; by default those where the person files.",
        explode=True,
        style="form",
        examples=[OpenApiExample("Northern California Bankruptcy", value=["canb"])],
    ),
    OpenApiParameter(
        "as_of",
        {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "maxLength": 0}]},
        description="As of this ISO 8601 instant, with its offset from UTC; by default now. Linking itself always "
        "follows the clock.",
        examples=[OpenApiExample("a second before go-live", value="2021-02-15T23:59:59-08:00")],
    ),
    *LIST_FILTERS[2:],
]


def _answer(name: str, value: object, *, status: str = "200") -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=[status])


START_EXAMPLE = OpenApiExample(
    "Credentials",
    value={"court_id": "canb", "login": "jroe", "password": "Court-Demo-2026!"},
    request_only=True,
)
CONFIRM_EXAMPLE = OpenApiExample("Both are mine", value={"acknowledge_mismatch": True}, request_only=True)
QUESTION_EXAMPLE = _answer(
    "What to confirm",
    {
        **_QUESTION,
        "confirm_until": "2021-02-16T09:52:31-08:00",
        "confirm_url": f"https://portal.example/api/v1/links/{_ID}/confirm/",
        "names_differ": True,
        "accounts": _LINES,
    },
    status="202",
)
LINK_EXAMPLE = _answer("Linked", _LINK)
UNDONE_EXAMPLE = _answer(
    "Undone", {**_LINK, "state": "ended", "ended_at": "2021-02-16T10:02:00-08:00", "end_reason": "undone"}
)
LIST_EXAMPLE = _answer("One link", {"count": 1, "next": None, "previous": None, "results": [_LINK]})
READINESS_EXAMPLE = _answer(
    "A second before go-live",
    {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "court_id": "canb",
                "short_name": "California Northern Bankruptcy Court",
                "status": "scheduled",
                "go_live_basis": "dated",
                "go_live_at": "2021-02-16T00:00:00-08:00",
                "opens_at": "2021-02-16T00:00:00-08:00",
                "is_linked": False,
                "steps_left": 1,
                "steps": [
                    {
                        "code": "link",
                        "state": "later",
                        "title": "On or after February 16: link your filing account",
                        "sentence": "It takes about two minutes, and you do it once for this court. "
                        "Linking opens here February 16, 2021, 12:00 a.m. PT.",
                        "minutes": 2,
                        "due": None,
                        "next_url": "",
                        "next_words": "",
                    }
                ],
                "obstacles": [
                    {
                        "code": "court_not_live",
                        "detail": "California Northern Bankruptcy Court is not on NextGen yet. Linking opens on "
                        "Tuesday, February 16, 2021, at 12:00 a.m. PT (Pacific (PT)).",
                        "next_url": "https://portal.example/courts/canb/go-live.ics",
                        "next_words": "Put the day into your calendar",
                    }
                ],
            }
        ],
    },
)
