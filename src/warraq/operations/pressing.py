"""Who may press: on SQLite one process at a time, on PostgreSQL as many as like. Needs Django."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from warraq.config.paper import PaperConfig
from warraq.operations import locks
from warraq.press import claims


@contextmanager
def at_the_press(config: PaperConfig, *, wait: bool = False) -> Iterator[None]:
    """Be a process that presses. Raises AlreadyRunning where another does and may be the only one; with `wait` it waits
    for that one instead."""
    if claims.are_shared():
        yield
    else:
        with locks.held(config.run, "press", wait=wait):
            yield
