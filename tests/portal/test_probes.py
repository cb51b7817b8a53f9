"""What operations ask: alive, ready, measured, and by whom it may be asked."""

import pytest
from django.test import Client

from courts.models import ReferenceState


def test_livez_asks_no_database(client: Client) -> None:
    assert client.get("/livez").content == b"ok"


@pytest.mark.django_db
def test_readyz_says_which_part_is_missing(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "load_courts" in answer.json()["reference_data"]
    ReferenceState.objects.update_or_create(pk=1, defaults={"version": 1})
    assert client.get("/readyz").json()["ready"] is True


@pytest.mark.django_db
def test_metrics_answer_this_machine_and_nobody_behind_a_proxy(client: Client) -> None:
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="8.8.4.4").status_code in {302, 403}
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="127.0.0.1").status_code in {302, 403}


@pytest.mark.django_db
def test_every_answer_names_its_request(client: Client) -> None:
    first, second = client.get("/livez"), client.get("/livez")
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]
    assert "default-src 'self'" in first.headers["Content-Security-Policy"]
