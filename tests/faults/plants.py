"""Bugs planted in a process on purpose: every detector must find one of them before it is believed."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import warraq as package

HERE = Path(__file__).parent


def plant(bug: str) -> None:
    """Break this process; nothing where `bug` is empty."""
    if bug:
        PLANTS[bug]()


def environment_of(bug: str) -> dict[str, str]:
    """What a real command must find in its environment so that it is broken; nothing where `bug` is empty."""
    if not bug:
        return {}
    folders = [str(HERE / "planted"), str(Path(package.__file__).parents[1]), str(HERE.parents[1])]
    return {"PYTHONPATH": os.pathsep.join(folders), "FAULTS_PLANT": bug}


def _write_in_place() -> None:
    """Files are put over those that readers are reading."""

    def put(source: Any, target: Any) -> None:
        with Path(source).open("rb") as whole, Path(target).open("wb", buffering=0) as file:
            while part := whole.read(1024):
                file.write(part)
        Path(source).unlink()

    os.rename = os.replace = put  # type: ignore[assignment]


def _never_sync_folders() -> None:
    from warraq.press import folder

    sync = folder.sync

    def careless(paths: Collection[Path]) -> None:
        sync([path for path in paths if not path.is_dir()])

    folder.sync = careless


def _believe_every_sync() -> None:
    """A sync that failed is taken for one that did not."""
    from warraq.press import folder

    sync = folder.sync

    def careless(paths: Collection[Path]) -> None:
        with contextlib.suppress(OSError):
            sync(paths)

    folder.sync = careless


LONG_SECONDS = 0.05
"""The moment between two transactions that should be one, made longer, so that a few kills fall into it."""


def _save_cursor_first() -> None:
    """How far the spool was read is kept before what was read is counted."""
    from warraq.readership import tasks
    from warraq.readership.models import SpoolCursor
    from warraq.spool import SpoolReader

    read, count = SpoolReader.read, tasks.take_in_records
    reading: list[dict[str, int]] = [{}]

    def remembering(self: Any, cursors: Any, **words: Any) -> Any:
        batch = read(self, cursors, **words)
        reading[0] = batch.cursors
        return batch

    def late(**words: Any) -> Any:
        for segment, position in reading[0].items():
            SpoolCursor.objects.update_or_create(segment=segment, defaults={"position": position})
        time.sleep(LONG_SECONDS)
        return count(**words)

    SpoolReader.read = remembering  # type: ignore[method-assign]
    tasks.take_in_records = late
    _keep_apart(tasks)


def _save_counts_first() -> None:
    """Reads are counted before it is kept how far the spool was read."""
    from warraq.readership import tasks

    count = tasks.take_in_records

    def early(**words: Any) -> Any:
        tally = count(**words)
        time.sleep(LONG_SECONDS)
        return tally

    tasks.take_in_records = early
    _keep_apart(tasks)


def _keep_apart(tasks: Any) -> None:
    """What a task of readership does in one transaction, it does in several."""
    tasks._Cursors.transaction = lambda _self: contextlib.nullcontext()


def _never_sync() -> None:
    """The disk is never waited for."""
    os.fsync = lambda _handle: None


def _wait_for_every_body() -> None:
    """The front waits for as many bodies at once as there are senders."""
    from warraq.front import door

    door.POSTS_AT_ONCE = door.POSTS_EACH = 10_000  # type: ignore[misc]


PLANTS: dict[str, Callable[[], None]] = {
    "in place": _write_in_place,
    "no folder sync": _never_sync_folders,
    "every sync believed": _believe_every_sync,
    "no sync": _never_sync,
    "every body waited for": _wait_for_every_body,
    "cursor first": _save_cursor_first,
    "counts first": _save_counts_first,
}
