"""More processes that press beside the pressroom, where the database is shared (PostgreSQL): `press.workers`.

The pressroom starts them, starts those again that died, and frees what they had claimed. They end with it.
"""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.context import SpawnProcess
from types import TracebackType

from warraq.operations.worker import work
from warraq.press import claims

STOP_SECONDS = 10.0


class Workers:
    """`count` processes; none on a database that only one process may press at a time."""

    def __init__(self, count: int) -> None:
        self._count = count if claims.are_shared() else 0
        self._processes: list[SpawnProcess] = []

    def watch(self) -> None:
        """Start those that are missing; what dead ones had claimed is free again."""
        living = [process for process in self._processes if process.is_alive()]
        if len(living) < len(self._processes):
            claims.free_dead()
        while len(living) < self._count:
            process = multiprocessing.get_context("spawn").Process(target=work, args=(os.getpid(),), daemon=True)
            process.start()
            living.append(process)
        self._processes = living

    def __enter__(self) -> Workers:
        self.watch()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join(STOP_SECONDS)
