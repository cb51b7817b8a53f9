"""The API's documentation for people, drawn from its description: no scripts, no other hosts."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cmecf_portal.api import api_description
from courts.rates import Policy
from linking.obstacles import Code

# Codes that any call may answer with; `type` of a problem leads to its row.
PROBLEMS: dict[str, str] = {
    "invalid_parameter": "400",
    "parse_error": "400",
    "not_authenticated": "403",
    "csrf_failed": "403",
    "permission_denied": "403",
    "not_found": "404",
    "method_not_allowed": "405",
    "not_acceptable": "406",
    "idempotency_key_in_use": "409",
    "body_too_large": "413",
    "unsupported_media_type": "415",
    "idempotency_key_reused": "422",
    "throttled": "429",
    "error": "500",
    **{code.value: "409" for code in Code},
    Code.INVALID_CREDENTIALS: "422",
    Code.TOO_MANY_ATTEMPTS: "429",
    Code.SECOND_FACTOR_MISSING: "403, 409",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a call or member of an answer; `depth` counts the objects it lies in."""

    name: str
    kind: str
    words: str
    values: tuple[str, ...] = ()
    example: str = ""
    required: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a call; `example` is JSON to read, empty without a body."""

    status: str
    words: str
    example: str


@dataclass(frozen=True, slots=True)
class Call:
    """One method at one path."""

    anchor: str
    method: str
    path: str
    summary: str
    paragraphs: tuple[str, ...]
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    fields: tuple[Field, ...]
    answers: tuple[Answer, ...]
    command: str


@dataclass(frozen=True, slots=True)
class Group:
    """The calls of one tag."""

    name: str
    words: str
    calls: tuple[Call, ...]


def api_docs(request: HttpRequest) -> HttpResponse:
    """Every call with its parameters, an example to paste, and its answers."""
    context = {
        "groups": _groups(),
        "version": api_description()["info"]["version"],
        "words": api_description()["info"]["description"],
        "policies": [Policy.named(name) for name in settings.API_RATES],
        "problems": _problems(),
    }
    return render(request, "api/docs.html", context)


def _problems() -> list[tuple[str, str, str]]:
    words = {
        "invalid_parameter": _("A parameter or field can’t be used; `errors` names each."),
        "parse_error": _("The body is not JSON."),
        "not_authenticated": _("Sign in first."),
        "csrf_failed": _("A POST carries what the cookie `portal_csrf` holds in the header `X-CSRFToken`."),
        "permission_denied": _("You may not do this."),
        "not_found": _("There is nothing at this address."),
        "method_not_allowed": _("The address does not take this method."),
        "not_acceptable": _("Only application/json is answered."),
        "idempotency_key_in_use": _("The first request with this key is still at work. Send it again in a second."),
        "body_too_large": _("No call takes as much."),
        "unsupported_media_type": _("Send application/json."),
        "idempotency_key_reused": _("The key came with another request before. Take a new one."),
        "throttled": _("Too many requests: `Retry-After` says when to come back."),
        "error": _("Something went wrong on our side."),
    }
    return [(code, PROBLEMS[code], sentence) for code, sentence in {**words, **_obstacles()}.items()]


def _obstacles() -> dict[str, str]:
    """What stands in the way of a link, by code."""
    return {
        Code.NO_PACER_ACCOUNT: _("Signed in as staff, without a PACER account. Register one."),
        Code.COURT_NOT_ANNOUNCED: _("The court has no go-live date."),
        Code.COURT_NOT_LIVE: _("Before the court’s go-live. The sentence says the day, the time, and the zone."),
        Code.COURT_DARK: _("The court’s CM/ECF is down for the move. The sentence says until when."),
        Code.ACCOUNT_NOT_INDIVIDUAL: _("A firm’s or an administrative account never files."),
        Code.ACCOUNT_LEGACY: _("The PACER account has to be upgraded first."),
        Code.ACCOUNT_DISABLED: _("Filing is switched off for the PACER account. The PACER Service Center knows why."),
        Code.SECOND_FACTOR_MISSING: _(
            "409: the person has no second factor yet. 403: this session has not used it; `next_url` asks for it."
        ),
        Code.INVALID_CREDENTIALS: _("The CM/ECF login or password is wrong; it is never said which. See `tries_left`."),
        Code.TOO_MANY_ATTEMPTS: _("Too many wrong ones: `Retry-After` says when to come back."),
        Code.FILER_INACTIVE: _("The court has closed or suspended the filing account."),
        Code.FILER_LINKED_ELSEWHERE: _("The filing account is linked to somebody else’s PACER account."),
        Code.ALREADY_LINKED: _("The PACER account has a link at this court in this role."),
        Code.NAME_MISMATCH: _("The names differ. Show both, and confirm with `acknowledge_mismatch`."),
        Code.LINK_FROZEN: _("Somebody said that the link was not theirs. The court’s help desk settles it."),
        Code.CONFIRMATION_EXPIRED: _("Older than 10 minutes, or an identity or a password has changed. Start again."),
        Code.UNDO_WINDOW_OVER: _("The time for undoing is over. The court’s help desk can end the link."),
        Code.NOT_LINKED: _("There is no link yet."),
    }


@cache
def _groups() -> list[Group]:
    """All calls by tag, in the order of the description."""
    description = api_description()
    calls: dict[str, list[Call]] = {tag["name"]: [] for tag in description["tags"]}
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            calls[operation["tags"][0]].append(_call(path, method, operation, description))
    words = {tag["name"]: tag["description"] for tag in description["tags"]}
    return [Group(name, words[name], tuple(of_tag)) for name, of_tag in calls.items() if of_tag]


def _call(path: str, method: str, operation: dict[str, Any], description: dict[str, Any]) -> Call:
    parameters = tuple(_parameter(given) for given in operation.get("parameters", ()))
    good = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
    schema = _content(good).get("schema", {})
    body = _content(operation.get("requestBody", {}))
    text = " ".join(operation.get("description", "").split(" "))
    return Call(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", operation["operationId"]),
        paragraphs=tuple(part.replace("\n", " ") for part in text.split("\n\n") if part.strip()),
        parameters=parameters,
        body=tuple(_fields(body.get("schema", {}), description, depth=0)),
        fields=tuple(_fields(schema, description, depth=0)),
        answers=tuple(_answer(status, answer) for status, answer in operation["responses"].items()),
        command=_command(path, method, operation),
    )


def _parameter(given: dict[str, Any]) -> Field:
    schema = given.get("schema", {})
    example = _first_example(given)
    return Field(
        name=given["name"],
        kind=_kind(schema),
        words=given.get("description", ""),
        values=tuple(value for value in map(str, schema.get("items", schema).get("enum", ())) if value),
        example=example or "",
        required=given.get("required", False),
    )


def _first_example(given: dict[str, Any]) -> str | None:
    for example in given.get("examples", {}).values():
        value = example["value"]
        return ",".join(value) if isinstance(value, list) else str(value)
    return None


def _fields(schema: dict[str, Any], description: dict[str, Any], *, depth: int) -> Iterator[Field]:
    """The members of an object, those of its inner objects after each."""
    whole = _resolved(schema, description)
    for name, stated in whole.get("properties", {}).items():
        inner = _resolved(stated, description)
        items = _resolved(inner.get("items", {}), description)
        values = inner.get("enum", items.get("enum", ()))
        words = stated.get("description") or ("" if stated is not inner else inner.get("description", ""))
        kind = _kind(inner)
        yield Field(name, kind, words, tuple(str(value) for value in values if value is not None), depth=depth)
        yield from _fields(items or inner, description, depth=depth + 1)


def _resolved(schema: dict[str, Any], description: dict[str, Any]) -> dict[str, Any]:
    parts = schema.get("allOf", [schema])
    reference = next((part["$ref"] for part in parts if "$ref" in part), None)
    if reference is None:
        return schema
    found: dict[str, Any] = description["components"]["schemas"][reference.rsplit("/", 1)[1]]
    return found


def _kind(schema: dict[str, Any]) -> str:
    schema = next(iter(schema.get("anyOf", ())), schema)
    stated = schema.get("type", "object")
    kinds = stated if isinstance(stated, list) else [stated]
    named = schema.get("format", "")
    return _(" or ").join(named if named and kind == "string" else str(kind) for kind in kinds)


def _content(answer: dict[str, Any]) -> dict[str, Any]:
    return next(iter(answer.get("content", {}).values()), {})


def _answer(status: str, answer: dict[str, Any]) -> Answer:
    content = _content(answer)
    examples: Iterable[dict[str, Any]] = content.get("examples", {}).values()
    value = content.get("example", next((example["value"] for example in examples), None))
    shown = json.dumps(value, indent=2, ensure_ascii=False) if value is not None else ""
    return Answer(status, answer.get("description", "") or _("The answer."), shown)


def _command(path: str, method: str, operation: dict[str, Any]) -> str:
    """A line for a shell that asks with the first example of each parameter that has one."""
    query: list[tuple[str, str]] = []
    for given in operation.get("parameters", ()):
        value = _first_example(given)
        if value is not None and given["in"] == "path":
            path = path.replace(f"{{{given['name']}}}", value)
        elif value is not None and given["name"] in {"q", "type"}:
            query.append((given["name"], value))
    address = f"{settings.PORTAL_URL}{path}{'?' if query else ''}{urlencode(query)}"
    parts = ["curl"]
    if operation.get("security"):
        parts.append("-b cookies.txt")
    if method != "get":
        parts.append(f"-X {method.upper()} -H 'X-CSRFToken: …' -H 'Idempotency-Key: …'")
    for example in _content(operation.get("requestBody", {})).get("examples", {}).values():
        given = json.dumps(example["value"], ensure_ascii=False).replace("'", "'\\''")
        parts.append(f"-H 'Content-Type: application/json' -d '{given}'")
        break
    return " \\\n  ".join([*parts, f"'{address}'"]) if len(parts) > 2 else " ".join([*parts, f"'{address}'"])
