"""The table of who may open which address is complete, and a name that is missing is closed."""

from collections.abc import Iterator

import pytest
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from cmecf_portal.permissions import PERMISSIONS, nobody, own_network


def names(resolver: URLResolver) -> Iterator[str]:
    """Every view name of the site, includes too; the admin site guards its own doors."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if entry.app_name != "admin":
                yield from names(entry)
        elif isinstance(entry, URLPattern):
            yield entry.name or str(entry.pattern)


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    assert set(names(get_resolver())) == set(PERMISSIONS)


@pytest.mark.django_db
def test_a_name_without_a_row_is_closed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/readyz").status_code in {200, 503}
    monkeypatch.delitem(PERMISSIONS, "readyz")
    assert client.get("/readyz").status_code == 302


def test_nobody_means_nobody(rf: RequestFactory) -> None:
    assert nobody(rf.get("/")) is False


@pytest.mark.parametrize(
    ("address", "forwarded", "allowed"),
    [("127.0.0.1", None, True), ("10.1.2.3", None, True), ("8.8.4.4", None, False), ("127.0.0.1", "10.0.0.1", False)],
)
def test_operations_addresses_answer_the_own_network_only(
    rf: RequestFactory, address: str, forwarded: str | None, allowed: bool
) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = rf.get("/metrics", headers=headers, REMOTE_ADDR=address)
    assert own_network(request) is allowed
