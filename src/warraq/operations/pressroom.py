"""The pressroom: one loop that turns changes into pages, takes spools in, ranks, and fires what was scheduled.

Every task is one idempotent call. One that raises is logged and left alone for a while; the others go on.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from warraq.comments import tasks as comments
from warraq.config.paper import PaperConfig
from warraq.newsroom import tasks as newsroom
from warraq.newsroom.rankings.services import rank_all, rank_sections
from warraq.operations import fronts, locks, parts
from warraq.operations.beside import Beside
from warraq.operations.errors import AlreadyRunning
from warraq.operations.pressing import at_the_press
from warraq.operations.rounds import Task
from warraq.operations.stopping import Stopping
from warraq.operations.workers import Workers
from warraq.press import claims, copying, unsent
from warraq.press import services as press
from warraq.press.bell import Bell
from warraq.press.pool import Pool
from warraq.press.store import Store
from warraq.readership import tasks as readership
from warraq.search import tasks as search

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.25
"""Longest wait between two rounds where nobody rings: spools and the clock ring no bell."""
STEPS = 12
"""Steps pressed in one go: a press of the whole archive leaves room for spools and for what editors do."""
FOLD_SECONDS = 600.0
"""How often it is looked whether a day of reads is past."""
BEAT_SECONDS = 5.0
"""How often a living pressroom touches its ready file."""


def tasks(config: PaperConfig, pool: Pool) -> list[Task]:
    """What a round does, in order: what an editor just did comes first, and again after what changed by itself."""
    return [
        Task("press", lambda: _press(config, pool)),
        Task("scheduled publication", newsroom.publish_due),
        Task("comments", comments.take_in),
        Task("reads", readership.take_in),
        Task("rankings", _rank, every_seconds=settings.WARRAQ_RANKING_INTERVAL_SECONDS),
        Task("rankings of sections", _rank_sections, every_seconds=settings.WARRAQ_SECTION_RANKING_INTERVAL_SECONDS),
        Task("reads of past days", readership.fold, every_seconds=FOLD_SECONDS),
        Task("press of what changed by itself", lambda: _press(config, pool)),
        Task("search index", search.index_pending),
    ]


def _press(config: PaperConfig, pool: Pool) -> int:
    try:
        with at_the_press(config):
            return press.press_pending(limit_steps=STEPS, pool=pool, patient=True).sheets_rendered
    except AlreadyRunning:
        return 0  # an operator's `warraq press` does it at this moment


def _rank() -> int:
    return int(rank_all(timezone.now()))


def _rank_sections() -> int:
    return int(rank_sections(timezone.now()))


def aside(config: PaperConfig) -> list[Task]:
    """What waits on the network, and so runs beside the rounds and holds none of them up."""
    return [Task("copy in the bucket", Copy(config))] if unsent.is_kept() else []


class Copy:
    """Sends what changed; first of all what changed while no pressroom ran."""

    def __init__(self, config: PaperConfig) -> None:
        self._run = config.run
        self._store: Store | None = None

    def __call__(self) -> int:
        try:
            with locks.held(self._run, "bucket"):
                if self._store is None:
                    self._store = copying.paper_bucket()
                    copying.catch_up()
                return copying.send(self._store)
        except AlreadyRunning:
            return 0  # an operator's `warraq press --verify` does it at this moment


def run(config: PaperConfig) -> None:
    """Work until SIGTERM or SIGINT; a round that began is finished first."""
    stopping = Stopping()
    ready = parts.ready_file(config.run)
    ready.unlink(missing_ok=True)
    claims.free_dead()
    press.enqueue_stale()
    pool = Pool(config.press.rendering_processes)
    workers = Workers(config.press.workers - 1)
    with Bell(settings.WARRAQ_BELL) as bell, pool, workers, Beside(aside(config)), fronts.fetched(config):
        try:
            _loop(tasks(config, pool), bell, stopping, ready, beat=workers.watch)
        finally:
            ready.unlink(missing_ok=True)


def _loop(
    todo: list[Task],
    bell: Bell,
    stopping: Callable[[], bool],
    ready: Path,
    *,
    beat: Callable[[], None] = lambda: None,
) -> None:
    ready.touch()
    beat_at = time.monotonic() + BEAT_SECONDS
    while not stopping():
        done = sum(task.run(time.monotonic()) for task in todo)
        close_old_connections()
        if time.monotonic() >= beat_at:
            ready.touch()
            beat()
            beat_at = time.monotonic() + BEAT_SECONDS
        bell.wait(0 if done else LOOK_SECONDS)
