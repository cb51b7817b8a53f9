"""Signing in against the bare Argon2 verify it must do, and failures of every kind against each other.

One web process on SQLite; requests follow each other, so that the time of an answer is the server's own. Rounds are
interleaved, so that a machine whose speed drifts favours nobody. Beside the time stands the processor time, which
other work on the machine disturbs less; of failures only the time counts, because part of it is waiting.
"""

import os
import socket
import sys
from dataclasses import dataclass, field
from itertools import count
from statistics import median
from time import perf_counter, process_time
from urllib.parse import urlencode

import django

from bench.server import Server, serving

ROUNDS = 12
EACH = 8  # requests of a kind in a round
PEOPLE = 96
PASSWORD = "Portal-Demo-2026!"
WRONG = "Wrong-Guess-2026!"
TOKEN = "a" * 32

_strangers = count()


def prepare() -> None:
    """In a process of its own, on the server's database: people with our hashes and with imported ones."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmecf_portal.settings")
    django.setup()
    from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password  # noqa: PLC0415 - after the setup
    from passlib.hash import sha512_crypt  # noqa: PLC0415

    from accounts.keys import name_key  # noqa: PLC0415
    from accounts.models import PacerAccount, TotpDevice, User  # noqa: PLC0415

    hashes = {
        "jane.{}": make_password(PASSWORD),
        "code.{}": make_password(PASSWORD),
        "six.{}": str(sha512_crypt.using(rounds=5000).hash(PASSWORD)),
        "pbk.{}": PBKDF2PasswordHasher().encode(PASSWORD, "saltsaltsalt", 20_000),
    }
    users = User.objects.bulk_create(
        User(username=name, username_key=name_key(name), email=f"{name}@bench.example", password=stored)
        for pattern, stored in hashes.items()
        for name in [pattern.format(number) for number in range(PEOPLE)]
    )
    PacerAccount.objects.bulk_create(
        PacerAccount(user=user, account_number=f"{2_000_000 + user.pk}", opened_on="2019-03-04", last_name="Roe")
        for user in users
    )
    TotpDevice.objects.bulk_create(
        TotpDevice(user=user, name="Phone", secret_sealed="") for user in users if user.username.startswith("code.")
    )


def bare_verify() -> tuple[float, float]:
    """Milliseconds of one Argon2 verify with the portal's own cost, and those of the processor."""
    from accounts.hashers import PortalArgon2Hasher  # noqa: PLC0415 - after the setup

    hasher = PortalArgon2Hasher()
    stored = hasher.encode(PASSWORD, hasher.salt())
    begun, busy = perf_counter(), process_time()
    assert hasher.verify(PASSWORD, stored)
    return (perf_counter() - begun) * 1000, (process_time() - busy) * 1000


def post(connection: socket.socket, login: str, password: str) -> tuple[float, int]:
    """Milliseconds until the whole answer is there, and its status. Each comes from an address of its own."""
    number = next(_strangers)
    body = urlencode({"csrfmiddlewaretoken": TOKEN, "login": login, "password": password})
    request = (
        "POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"X-Forwarded-For: 198.{18 + number // 65536 % 2}.{number // 256 % 256}.{number % 256}\r\n"
        f"Cookie: portal_csrf={TOKEN}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()
    begun = perf_counter()
    connection.sendall(request)
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _blank, rest = received.partition(b"\r\n\r\n")
    wanted = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    while len(rest) < wanted:
        rest += connection.recv(65536)
    return (perf_counter() - begun) * 1000, int(head.split(b" ", 2)[1])


@dataclass(slots=True)
class Spent:
    """What the requests of one kind took, in milliseconds."""

    times: list[float] = field(default_factory=list)
    busy: float = 0.0  # all together

    @property
    def time(self) -> float:
        return median(self.times)

    @property
    def processor(self) -> float:
        return self.busy / len(self.times)


KINDS = {
    "right, signed in": ("jane.{}", PASSWORD, 302),
    "right, code follows": ("code.{}", PASSWORD, 302),
    "wrong password": ("jane.{}", WRONG, 422),
    "unknown login": ("nobody.{}", WRONG, 422),
    "wrong, $6$ hash": ("six.{}", WRONG, 422),
    "wrong, pbkdf2 hash": ("pbk.{}", WRONG, 422),
}


def measure(server: Server) -> dict[str, Spent]:
    spent = {kind: Spent() for kind in ("bare verify", *KINDS)}
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        for pattern, password, _status in KINDS.values():  # the process meets every format once
            for _warm in range(4):
                post(connection, pattern.format(0), password)
        for turn in range(ROUNDS):
            for _each in range(EACH):
                took, busy = bare_verify()
                spent["bare verify"].times.append(took)
                spent["bare verify"].busy += busy
            for kind, (pattern, password, status) in KINDS.items():
                before = server.cpu()
                for each in range(EACH):
                    took, answered = post(connection, pattern.format((turn * EACH + each) % PEOPLE), password)
                    if answered != status:
                        sys.exit(f"{kind}: answered {answered}")
                    spent[kind].times.append(took)
                spent[kind].busy += (server.cpu() - before) * 1000
    return spent


def main() -> None:
    os.environ["TRUSTED_PROXIES"] = "1"
    with serving(courts=False, prepare="bench.signin") as server:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmecf_portal.settings")
        django.setup()
        spent = measure(server)
    bare, unknown = spent["bare verify"], spent["unknown login"]
    print("kind, ms, against the bare verify, processor ms, against it (target for a right password: at most 1.25)")
    for kind, its in spent.items():
        ratios = f"{its.time / bare.time:5.2f} {its.processor:6.1f} {its.processor / bare.processor:5.2f}"
        print(f"{kind:22} {its.time:6.1f} {ratios}")
    print("time of failures against an unknown login (target: within 5 of 100)")
    for kind, its in spent.items():
        if kind.startswith("wrong"):
            print(f"{kind:22} {its.time / unknown.time:6.3f}")


if __name__ == "__main__":
    prepare() if sys.argv[1:] == ["--prepare"] else main()
