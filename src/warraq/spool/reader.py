"""Reading a spool: what is new since a set of cursors, and which segments are done with.

Nothing is remembered between calls. Whoever reads keeps the cursors in the transaction that keeps what was read, so
that each record is taken once; only then are finished segments removed.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from warraq.spool import frames
from warraq.spool.segment import sync_folder

SET_ASIDE: Final = ".damaged"
"""Suffix of a segment that was put aside for a person to look at."""
MAX_BYTES: Final = 16 << 20
"""A batch ends with the record that takes it over this many bytes."""
HEADLESS_SECONDS: Final = 60
"""A segment without its header belongs to a writer that is just making it, or to one that died then."""


@dataclass(frozen=True)
class Batch:
    """Records in the order of their segments, and where to go on from.

    `cursors`: segment's name → bytes of it that are read, for segments that are still there. `is_all`: nothing more
    was there when it was read. `skipped`: corrupt records stepped over. `damaged`: names of segments that hold bytes
    which are neither records nor a torn end.
    """

    records: tuple[bytes, ...]
    cursors: dict[str, int]
    is_all: bool = True
    skipped: int = 0
    damaged: tuple[str, ...] = ()


@dataclass
class _Reading:
    """What one segment gave from `position` on. `ended`: nothing more can be read of it as it is now."""

    position: int
    records: list[bytes] = field(default_factory=list)
    skipped: int = 0
    damaged: bool = False
    ended: bool = False


class SpoolReader:
    """Reads the segments of any number of writers in `folder`, which may be missing as yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, cursors: Mapping[str, int], *, limit: int, most_bytes: int = MAX_BYTES) -> Batch:
        """At most `limit` records that come after `cursors`, up to the one that takes them over `most_bytes`.

        Raises OSError where the disk fails."""
        records: list[bytes] = []
        positions: dict[str, int] = {}
        skipped, damaged, room = 0, [], most_bytes
        for name in self._names():
            positions[name] = cursors.get(name, 0)
            if len(records) >= limit or room <= 0:
                continue
            with contextlib.suppress(FileNotFoundError), (self.folder / name).open("rb") as handle:
                reading = _read(handle, positions[name], limit - len(records), room)
                positions[name] = reading.position
                records += reading.records
                room -= sum(map(len, reading.records))
                skipped += reading.skipped
                damaged += [name] if reading.damaged else []
        is_all = len(records) < limit and room > 0
        read = {name: at for name, at in positions.items() if at}
        return Batch(tuple(records), read, is_all, skipped, tuple(damaged))

    def finished(self, cursors: Mapping[str, int]) -> tuple[str, ...]:
        """Segments whose writer is done with them and of which `cursors` leave nothing to read, none damaged."""
        return tuple(name for name in self._names() if self._is_finished(name, cursors.get(name, 0)))

    def remove(self, names: Iterable[str]) -> None:
        """Delete finished segments; one that a writer holds stays."""
        for name in names:
            with self._held(name) as handle:
                if handle:
                    (self.folder / name).unlink(missing_ok=True)
        self._sync()

    def set_aside(self, names: Iterable[str]) -> None:
        """Rename damaged segments out of the spool's sight, for a person; one that a writer holds stays."""
        for name in names:
            with self._held(name) as handle:
                if handle:
                    (self.folder / name).rename(self.folder / (name + SET_ASIDE))
        self._sync()

    def _names(self) -> list[str]:
        try:
            return sorted(file.name for file in self.folder.iterdir() if file.suffix == frames.SUFFIX)
        except FileNotFoundError:
            return []

    def _sync(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            sync_folder(self.folder)

    def _is_finished(self, name: str, cursor: int) -> bool:
        with self._held(name) as handle:
            if handle is None:
                return False
            if os.fstat(handle.fileno()).st_size < frames.SEGMENT_HEADER:
                return _age_of(name) > HEADLESS_SECONDS
            reading = _read(handle, cursor, 1, MAX_BYTES)
            return reading.ended and not (reading.records or reading.skipped or reading.damaged)

    @contextlib.contextmanager
    def _held(self, name: str) -> Iterator[BinaryIO | None]:
        """The open file, locked against its writer; None where the writer holds it or it is gone."""
        try:
            handle = (self.folder / name).open("rb")
        except FileNotFoundError:
            yield None
            return
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield None
            else:
                yield handle


def _age_of(name: str) -> float:
    """Seconds since the segment of this name was made; endless where the name does not say."""
    stamp = name.partition("-")[0]
    return time.time() - int(stamp) / 1e9 if stamp.isdecimal() else float("inf")


def _read(handle: BinaryIO, cursor: int, limit: int, room: int) -> _Reading:
    head = handle.read(frames.SEGMENT_HEADER)
    token = frames.token_of(head)
    reading = _Reading(max(cursor, frames.SEGMENT_HEADER if token else 0))
    if token is None:
        reading.ended = True
        reading.damaged = len(head) == frames.SEGMENT_HEADER and bool(head.strip(b"\0"))
        return reading
    handle.seek(reading.position)
    while len(reading.records) < limit and room > 0:
        head = handle.read(frames.FRAME_HEADER)
        if not head:
            reading.ended = True
            break
        header = frames.parse_header(token, head)
        payload = handle.read(header.length) if header else b""
        if header and frames.matches(token, header, payload):
            reading.records.append(payload)
            reading.position += len(head) + len(payload)
            room -= len(payload)
        elif not _step_over(handle, token, reading):
            break
    return reading


def _step_over(handle: BinaryIO, token: bytes, reading: _Reading) -> bool:
    """Go to the next sound frame from what was not one; without any, the segment ends here as it is now."""
    handle.seek(reading.position)
    rest = handle.read()
    found = frames.next_frame(token, rest, 0)  # from 0: its writer may have finished the frame in the meantime
    if found is None:
        reading.ended = True
        reading.damaged = not frames.is_torn(token, rest)
        return False
    reading.position += found
    reading.skipped += found > 0
    handle.seek(reading.position)
    return True
