"""A real server for the benchmarks: granian with one process on a database of its own, and a client that counts."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from scripts.services import free_port

TOP = Path(__file__).resolve().parent.parent
CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port, the process that answers, and the seconds from start to the first answer."""

    port: int
    pid: int
    started_in: float

    def cpu(self) -> float:
        """CPU seconds that the process has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Resident memory, MB."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0


def manage(environment: dict[str, str], *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=TOP, env=environment, check=True, capture_output=True)


@contextmanager
def serving(*, courts: bool = True, prepare: str = "") -> Iterator[Server]:
    """One web process on SQLite with the reference data, for the length of the block.

    `prepare` names a module that, run with `--prepare`, puts more into the database.
    """
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "PORTAL_DEMO": "off",
            "EMAIL_URL": "dummymail://",
        }
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        if courts:
            manage(environment, "load_courts")
        if prepare:
            subprocess.run([sys.executable, "-m", prepare, "--prepare"], cwd=TOP, env=environment, check=True)
        port = free_port()
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
            "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "error",
            "cmecf_portal.wsgi:application",
        ]  # fmt: skip
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=TOP, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait(port)
            yield Server(port, _worker(process.pid), time.perf_counter() - begun)
        finally:
            process.terminate()
            process.wait(timeout=15)


def _wait(port: int) -> None:
    for _try in range(600):
        try:
            if ask(port, "/livez")[0] == 200:
                return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError("the server did not answer within 12 seconds")


def _worker(parent: int) -> int:
    """The process that answers: granian's own child."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return int(found[0]) if found else parent


def ask(port: int, path: str) -> tuple[int, int]:
    """One request on a connection of its own: status and size."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        return _exchange(connection, _request(path))


def _request(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n".encode()


def _exchange(connection: socket.socket, request: bytes) -> tuple[int, int]:
    connection.sendall(request)
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _blank, body = received.partition(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    wanted = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0
    )
    missing = wanted - len(body)
    while missing > 0:
        missing -= len(connection.recv(min(missing, 262144)))
    return status, wanted


def hammer(server: Server, path: str, *, requests: int) -> tuple[float, float, set[int]]:
    """`requests` over a few kept connections: requests per second, CPU milliseconds of the server each, statuses."""
    statuses: set[int] = set()
    request = _request(path)

    def work() -> None:
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
            for _number in range(requests // CONNECTIONS):
                statuses.add(_exchange(connection, request)[0])

    cpu, begun = server.cpu(), time.perf_counter()
    threads = [Thread(target=work) for _number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = requests // CONNECTIONS * CONNECTIONS
    return done / (time.perf_counter() - begun), (server.cpu() - cpu) / done * 1000, statuses
