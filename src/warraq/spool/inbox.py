"""Parcels of further fronts that lie in a folder of the pressroom's, brought by the stream or by an operator's own
tool, in any order, some of them twice.

Each front's are taken in by their numbers; one whose predecessor is missing waits. Whatever else lies there is put
aside for a person, and holds up nobody but its own front.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import secrets
import stat
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from warraq.spool import parcels
from warraq.spool.errors import BadParcel
from warraq.spool.parcels import SUFFIX, Parcel
from warraq.spool.reader import SET_ASIDE
from warraq.spool.segment import make_folder

COPIED_SECONDS: Final = 60
"""What is unsound and younger than this may still be on its way into its file."""
NOT_OURS: Final = {errno.ELOOP, errno.EACCES, errno.EPERM, errno.ENXIO}
"""A link, a socket, or a file that this user may not read."""
MOST_FRONTS: Final = 1_000
MOST_ASIDE: Final = 100
"""Files put aside that came by the stream: more than that would fill a disk by somebody else's will."""
NUMBER: Final = "front:"
"""Before a front's id: the cursor that holds the number of its last parcel that was taken in."""
COMPLETE: Final = "complete:"
"""Before a front's id: until when all that it acknowledged is taken in, Unix milliseconds."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Arrived:
    """Records in each front's order, the fronts' cursors after them, and files that are done with once those are
    kept."""

    records: tuple[bytes, ...]
    cursors: dict[str, int]
    done: tuple[Path, ...]


class Inbox:
    def __init__(self, spools: Path, kind: str, *, paper: str) -> None:
        self.kind = kind
        self.folder = spools / "inbox" / kind
        self._paper = paper

    def read(self, cursors: Mapping[str, int], *, limit: int) -> Arrived:
        """The parcels that come next after `cursors`, at least one if there is one, up to about `limit` records; of
        the front that is furthest behind first, so that none waits behind a busy one.

        Raises OSError where the disk fails.
        """
        records: list[bytes] = []
        moved: dict[str, int] = {}
        done: list[Path] = []
        found = self.numbers()
        for front in sorted(found, key=lambda front: cursors.get(COMPLETE + front, 0)):
            taken = cursors.get(NUMBER + front, 0)
            for number in sorted(found[front]):
                file = self.folder / parcels.file_name(front, number)
                if number <= taken:
                    done.append(file)
                    continue
                if number > taken + 1 or len(records) >= limit:
                    break
                parcel = self._open(file, front, number)
                if parcel is None:
                    break
                taken = number
                records += parcel.records
                done.append(file)
                moved[NUMBER + front] = number
                moved[COMPLETE + front] = max(parcel.label.complete, cursors.get(COMPLETE + front, 0))
        return Arrived(tuple(records), moved, tuple(done))

    def numbers(self) -> dict[str, set[int]]:
        """Front → numbers of its parcels that are there; of the first thousand fronts alone."""
        found: dict[str, set[int]] = defaultdict(set)
        for name in self._names():
            parcel = parcels.named(name)
            if parcel and (parcel[0] in found or len(found) < MOST_FRONTS):
                found[parcel[0]].add(parcel[1])
            elif parcel is None and name.endswith(SUFFIX) and not name.startswith("."):
                self._put_aside(self.folder / name, "it has no parcel's name")
        return found

    def missing(self, cursors: Mapping[str, int]) -> dict[str, int]:
        """Front → number of the parcel that others of it wait for."""
        return {
            front: taken + 1
            for front, numbers in self.numbers().items()
            if (taken := cursors.get(NUMBER + front, 0)) + 1 not in numbers and max(numbers) > taken
        }

    def aside(self) -> list[str]:
        """Names of files that were put aside."""
        return [name for name in self._names() if name.endswith(SET_ASIDE)]

    def put(self, front: str, number: int, data: bytes) -> bool:
        """Keep a parcel that came by the stream; whether it is one. Not synced: its front keeps it until it is
        confirmed. What is none, or another front's, is put aside. Raises OSError."""
        make_folder(self.folder)
        name = parcels.file_name(front, number)
        try:
            self._check(data, front, number)
        except BadParcel as error:
            log.error("%s: parcel %d of %s was left in no inbox: %s", self.kind, number, front, error)
            if len(self.aside()) < MOST_ASIDE:
                _write(self.folder / f"{name}.{secrets.token_hex(4)}{SET_ASIDE}", data[: parcels.MOST_BYTES])
            return False
        aside = self.folder / f".{name}"
        _write(aside, data)
        aside.replace(self.folder / name)
        return True

    def remove(self, files: Iterable[Path]) -> None:
        for file in files:
            file.unlink(missing_ok=True)

    def _names(self) -> list[str]:
        try:
            return sorted(file.name for file in self.folder.iterdir())
        except FileNotFoundError:
            return []

    def _open(self, file: Path, front: str, number: int) -> Parcel | None:
        """None where it is not there any more, not yet whole, or was put aside."""
        try:
            return self._check(_bytes_of(file), front, number)
        except FileNotFoundError:
            return None
        except BadParcel as error:
            self._put_aside(file, str(error))
            return None

    def _check(self, data: bytes, front: str, number: int) -> Parcel:
        parcel = parcels.unpack(data)
        label = parcel.label
        if (label.front, label.number) != (front, number):
            raise BadParcel(f"it is number {label.number} of {label.front}")
        if (label.paper, label.kind) != (self._paper, self.kind):
            raise BadParcel(f"it holds {label.kind!a} of the paper {label.paper!a}")
        return parcel

    def _put_aside(self, file: Path, why: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            if time.time() - file.lstat().st_mtime < COPIED_SECONDS:
                return
            file.rename(file.with_name(file.name + SET_ASIDE))
            log.error("%s: %s was put aside: %s", self.kind, file.name, why)


def _bytes_of(file: Path) -> bytes:
    """Of an ordinary file of a parcel's size. Raises BadParcel for anything else, OSError where the disk fails."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in NOT_OURS:
            raise BadParcel(f"it cannot be opened: {error.strerror}") from error
        raise
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise BadParcel("it is no file")
        with os.fdopen(handle, "rb", closefd=False) as found:
            return found.read(parcels.MOST_BYTES + 1)
    finally:
        os.close(handle)


def _write(file: Path, data: bytes) -> None:
    with os.fdopen(os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o600), "wb") as out:
        out.write(data)
