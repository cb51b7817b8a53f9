"""The servers that the tests talk to: those that are named or run here, else throw-away ones."""

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


def running_postgres() -> str | None:
    """TEST_POSTGRES_URL, or a server on loopback that lets one of the usual users make databases."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        return url
    for user in dict.fromkeys((os.environ.get("PGUSER", ""), getpass.getuser(), "postgres")):
        if user and _can_create(f"postgres://{user}@127.0.0.1:5432/postgres"):
            return f"postgres://{user}@127.0.0.1:5432/postgres"
    return None


def _can_create(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
            return bool((row.fetchone() or (False,))[0])
    except psycopg.Error:
        return False


@contextmanager
def throwaway_postgres() -> Iterator[str | None]:
    """A cluster of its own for the length of the block, where `initdb` is installed; else None."""
    found = [shutil.which("initdb"), *map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb"))]
    initdb = next((Path(path).resolve() for path in found if path), None)
    if initdb is None:
        yield None
        return
    control = initdb.with_name("pg_ctl")
    with tempfile.TemporaryDirectory(prefix="portal-pg-") as folder:
        user = _unprivileged(folder)
        files, port = f"{folder}/files", free_port()
        options = f"-k {folder} -c listen_addresses=127.0.0.1 -c port={port} -c fsync=off -c max_connections=200"
        _quietly([str(initdb), "-D", files, "-A", "trust", "-U", "portal", "-E", "UTF8", "--no-sync"], user)
        _quietly([str(control), "-D", files, "-o", options, "-l", f"{folder}/log", "-w", "start"], user)
        try:
            yield f"postgres://portal@127.0.0.1:{port}/postgres"
        finally:
            _quietly([str(control), "-D", files, "-m", "immediate", "stop"], user)


def _unprivileged(folder: str) -> str | None:
    """PostgreSQL refuses to run as root: whose name to take, who then owns the folder; None for our own."""
    if os.geteuid() != 0:
        return None
    user = next(entry.pw_name for entry in pwd.getpwall() if entry.pw_name in {"postgres", "nobody"})
    shutil.chown(folder, user)
    return user


def _quietly(command: list[str], user: str | None) -> None:
    """Output goes to files, not pipes: a server that stays would hold a pipe open."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=user, cwd="/", stdin=subprocess.DEVNULL)


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def running_redis() -> str | None:
    """TEST_REDIS_URL, or a server on loopback."""
    url = os.environ.get("TEST_REDIS_URL") or "redis://127.0.0.1:6379/9"
    return url if answers(url) else None


def answers(url: str) -> bool:
    """Whether a Redis server is there."""
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


@contextmanager
def throwaway_redis() -> Iterator[str | None]:
    """A server of its own for the length of the block, where Redis or Valkey is installed; else None."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="portal-redis-") as folder:
        port = free_port()
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        try:
            url = f"redis://127.0.0.1:{port}/0"
            until = time.monotonic() + 10
            while not answers(url) and time.monotonic() < until:
                time.sleep(0.05)
            yield url if answers(url) else None
        finally:
            server.terminate()
            server.wait(timeout=10)


def chromium() -> str | None:
    """Debian's Chromium, or another one in the usual places."""
    return next((path for path in CHROMIUM if Path(path).exists()), None) or shutil.which("chromium")
