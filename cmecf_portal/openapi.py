"""What the API's description says of every call alike: errors, validators, rates."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from cmecf_portal.problems import MEDIA_TYPE
from courts.rates import Policy

type Operation = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Error:
    """An error that calls answer with: `words` for the status, and an example of its problem."""

    words: str
    code: str
    detail: str
    errors: tuple[dict[str, Any], ...] = ()


_NOT_LIVE = {
    "code": "court_not_live",
    "detail": "California Northern Bankruptcy Court is not on NextGen yet. Linking opens on Tuesday, February 16, "
    "2021, at 12:00 a.m. PT (Pacific (PT)).",
    "next_url": "https://portal.example/courts/canb/go-live.ics",
    "next_words": "Put the day into your calendar",
}
_LEGACY = {
    "code": "account_legacy",
    "detail": "This is a Legacy PACER account, issued before August 11, 2014. Upgrade it first.",
    "next_url": "https://portal.example/account/upgrade/",
    "next_words": "Upgrade in three steps",
}
_NO_ACCOUNT = {
    "code": "no_pacer_account",
    "detail": "You are signed in as staff, without a PACER account of your own. Only a PACER account is linked.",
    "next_url": "https://portal.example/accounts/signup/",
    "next_words": "Register an individual account",
}
_RESET = {
    "code": "invalid_credentials",
    "detail": "The login or the password does not match this court’s records.",
    "next_url": "https://portal.example/cmecf/canb/utilities/reset/",
    "next_words": "Send a reset link",
}
_WRONG = "There is no type “moon”. Use one of: district, bankruptcy."

_ANY = {
    "400": _Error(
        "A parameter or field can’t be used; `errors` names each.",
        "invalid_parameter",
        _WRONG,
        ({"code": "invalid_parameter", "detail": _WRONG, "parameter": "type"},),
    ),
    "404": _Error("There is nothing at this address.", "not_found", "There is nothing at this address."),
    "406": _Error(
        "Only application/json is answered.", "not_acceptable", "This address answers in application/json only."
    ),
    "429": _Error(
        "Too many requests; `Retry-After` says when to come back.",
        "throttled",
        "Too many requests. Come back in 12 seconds.",
    ),
}
_OWN = {
    "403": _Error("Nobody is signed in.", "not_authenticated", "Authentication credentials were not provided."),
    "409": _Error(
        "Whoever is signed in has no PACER account.", "no_pacer_account", _NO_ACCOUNT["detail"], (_NO_ACCOUNT,)
    ),
}
_WRITING = {
    "403": _Error(
        "Nobody is signed in, the CSRF token is missing (`csrf_failed`), or this session has not used a second factor.",
        "second_factor_missing",
        "Use your second factor in this session first: the page asks for a code.",
        (
            {
                "code": "second_factor_missing",
                "detail": "Use your second factor in this session first: the page asks for a code.",
                "next_url": "https://portal.example/accounts/2fa/reauthenticate/",
                "next_words": "Enter a code",
            },
        ),
    ),
    "409": _Error(
        "Obstacles: `errors` names each with its next step. Or the first request with this key is still at work.",
        "court_not_live",
        _NOT_LIVE["detail"],
        (_NOT_LIVE, _LEGACY),
    ),
    "413": _Error("The body is too large.", "body_too_large", "The body may have 65536 bytes at most."),
    "415": _Error("Send application/json.", "unsupported_media_type", "Unsupported media type in request."),
    "422": _Error(
        "The key came with another request before.",
        "idempotency_key_reused",
        "This Idempotency-Key came with another request before. Take a new one for each thing to be done.",
    ),
}
_CREDENTIALS = {
    "422": _Error(
        "The login or the password is wrong, or the key came with another request before.",
        "invalid_credentials",
        _RESET["detail"],
        (_RESET,),
    ),
    "429": _Error(
        "Too many wrong logins or passwords (`too_many_attempts`), or too many requests; `Retry-After` says when to "
        "come back.",
        "throttled",
        "Too many requests. Come back in 12 seconds.",
    ),
}

_ETAG = {"ETag": ("Send it back in If-None-Match.", '"0e9a4f5b6c7d8e9f0a1b2c3d4e5f6a7b"')}
_RETRY = {"Retry-After": ("Seconds until the next window.", "12")}


def complete_operations(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Add to every operation the errors that it may answer with, and to every answer its headers."""
    for operations in result["paths"].values():
        for method, operation in operations.items():
            _complete(method, operation)
    return result


def _complete(method: str, operation: Operation) -> None:
    responses, own = operation["responses"], bool(operation.get("security"))
    for status, error in _errors_of(method, operation, own=own).items():
        responses.setdefault(status, _problem(status, error))
    if method == "get" and not own:
        responses["304"] = {"description": "Nothing has changed since the answer with this ETag."}
        for status in ("200", "304"):
            _add_headers(responses[status], _ETAG)
    rates = _rate_headers("reads" if method == "get" else "writes")
    for status, response in responses.items():
        _add_headers(response, rates)
        if status == "429":
            _add_headers(response, _RETRY)
    operation["responses"] = dict(sorted(responses.items()))


def _errors_of(method: str, operation: Operation, *, own: bool) -> dict[str, _Error]:
    errors = dict(_ANY)
    if own:
        errors |= _OWN
    if own and method != "get":
        errors |= _WRITING
    if operation["operationId"] == "start_link":
        errors |= _CREDENTIALS
    return errors


def _problem(status: str, error: _Error) -> dict[str, Any]:
    example: dict[str, Any] = {
        "type": f"/api/docs/#problem-{error.code}",
        "title": HTTPStatus(int(status)).phrase,
        "status": int(status),
        "code": error.code,
        "detail": error.detail,
    }
    if error.errors:
        example["errors"] = list(error.errors)
    if error.code == "invalid_credentials":
        example["tries_left"] = 4
    content = {"schema": {"$ref": "#/components/schemas/ProblemOut"}, "example": example}
    return {"description": error.words, "content": {MEDIA_TYPE: content}}


def _rate_headers(name: str) -> dict[str, tuple[str, str]]:
    policy = Policy.named(name)
    return {
        "RateLimit-Policy": (
            "How many requests (q) an address may send in a window of so many seconds (w).",
            policy.header,
        ),
        "RateLimit": (
            "Requests left (r) and seconds until the next window (t).",
            f'"{name}";r={policy.count - 1};t={policy.seconds}',
        ),
    }


def _add_headers(response: dict[str, Any], headers: dict[str, tuple[str, str]]) -> None:
    known = response.setdefault("headers", {})
    for name, (description, example) in headers.items():
        known.setdefault(name, {"description": description, "schema": {"type": "string"}, "example": example})
