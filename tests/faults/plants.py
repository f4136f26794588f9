"""Bugs planted in a process on purpose: every detector must find one of them before it is believed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any


def plant(bug: str) -> None:
    """Break this process; nothing where `bug` is empty."""
    if bug:
        PLANTS[bug]()


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


PLANTS: dict[str, Callable[[], None]] = {
    "in place": _write_in_place,
    "no folder sync": _never_sync_folders,
    "every sync believed": _believe_every_sync,
}
