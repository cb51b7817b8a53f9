"""The calls of the signed-in person keep to their description: a machine tries what it allows and forbids."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    negative_data_rejection,
    positive_data_acceptance,
    unsupported_method,
)

from cmecf_portal.api import api_description
from cmecf_portal.views.api_docs import PROBLEMS
from cmecf_portal.wsgi import application
from tests.api.own import make_own

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_courts")]

CALLS = [
    "GET /api/v1/account/",
    "GET /api/v1/readiness/",
    "GET /api/v1/links/",
    "POST /api/v1/links/",
    "GET /api/v1/links/{link_id}/",
    "POST /api/v1/links/{link_id}/confirm/",
    "POST /api/v1/links/{link_id}/undo/",
]
# It counts our own session as a request without one, and can't know which courts there are. What stays: no 500, and
# every status, header, media type and body as described.
NOT_ASKED = [ignored_auth, unsupported_method, negative_data_rejection, positive_data_acceptance]


@contextmanager
def connection_kept() -> Iterator[None]:
    """The WSGI door closes its connection after each request; the test's own must stay."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("call", CALLS)
def test_every_call_keeps_to_its_description(call: str, mode: GenerationMode) -> None:
    own = make_own()
    own.client.get("/accounts/2fa/reauthenticate/")  # a page with a form brings the CSRF token
    cookies = {name: morsel.value for name, morsel in own.client.cookies.items()}
    method, _blank, path = call.partition(" ")
    with connection_kept():
        description = schemathesis.openapi.from_wsgi("/api/schema/", application)

        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=description[path][method].as_strategy(generation_mode=mode))
        def keeps(case: Any) -> None:
            headers = {} if method == "GET" else {"X-CSRFToken": cookies["portal_csrf"]}
            case.call_and_validate(cookies=cookies, headers=headers, excluded_checks=NOT_ASKED)

        keeps()


def test_every_example_is_what_its_description_says() -> None:
    whole = api_description()
    for operations in whole["paths"].values():
        for operation in operations.values():
            answers = [answer["content"] for answer in operation["responses"].values() if "content" in answer]
            bodies = [operation["requestBody"]["content"]] if "requestBody" in operation else []
            for content in [part for kinds in [*answers, *bodies] for part in kinds.values()]:
                schema = {**content["schema"], "components": whole["components"]}
                examples = [given["value"] for given in content.get("examples", {}).values()]
                for example in [*examples, *([content["example"]] if "example" in content else [])]:
                    Draft202012Validator(schema).validate(example)


def test_every_problem_that_is_described_is_documented() -> None:
    for operations in api_description()["paths"].values():
        for operation in operations.values():
            for answer in operation["responses"].values():
                stated = answer.get("content", {}).get("application/problem+json", {}).get("example")
                if stated:
                    assert {stated["code"], *(entry["code"] for entry in stated.get("errors", ()))} <= set(PROBLEMS)


def test_only_the_calls_of_the_signed_in_person_ask_for_a_session() -> None:
    asks = {
        f"{method.upper()} {path}"
        for path, operations in api_description()["paths"].items()
        for method, operation in operations.items()
        if operation.get("security")
    }
    assert asks == set(CALLS)
