"""Fixtures of the whole suite: the browser, the accessibility check, and state that processes keep."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Page

from courts import directory
from scripts.services import chromium
from tests.flush import _flush_lifts_the_triggers  # noqa: F401 - a fixture

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 1280)


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Each test starts without what earlier ones left in this process or in the cache."""
    directory.forget()
    _clear_cache()
    yield
    directory.forget()


def _clear_cache() -> None:
    """Our own keys alone: `cache.clear()` would empty a Redis server that other runs use at the same time."""
    if not (url := os.environ.get("TEST_REDIS_URL")):
        cache.clear()
        return
    with redis.Redis.from_url(url) as server:
        if keys := list(server.scan_iter(match=f"{cache.key_prefix}:*", count=1000)):
            server.delete(*keys)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": chromium(),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Fails with axe's findings (WCAG 2.2 AA and best practice) and for a page that scrolls sideways."""

    def check(page: Page) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}})
            lines = [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in found.response["violations"]]
            assert not lines, f"{page.url} at {width}: {lines}"
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{page.url} scrolls sideways at {width}: {wide}"

    return check
