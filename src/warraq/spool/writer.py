"""Appending to a spool. A record that `append` returned from survives a killed process, a durable one a power cut."""

from __future__ import annotations

import logging
import os
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path

from warraq.spool.errors import RecordTooLarge, SpoolError, SpoolFailed, SpoolFull
from warraq.spool.frames import MAX_RECORD
from warraq.spool.segment import Segment, make_folder

logger = logging.getLogger(__name__)

REST_SECONDS = 1.0
"""After a failure appends are refused at once for so long: a full disk must not be hammered with new segments."""
LOOK_SECONDS = 0.2
"""The disk's free space is looked at this often."""


class SpoolWriter:
    """Appends records to segment files of its own in `folder`. Safe in many threads, and across a fork.

    `sync_interval_ms` bounds what a power cut takes of the records that are not durable; appends are refused while
    the disk has less than `reserve_bytes` free, so that the rest of the paper can still be worked with.
    """

    def __init__(
        self,
        folder: Path,
        *,
        sync_interval_ms: int = 200,
        segment_bytes: int = 16 << 20,
        reserve_bytes: int = 32 << 20,
    ) -> None:
        self.folder = folder
        self._sync_interval = sync_interval_ms / 1000
        self._segment_bytes = segment_bytes
        self._reserve_bytes = reserve_bytes
        self._segment: Segment | None = None
        self._begin()
        forget = weakref.WeakMethod(self._forget)
        os.register_at_fork(after_in_child=lambda: (found := forget()) and found())

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._retired: list[Segment] = []
        self._waiting = threading.Event()
        self._keeper: threading.Thread | None = None
        self._refused: tuple[float, SpoolError] | None = None
        self._looked = 0.0

    def _forget(self) -> None:
        """In a forked child: leave the parent's files to it."""
        for segment in [*self._retired, self._segment]:
            if segment:
                segment.let_go()
        self._segment = None
        self._begin()

    def append(self, record: bytes, *, durable: bool) -> None:
        """Keep `record`: on disk where `durable`, else with the system, on disk within the sync interval.

        Raises SpoolError where it is not kept.
        """
        if len(record) > MAX_RECORD:
            raise RecordTooLarge(f"a record of {len(record)} bytes; at most {MAX_RECORD} are taken")
        with self._lock:
            segment, position = self._write(record)
        if not durable:
            if not self._waiting.is_set():
                self._waiting.set()
            return
        try:
            segment.sync(position)
        except SpoolFailed as error:
            with self._lock:
                self._abandon(segment, error)
            raise

    def close(self) -> None:
        """Sync and close. The writer may be used again: it begins a new segment. Raises SpoolFailed."""
        with self._lock:
            segments = [*self._retired, *([self._segment] if self._segment else [])]
            self._retired, self._segment = [], None
        for segment in segments:
            segment.finish()

    def _write(self, record: bytes) -> tuple[Segment, int]:
        self._refuse_where_resting()
        segment = None
        try:
            self._look_at_disk()
            segment = self._current()
            return segment, segment.write(record)
        except SpoolFull as error:
            self._abandon(None, error)
            raise
        except OSError as error:
            failure = SpoolFailed(f"{self.folder} cannot be written: {error}")
            self._abandon(segment, failure)
            raise failure from error

    def _current(self) -> Segment:
        if self._segment and self._segment.written >= self._segment_bytes:
            self._retire(self._segment)
        if self._segment is None:
            make_folder(self.folder)
            self._segment = Segment(self.folder)
        if self._keeper is None:
            self._keeper = threading.Thread(target=_keep, args=(weakref.ref(self),), name="spool", daemon=True)
            self._keeper.start()
        return self._segment

    def _refuse_where_resting(self) -> None:
        if self._refused:
            until, error = self._refused
            if time.monotonic() < until:
                raise type(error)(str(error))
            self._refused = None

    def _look_at_disk(self) -> None:
        now = time.monotonic()
        if now - self._looked < LOOK_SECONDS:
            return
        make_folder(self.folder)
        disk = os.statvfs(self.folder)
        if disk.f_bavail * disk.f_frsize < self._reserve_bytes:
            raise SpoolFull(f"the disk of {self.folder} has less than {self._reserve_bytes} bytes free")
        self._looked = now

    def _abandon(self, segment: Segment | None, error: SpoolError) -> None:
        """Write no more to `segment`, and nothing at all for a while. Called under the lock."""
        logger.error("spool: %s", error)
        self._refused = (time.monotonic() + REST_SECONDS, error)
        if segment is None or segment is not self._segment:
            return
        if segment.holds_records:
            self._retire(segment)
        else:
            self._segment = None
            segment.discard()

    def _retire(self, segment: Segment) -> None:
        """Leave `segment` to the background to sync and close. Called under the lock."""
        self._retired.append(segment)
        self._segment = None
        self._waiting.set()

    def _sync_behind(self) -> None:
        with self._lock:
            retired, self._retired, current = self._retired, [], self._segment
        for segment in retired:
            self._sync_one(segment, segment.finish)
        if current:
            self._sync_one(current, current.sync)

    def _sync_one(self, segment: Segment, sync: Callable[[], None]) -> None:
        known = segment.has_failed
        try:
            sync()
        except SpoolFailed as error:
            if not known:
                with self._lock:
                    self._abandon(segment, error)


def _keep(found: weakref.ref[SpoolWriter]) -> None:
    """The background thread of a writer: what waits is on disk at most one interval after it was written."""
    took = 0.0
    while (writer := found()) is not None:
        waiting, interval = writer._waiting, writer._sync_interval
        del writer
        if not waiting.wait(timeout=5):
            continue
        # What comes just after a sync began waits for its end, for this rest, and for the whole next one.
        time.sleep(max(0.0, interval - 2 * took))
        waiting.clear()
        if (writer := found()) is not None:
            began = time.monotonic()
            writer._sync_behind()
            took = time.monotonic() - began
