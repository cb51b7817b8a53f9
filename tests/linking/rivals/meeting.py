"""Flows that meet: one stands between its look and its write while the others look. The race is certain."""

from collections.abc import Callable
from importlib import import_module
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection, connections

LONGEST = 20.0  # seconds


class Meeting:
    """Stops each rival at its write until all have come there, or the others wait for its locks, or are done."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *places: str, rivals: int = 2) -> None:
        self.rivals = rivals
        self.first_is_there = Event()
        self.counting = Lock()
        self.arrived = self.done = 0
        for place in places:
            self._stop_at(monkeypatch, place)

    def _stop_at(self, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
        module, _dot, name = place.rpartition(".")
        write = getattr(import_module(module), name)

        def meet_and_write(*args: Any, **kwargs: Any) -> Any:
            self._meet()
            return write(*args, **kwargs)

        monkeypatch.setattr(place, meet_and_write)

    def _meet(self) -> None:
        with self.counting:
            self.arrived += 1
        self.first_is_there.set()
        until = monotonic() + LONGEST
        while monotonic() < until:
            if self.arrived + self.done >= self.rivals or self.arrived + self.done + _waiting() >= self.rivals:
                return
            sleep(0.02 * self.rivals)  # asking the server is work for it too
        raise AssertionError("the rivals never met")

    def race(self, *flows: Callable[[], Any]) -> list[Any]:
        """What each flow returned or raised. The others begin when the first stands before its write."""
        outcomes: list[Any] = [None] * len(flows)

        def run(number: int, flow: Callable[[], Any]) -> None:
            try:
                if number and not self.first_is_there.wait(LONGEST):
                    raise AssertionError("the first never came to its write")
                outcomes[number] = flow()
            except Exception as error:  # the outcome of a rival
                outcomes[number] = error
            finally:
                with self.counting:
                    self.done += 1
                connections.close_all()

        threads = [Thread(target=run, args=(number, flow)) for number, flow in enumerate(flows)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes


def _waiting() -> int:
    """How many connections to this database wait for a lock: one of ours, or of somebody in line before them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"
        )
        return int(cursor.fetchone()[0])
