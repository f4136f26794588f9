"""Tasks that wait on the network, in a thread of their own: beside the pressroom's rounds, which they never hold up."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Protocol

from django.db import close_old_connections, connection

LOOK_SECONDS = 0.5
"""Between two rounds in which there was nothing to do."""
STOP_SECONDS = 5.0
"""How long what is under way may take to end; what is cut off is done again."""


class Runs(Protocol):
    def run(self, now: float) -> int:
        """Do what is due by the monotonic clock; how much. Raises nothing."""


class Beside:
    """While it is entered, each of `tasks` is called again and again; without tasks there is no thread."""

    def __init__(self, tasks: Sequence[Runs], *, look_seconds: float = LOOK_SECONDS) -> None:
        self._tasks = tasks
        self._look_seconds = look_seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="beside", daemon=True)

    def _work(self) -> None:
        try:
            while not self._stopping.is_set():
                done = sum(task.run(time.monotonic()) for task in self._tasks)
                close_old_connections()
                self._stopping.wait(0 if done else self._look_seconds)
        finally:
            connection.close()

    def __enter__(self) -> Beside:
        if self._tasks:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        if self._tasks:
            self._thread.join(STOP_SECONDS)
