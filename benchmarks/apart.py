"""Work in processes of its own: each begins with all that this one has in memory, and a copy of the paper's database.

What is tried there leaves no trace for the next.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

AT_ONCE = 2
forking = multiprocessing.get_context("fork")


def apart(jobs: Sequence[Callable[[], Any]], *, at_once: int = AT_ONCE) -> list[Any]:
    """What each gives, in their order. Raises SystemExit where one fails; it has said why."""
    found: dict[int, Any] = {}
    running: dict[int, tuple[Any, Any]] = {}
    waiting = list(enumerate(jobs))
    while waiting or running:
        while waiting and len(running) < at_once:
            number, job = waiting.pop(0)
            receiving, sending = forking.Pipe(duplex=False)
            process = forking.Process(target=_run, args=(job, sending))
            process.start()
            sending.close()
            running[number] = (process, receiving)
        ready = multiprocessing.connection.wait([receiving for _process, receiving in running.values()])
        for number, (process, receiving) in list(running.items()):
            if receiving in ready:
                try:
                    found[number] = receiving.recv()
                except EOFError:
                    raise SystemExit("a part of the benchmark failed") from None
                process.join()
                del running[number]
    return [found[number] for number in range(len(jobs))]


def _run(job: Callable[[], Any], sending: Any) -> None:
    sending.send(job())
    sending.close()


def with_own_database(job: Callable[[], Any], *, waits_for_disk: bool = False) -> Callable[[], Any]:
    """The job on a copy of the database as it is when the job begins. Nobody writes meanwhile."""

    def run() -> Any:
        from django.db import connection

        connection.close()
        ours = Path(connection.settings_dict["NAME"])
        folder = Path(tempfile.mkdtemp(prefix="copy-", dir=ours.parent))
        for name in (ours.name, f"{ours.name}-wal"):
            if (ours.parent / name).exists():
                shutil.copyfile(ours.parent / name, folder / name)
        connection.settings_dict["NAME"] = folder / ours.name
        try:
            if not waits_for_disk:
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA synchronous=OFF")
            return job()
        finally:
            connection.close()
            shutil.rmtree(folder)

    return run


def settled() -> None:
    """Let go of the database, so that children may copy it. Call it before `apart`."""
    from django.db import connections

    connections.close_all()
    os.sync()
