"""The shipper, beside the front of a further machine: packs what readers sent, and sends it where a stream is set.

No Django. Where it cannot go on it says so and tries again later; the front takes reads and comments all the same.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from warraq.config.paper import KINDS, PaperConfig
from warraq.operations import parts
from warraq.operations.rounds import Task
from warraq.operations.stopping import Stopping
from warraq.spool.outbox import Outbox
from warraq.spool.shipping import Sender
from warraq.spool.stream import connect

LOOK_SECONDS = 0.1
BEAT_SECONDS = 5.0
"""How often a living shipper touches its ready file."""


def run(config: PaperConfig) -> None:
    """Work until SIGTERM or SIGINT; a step that began is finished first."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.INFO)
    stopping = Stopping()
    ready = parts.ready_file(config.run, parts.SHIPPER)
    try:
        _loop(tasks(config, stopping), stopping, ready)
    finally:
        ready.unlink(missing_ok=True)


def tasks(config: PaperConfig, stopping: Callable[[], bool]) -> list[Task]:
    """One for each spool."""
    stream = connect(config.fronts.stream, paper=config.fronts.paper)
    made = []
    for kind in KINDS:
        outbox = Outbox(config.spool, kind, paper=config.fronts.paper)
        ship = Ship(outbox, Sender(outbox, stream) if stream else None, stopping)
        made.append(Task(kind, ship, every_seconds=config.fronts.interval_seconds))
    return made


class Ship:
    """Packs what is there, as far as there is room, and sends it."""

    def __init__(self, outbox: Outbox, sender: Sender | None, stopping: Callable[[], bool]) -> None:
        self._outbox = outbox
        self._sender = sender
        self._stopping = stopping

    def __call__(self) -> int:
        while not self._stopping():
            # Nothing is packed that could not be sent: while the stream's server is away the spool holds it.
            has_room = self._sender.look() if self._sender else True
            is_more = self._outbox.pack() if has_room else False
            if self._sender:
                self._sender.send()
            if not is_more:
                break
        return 0


def _loop(todo: list[Task], stopping: Callable[[], bool], ready: Path) -> None:
    ready.touch()
    beat_at = time.monotonic() + BEAT_SECONDS
    while not stopping():
        for task in todo:
            task.run(time.monotonic())
        if time.monotonic() >= beat_at:
            ready.touch()
            beat_at = time.monotonic() + BEAT_SECONDS
        time.sleep(LOOK_SECONDS)
