"""One go-live Monday on the database of the environment: prepared, served, lived through, looked over. See go_live."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import quantiles

import django
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError

django.setup()  # before the modules below, which know the models

from accounts.models import OutgoingMail  # noqa: E402
from bench.aftermath import broken, broken_mails, deliver_the_rest  # noqa: E402
from bench.browser import Figures  # noqa: E402
from bench.morning import COURT, Outcome, attorneys_link, rivals_link  # noqa: E402
from bench.server import TOP, ask  # noqa: E402

TOGETHER = 32  # attorneys under way at any time: with doubled forms 64 requests
RIVALS = 10
LONGEST = 1800.0  # seconds for the morning: it takes 4 minutes of CPU, and machines are shared
MAILS_WITHIN = 300.0  # seconds after it
KILLS = (0.25, 0.5, 0.75)  # of the attorneys linked
STEPS = (
    "login page", "sign in", "code page", "second factor", "link page", "link form", "confirm page", "confirm",
    "welcome page",
)  # fmt: skip


@dataclass(slots=True)
class Killer:
    """Ends one web process and the worker with SIGKILL whenever the next part of the attorneys has linked."""

    supervisor: int
    parts: list[int]
    killed: list[str] = field(default_factory=list)

    async def watch(self, outcome: Outcome) -> None:
        while self.parts:
            await asyncio.sleep(0.05)
            if len(outcome.receipts) >= self.parts[0]:
                self.parts.pop(0)
                self._kill("worker", lambda pid: "manage.py worker" in _command(pid), among=_children(self.supervisor))
                web = [pid for pid in _children(self.supervisor) if "granian" in _command(pid)]
                inner = [pid for parent in web for pid in _children(parent)]
                self._kill("web process", lambda pid: "--interface wsgi" in _command(pid), among=inner)

    def _kill(self, name: str, is_one: Callable[[int], bool], *, among: list[int]) -> None:
        for pid in filter(is_one, among):
            os.kill(pid, signal.SIGKILL)
            self.killed.append(f"{name} {pid}")
            return


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


def main(arguments: list[str]) -> int:
    """`FOLDER ATTORNEYS SEED kill|spare`: 0 if every promise was kept."""
    folder, count, chance = Path(arguments[0]), int(arguments[1]), Random(int(arguments[2]))
    attorneys = [f"atty{number:06d}" for number in range(count)]
    rivals = [f"rival{number:06d}" for number in range(RIVALS)]
    _prepare(count)
    figures, outcome = Figures(), Outcome()
    with _serving(folder) as supervisor:
        killer = Killer(supervisor, [int(count * part) for part in KILLS] if arguments[3] == "kill" else [])
        begun, used = time.perf_counter(), _cpu(supervisor)
        asyncio.run(_live(attorneys, rivals, killer, figures=figures, outcome=outcome, chance=chance))
        seconds, used = time.perf_counter() - begun, _cpu(supervisor) - used
        mailed = _wait_for_mails()
    deliver_the_rest()
    faults = [*broken(outcome, attorneys=attorneys, rivals=rivals, contested="contested000000")]
    workers = sum(name.startswith("worker") for name in killer.killed)
    faults += [
        *broken_mails(folder / "mails", workers_killed=workers),
        *_server_faults(folder / "log", figures, killed=killer.killed),
    ]
    _print(figures, outcome, killer, seconds=seconds, cpu=used, mailed=mailed)
    for fault in faults[:30]:
        print(f"BROKEN: {fault}")
    print("Every promise was kept." if not faults else f"{len(faults)} promises were broken.", flush=True)
    return 1 if faults else 0


def _prepare(count: int) -> None:
    subprocess.run([sys.executable, "-m", "scripts.prepare"], cwd=TOP, check=True)
    for prefix, number in (("atty", count), ("rival", RIVALS), ("contested", 1)):
        call_command("simulate", attorneys=number, court=COURT, prefix=prefix, verbosity=0)


@contextmanager
def _serving(folder: Path) -> Iterator[int]:
    """What `make run` runs, for the length of the block: the process that looks after web and worker."""
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([sys.executable, "-m", "scripts.serve"], cwd=TOP, stdout=log, stderr=log)
        try:
            _wait_until_it_answers()
            yield process.pid
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait_until_it_answers() -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError):
            if ask(settings.PORT, "/livez")[0] == 200:
                return
        time.sleep(0.05)
    sys.exit("The server did not answer within a minute.")


async def _live(
    attorneys: list[str], rivals: list[str], killer: Killer, *, figures: Figures, outcome: Outcome, chance: Random
) -> None:
    watching = asyncio.create_task(killer.watch(outcome))
    try:
        async with asyncio.timeout(LONGEST):
            await asyncio.gather(
                attorneys_link(
                    attorneys, port=settings.PORT, figures=figures, outcome=outcome, together=TOGETHER, chance=chance
                ),
                rivals_link(
                    rivals, "contested000000", port=settings.PORT, figures=figures, outcome=outcome, chance=chance
                ),
            )
    except TimeoutError:
        outcome.faults.append(f"the morning was not over after {LONGEST:.0f} s")
    watching.cancel()


def _wait_for_mails() -> float:
    """Seconds from the last link until the worker has sent what it may."""
    begun = time.monotonic()
    while time.monotonic() < begun + MAILS_WITHIN:
        with suppress(OperationalError):
            if not OutgoingMail.objects.filter(state="waiting", leased_until=None).exists():
                break
        time.sleep(0.2)
    return time.monotonic() - begun


def _cpu(supervisor: int) -> float:
    """CPU seconds of all processes under the supervisor that are alive."""
    total, todo = 0.0, [supervisor]
    while todo:
        pid = todo.pop()
        todo += _children(pid)
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def _server_faults(log: Path, figures: Figures, *, killed: list[str]) -> Iterator[str]:
    """What no morning should show: answers of 500 and above, connections that broke by themselves, tracebacks."""
    for (step, status), number in figures.statuses.items():
        if status >= 500:
            yield f"{step}: {number} answers with {status}"
    if figures.broken and not killed:
        yield f"connections broke: {dict(figures.broken)}"
    text = log.read_text()
    if number := text.count("Traceback"):
        yield f"{number} tracebacks in the server's log, the first: {text[text.index('Traceback') :][:2000]}"


def _print(figures: Figures, outcome: Outcome, killer: Killer, *, seconds: float, cpu: float, mailed: float) -> None:
    links = len(outcome.receipts)
    rates = f"{links / seconds:.1f} links/s, {outcome.signed_in / seconds:.1f} sign-ons/s"
    print(f"{links} links in {seconds:.0f} s: {rates}")
    requests = figures.statuses.total() + figures.hung_up
    print(f"{requests} requests, {requests / seconds:.0f}/s; {figures.hung_up} answers not waited for")
    print(f"CPU of the server: {cpu:.0f} s, {cpu / max(links, 1) * 1000:.0f} ms a link, all forms doubled")
    print(f"mails sent {mailed:.1f} s after the last link")
    if killer.killed:
        print(f"killed: {', '.join(killer.killed)}; connections that broke: {dict(figures.broken)}")
    print(f"{'step':16} {'answers':>8} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8}  statuses")
    for step in STEPS:
        times = figures.seconds[step]
        if len(times) > 1:
            cuts = [seconds * 1000 for seconds in quantiles(times, n=100)]
            statuses = {status: number for (name, status), number in sorted(figures.statuses.items()) if name == step}
            print(f"{step:16} {len(times):8} {cuts[49]:8.0f} {cuts[94]:8.0f} {cuts[98]:8.0f}  {statuses}")
