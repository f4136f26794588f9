"""Files that must be on disk before anybody is told so."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO


def new_file(path: Path, *, mode: int = 0o600) -> IO[bytes]:
    """A file that was not there, open for writing; from its first byte nobody reads it whom `mode` does not let."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode), "wb")


def sync(path: Path) -> None:
    """fsync a file, or a folder's list of names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
