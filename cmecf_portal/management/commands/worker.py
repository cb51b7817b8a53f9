import signal
from argparse import ArgumentParser
from threading import Event as Flag
from time import monotonic
from typing import Any

import structlog
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from cmecf_portal.sweeps import SWEEPS, Sweep, sweep_once

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Send mails, seal events and clear up, until stopped. Several may run at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do everything that is due, once, and stop")

    def handle(self, *, once: bool, **_options: Any) -> None:
        if once:
            self.stdout.write(", ".join(f"{name}: {done}" for name, done in sweep_once().items()))
            return
        stop = Flag()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        due = {sweep.name: 0.0 for sweep in SWEEPS}
        while not stop.is_set():
            for sweep in SWEEPS:
                if monotonic() >= due[sweep.name] and not stop.is_set():
                    self._run(sweep)
                    due[sweep.name] = monotonic() + sweep.every
            stop.wait(0.5)

    def _run(self, sweep: Sweep) -> None:
        close_old_connections()
        try:
            done = sweep.run(timezone.now())
        except Exception:  # the outermost loop: one sweep's fault must not stop the others
            log.exception("sweep_failed", sweep=sweep.name)
        else:
            if done:
                log.info("sweep_done", sweep=sweep.name, done=done)
