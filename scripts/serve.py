"""The web server and the worker as one: each is started again when it dies, and both end with this process."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

from django.conf import settings

from scripts.environment import TOP, CannotStart, check_settings, say

SOON = 10.0  # seconds; a child that dies sooner than this after its start is restarted more slowly
LONGEST_WAIT = 30.0  # seconds
PATIENCE = 10.0  # seconds that a child has to end by itself
PR_SET_PDEATHSIG = 1  # prctl(2)


@dataclass(slots=True)
class Child:
    """One program that must run."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    wait: float = 0.5
    due: float = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            cwd=TOP,
            process_group=0,  # of its own, so that its children can be ended if it dies before them
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - this process has one thread
        )
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start it again if it died, soon the first time, then after longer and longer waits."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            if now - self.started > SOON:
                self.wait = 0.5
            return
        print(f"{self.name} ended with code {code}; starting it again in {self.wait:g} s.", file=sys.stderr, flush=True)
        self._end_its_children()
        self.process, self.due = None, now + self.wait
        self.wait = min(self.wait * 2, LONGEST_WAIT)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self) -> None:
        """Wait for it after `stop`, and no longer than it deserves."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._end_its_children()

    def _end_its_children(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):  # as it should be: none is left
                os.killpg(self.process.pid, signal.SIGKILL)


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    """Ask Linux to end this child when its parent is killed, which leaves the parent no time to do so."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def web(host: str, port: int, *, workers: int) -> list[str]:
    """The command that serves the portal: threads enough for slow clients, few enough for SQLite's one writer."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--backlog", "1024", "--no-ws", "--log-level", "warning",
        "--respawn-failed-workers", "cmecf_portal.wsgi:application",
    ]  # fmt: skip


def addresses(port: int) -> list[tuple[socket.AddressFamily, str]]:
    """The loopback addresses to serve on: 127.0.0.1, and ::1 where `localhost` may mean it."""
    found = {(family, str(place[0])) for family, *_, place in socket.getaddrinfo("localhost", port)}
    return [(socket.AF_INET, "127.0.0.1"), *([(socket.AF_INET6, "::1")] if (socket.AF_INET6, "::1") in found else [])]


def check_port(port: int) -> None:
    """Raises CannotStart when another program listens there, or this user may not."""
    for family, address in addresses(port):
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what just ended may still linger
            try:
                probe.bind((address, port))
            except PermissionError:
                raise CannotStart(f"Port {port} is not open to this user. Choose another: PORT=8001 make run") from None
            except OSError:
                other = port + 1 if port < 65535 else 8000
                raise CannotStart(
                    f"Port {port} is taken by another program. Choose another: PORT={other} make run"
                ) from None


def serve(port: int, *, web_processes: int) -> int:
    """Serve on the loopback addresses until SIGTERM or SIGINT; the exit code."""
    children = [
        Child(f"The web server on {address}", web(address, port, workers=web_processes if number == 0 else 1))
        for number, (_family, address) in enumerate(addresses(port))
    ]
    children.append(Child("The worker", [sys.executable, "manage.py", "worker"]))
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    for child in children:
        child.start()
    while not stopping:
        for child in children:
            child.look_after()
        time.sleep(0.2)
    for child in children:
        child.stop()
    for child in children:
        child.end()
    return 0


def main() -> int:
    """Serve what is prepared; for machines where nothing else restarts what dies."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmecf_portal.settings")
    try:
        check_settings()
        check_port(settings.PORT)
    except CannotStart as problem:
        say(problem)
        return 1
    return serve(settings.PORT, web_processes=settings.WEB_PROCESSES)


if __name__ == "__main__":
    sys.exit(main())
