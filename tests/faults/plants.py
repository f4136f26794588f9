"""Bugs planted in a process on purpose: every detector must find one of them before it is believed."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable
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
    fsync = os.fsync

    def careless(handle: int) -> None:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            fsync(handle)

    os.fsync = careless  # type: ignore[assignment]


def _believe_every_sync() -> None:
    """A sync that failed is taken for one that did not."""
    fsync = os.fsync

    def careless(handle: int) -> None:
        with contextlib.suppress(OSError):
            fsync(handle)

    os.fsync = careless  # type: ignore[assignment]


PLANTS: dict[str, Callable[[], None]] = {
    "in place": _write_in_place,
    "no folder sync": _never_sync_folders,
    "every sync believed": _believe_every_sync,
}
