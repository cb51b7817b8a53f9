"""The published rates: told with every answer, refused past the limit, each address for itself."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from redis.exceptions import RedisError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_courts")]


def test_every_answer_tells_the_rate_and_what_is_left(client: Client, settings: Settings) -> None:
    settings.API_RATES = {"reads": (5, 3600)}
    left = [client.get("/api/v1/courts/canb/")["RateLimit"].split(";")[1] for _ in range(3)]
    assert left == ["r=4", "r=3", "r=2"]
    assert client.get("/api/v1/courts/?type=moon")["RateLimit-Policy"] == '"reads";q=5;w=3600'


def test_past_the_limit_an_address_is_told_when_to_come_back(client: Client, settings: Settings) -> None:
    settings.API_RATES = {"reads": (2, 3600)}
    assert [client.get("/api/v1/courts/canb/").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/api/v1/courts/canb/")
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "throttled"
    assert 0 < int(refused["Retry-After"]) <= 3601
    assert refused["RateLimit"].startswith('"reads";r=0;t=')


def test_one_address_does_not_use_up_anothers_rate(client: Client, settings: Settings) -> None:
    settings.API_RATES = {"reads": (1, 3600)}
    assert client.get("/api/v1/courts/canb/", REMOTE_ADDR="192.0.2.1").status_code == 200
    assert client.get("/api/v1/courts/canb/", REMOTE_ADDR="192.0.2.1").status_code == 429
    assert client.get("/api/v1/courts/canb/", REMOTE_ADDR="192.0.2.2").status_code == 200


def test_a_new_window_brings_the_whole_rate_again(client: Client, settings: Settings) -> None:
    settings.API_RATES = {"reads": (1, 3600)}
    client.get("/api/v1/courts/canb/")
    settings.API_RATES = {"reads": (1, 3599)}  # another window
    assert client.get("/api/v1/courts/canb/").status_code == 200


def test_a_cache_that_is_down_lets_reads_pass(client: Client, settings: Settings) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }
    settings.CACHE_ERRORS = (OSError, RedisError)
    assert client.get("/api/v1/courts/canb/").status_code == 200
