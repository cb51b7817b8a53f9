"""The supervisor starts again what dies, and ends what it started."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from scripts.serve import Child
from scripts.services import free_port

TOP = Path(__file__).resolve().parent.parent.parent


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][:3]


def test_a_child_that_is_killed_is_started_again_and_ended_with_us() -> None:
    child = Child("The worker", [sys.executable, "-c", "import time; time.sleep(60)"], wait=0.1)
    child.start()
    assert child.process is not None
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    for _try in range(200):
        child.look_after()
        if child.process is not None and child.process.pid != first:
            break
        time.sleep(0.02)
    assert child.process is not None
    second = child.process.pid
    assert second != first
    assert alive(second)
    child.stop()
    child.end()
    assert not alive(second)


def test_a_child_that_dies_at_once_waits_longer_each_time() -> None:
    child = Child("The worker", [sys.executable, "-c", "raise SystemExit(3)"], wait=0.05)
    child.start()
    waits = [child.wait]
    for _try in range(300):
        child.look_after()
        if child.wait != waits[-1]:
            waits.append(child.wait)
        if len(waits) == 4:
            break
        time.sleep(0.02)
    child.stop()
    child.end()
    assert waits == [0.05, 0.1, 0.2, 0.4]


def children_of(pid: int) -> dict[int, str]:
    """Pid and command line of every child."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(child): Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ") for child in found}


def eventually(question: Callable[[], bool], *, seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if question():
                return True
        except (OSError, StopIteration):
            pass
        time.sleep(0.05)
    return False


def lives(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/livez", timeout=2) as answer:
            return bool(answer.status == 200)
    except URLError:
        return False


def the(kind: str, *, of: int) -> int:
    """The pid of the one child whose command line names this."""
    return next(pid for pid, command in children_of(of).items() if kind in command)


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """The supervisor with its real children, and their port."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}"}
    process = subprocess.Popen([sys.executable, "-m", "scripts.serve"], cwd=TOP, env=environment)
    try:
        assert eventually(lambda: lives(port))
        yield process, port
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_worker_and_web_server_come_back_when_killed(portal: tuple["subprocess.Popen[bytes]", int]) -> None:
    supervisor, port = portal
    worker, web = the("manage.py worker", of=supervisor.pid), the("granian", of=supervisor.pid)
    os.kill(worker, signal.SIGKILL)
    assert eventually(lambda: the("manage.py worker", of=supervisor.pid) != worker)
    answering = next(iter(children_of(web)))
    os.kill(answering, signal.SIGKILL)
    assert eventually(lambda: next(iter(children_of(web))) != answering and lives(port))
    orphan = next(iter(children_of(web)))
    os.kill(web, signal.SIGKILL)
    assert eventually(lambda: the("granian", of=supervisor.pid) != web and lives(port))
    assert not alive(orphan)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_nothing_stays_when_the_supervisor_ends(portal: tuple["subprocess.Popen[bytes]", int], number: int) -> None:
    supervisor, port = portal
    below = children_of(supervisor.pid)
    everybody = [*below, *(pid for child in below for pid in children_of(child))]
    assert len(everybody) >= 3
    supervisor.send_signal(number)
    supervisor.wait(timeout=30)
    assert eventually(lambda: not any(alive(pid) for pid in everybody))
    assert not lives(port)
