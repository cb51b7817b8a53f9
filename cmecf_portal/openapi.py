"""What the API's description says of every call alike: errors, validators, rates."""

from typing import Any

from cmecf_portal.problems import MEDIA_TYPE

_ERRORS = {
    "400": "A parameter can’t be used; `errors` names each.",
    "404": "There is nothing at this address.",
    "406": "Only application/json is answered.",
    "429": "Too many requests; `Retry-After` says when to come back.",
}
_EXAMPLES = {
    "400": ("invalid_parameter", "Bad Request", "There is no type “moon”. Use one of: district, bankruptcy."),
    "404": ("not_found", "Not Found", "There is nothing at this address."),
    "406": ("not_acceptable", "Not Acceptable", "This address answers in application/json only."),
    "429": ("throttled", "Too Many Requests", "Too many requests. Come back in 12 seconds."),
}
_RATE_HEADERS = {
    "RateLimit-Policy": (
        "How many requests (q) an address may send in a window of so many seconds (w).",
        '"reads";q=120000;w=60',
    ),
    "RateLimit": ("Requests left (r) and seconds until the next window (t).", '"reads";r=119999;t=60'),
}
_ETAG = {"ETag": ("Send it back in If-None-Match.", '"0e9a4f5b6c7d8e9f0a1b2c3d4e5f6a7b"')}
_RETRY = {"Retry-After": ("Seconds until the next window.", "12")}


def complete_operations(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Add to every operation the errors that any may answer with, and to every answer its headers."""
    for operations in result["paths"].values():
        for method, operation in operations.items():
            responses = operation["responses"]
            for status, sentence in _ERRORS.items():
                responses.setdefault(status, _problem(status, sentence))
            if method == "get" and "200" in responses:
                responses["304"] = {"description": "Nothing has changed since the answer with this ETag."}
                for status in ("200", "304"):
                    _add_headers(responses[status], _ETAG)
            for status, response in responses.items():
                _add_headers(response, _RATE_HEADERS)
                if status == "429":
                    _add_headers(response, _RETRY)
            operation["responses"] = dict(sorted(responses.items()))
    return result


def _problem(status: str, sentence: str) -> dict[str, Any]:
    code, title, detail = _EXAMPLES[status]
    example = {
        "type": f"/api/docs/#problem-{code}",
        "title": title,
        "status": int(status),
        "code": code,
        "detail": detail,
    }
    if status == "400":
        example["errors"] = [{"code": code, "detail": detail, "parameter": "type"}]
    content = {"schema": {"$ref": "#/components/schemas/ProblemOut"}, "example": example}
    return {"description": sentence, "content": {MEDIA_TYPE: content}}


def _add_headers(response: dict[str, Any], headers: dict[str, tuple[str, str]]) -> None:
    known = response.setdefault("headers", {})
    for name, (description, example) in headers.items():
        known.setdefault(name, {"description": description, "schema": {"type": "string"}, "example": example})
