"""The API's description, its page, and a machine that tries what the description allows and forbids."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from schemathesis import GenerationMode

from cmecf_portal.api import api_description
from cmecf_portal.permissions import PERMISSIONS
from cmecf_portal.views.api_docs import PROBLEMS
from cmecf_portal.wsgi import application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_courts")]


@pytest.fixture
def description(real_courts: None) -> Iterator[Any]:
    """The API behind its own WSGI door. As with Django's test client, requests leave the test's connection open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/schema/", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("path", ["/api/v1/courts/", "/api/v1/courts/{court_id}/"])
def test_every_call_keeps_to_its_description(description: Any, path: str, mode: GenerationMode) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=description[path]["GET"].as_strategy(generation_mode=mode))
    def keeps(case: Any) -> None:
        case.call_and_validate()

    keeps()


def test_the_description_is_made_without_a_warning() -> None:
    call_command("spectacular", fail_on_warn=True, validate=True, file="/dev/null")
    assert api_description()["openapi"].startswith("3.1")


def succeeded(operation: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer that a call gives when all goes well."""
    status = min(status for status in operation["responses"] if status.startswith("2"))
    content: dict[str, Any] = operation["responses"][status]["content"]["application/json"]
    return content


def test_every_call_has_a_summary_examples_and_its_errors() -> None:
    for path, operations in api_description()["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert succeeded(operation)["examples"], path
            assert {"400", "404", "406", "429"} <= set(operation["responses"]), path


def test_the_examples_are_what_the_description_says() -> None:
    whole = api_description()
    for operations in whole["paths"].values():
        for operation in operations.values():
            content = succeeded(operation)
            schema = {**content["schema"], "components": whole["components"]}
            for example in content["examples"].values():
                Draft202012Validator(schema).validate(example["value"])


def test_the_page_shows_every_call_and_every_code(client: Client) -> None:
    page = client.get("/api/docs/").content.decode()
    for path, operations in api_description()["paths"].items():
        assert path in page
        assert all(f'id="{operation["operationId"]}"' in page for operation in operations.values())
    for code in PROBLEMS:
        assert f'id="problem-{code}"' in page


def test_the_page_needs_nothing_that_the_policy_forbids(client: Client) -> None:
    page = client.get("/api/docs/").content.decode()
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page)


def test_the_addresses_of_the_api_are_open_by_the_table() -> None:
    for name in ("api_root", "api_courts", "api_court", "api_schema", "api_docs"):
        assert PERMISSIONS[name].__name__ == "anyone"
