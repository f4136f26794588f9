"""One segment being written: appends, and a sync that many threads share. Held by a file lock while it is open."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import threading
import time
from pathlib import Path

from warraq.spool import frames
from warraq.spool.errors import SpoolFailed

TRIES = 10
"""Names tried for a new segment: a reader may hold or remove one in the moment between its creation and its lock."""


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """`folder` and what leads to it, each new one synced into its parent. Raises OSError."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        new.mkdir(exist_ok=True, mode=0o700)
        sync_folder(new.parent)


class Segment:
    """A file that this process alone appends to. `write` is called under the writer's lock, `sync` by any thread."""

    def __init__(self, folder: Path) -> None:
        """A new segment, on disk when this returns. Raises OSError."""
        self.file, self._handle = _create(folder)
        self._token = secrets.token_bytes(4)
        try:
            header = frames.segment_header(self._token)
            _write_whole(self._handle, header)
            os.fsync(self._handle)
            sync_folder(folder)
        except OSError:
            self.file.unlink(missing_ok=True)
            os.close(self._handle)
            raise
        self.written = self._synced = len(header)
        self.holds_records = False
        self._turn = threading.Condition()
        self._syncing = False
        self._failed: OSError | None = None
        self._closed = False

    @property
    def has_failed(self) -> bool:
        """Whether a sync of it has failed."""
        return self._failed is not None

    def write(self, record: bytes) -> int:
        """The length of the file once `record` is in it. After an OSError nothing more may be written."""
        data = frames.frame(self._token, record)
        _write_whole(self._handle, data)
        self.written += len(data)
        self.holds_records = True
        return self.written

    def sync(self, position: int | None = None) -> None:
        """Return once the first `position` bytes (None: all) are on disk; one fsync serves all who wait for it.

        Raises SpoolFailed, and for ever after once it has: what a failed fsync left in memory is never tried again.
        """
        position = self.written if position is None else position
        with self._turn:
            while self._syncing and self._synced < position:
                self._turn.wait()
            if self._failed:
                raise SpoolFailed(f"{self.file.name} could not be synced: {self._failed}") from self._failed
            if self._synced >= position or self._closed:
                return
            self._syncing = True
            covered = self.written
        try:
            os.fsync(self._handle)
        except OSError as error:
            self._failed = error
            raise SpoolFailed(f"{self.file.name} could not be synced: {error}") from error
        finally:
            with self._turn:
                self._syncing = False
                if not self._failed:
                    self._synced = max(self._synced, covered)
                self._turn.notify_all()

    def finish(self) -> None:
        """Sync and close; the lock goes, so that a reader may remove the file. Raises SpoolFailed."""
        try:
            self.sync()
        finally:
            with self._turn:
                while self._syncing:
                    self._turn.wait()
                self.let_go()

    def discard(self) -> None:
        """Remove a segment that holds no record."""
        with contextlib.suppress(OSError):
            self.file.unlink()
        self.let_go()

    def let_go(self) -> None:
        """Close without a sync: in a forked child, whose parent goes on with the file."""
        if not self._closed:
            self._closed = True
            os.close(self._handle)


def _create(folder: Path) -> tuple[Path, int]:
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC
    for _ in range(TRIES):
        file = folder / f"{time.time_ns():020d}-{os.getpid()}-{secrets.token_hex(4)}{frames.SUFFIX}"
        handle = os.open(file, flags, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            continue
        if os.fstat(handle).st_nlink:
            return file, handle
        os.close(handle)
    raise OSError(f"no new segment could be locked in {folder}")


def _write_whole(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
