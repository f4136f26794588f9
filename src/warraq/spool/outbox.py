"""What a further front has packed of one spool and not yet seen confirmed: parcels in a folder, one truth for whatever
carries them.

A parcel is written aside (`.number.new`), then `state` says that it is made and how far it reads, then it gets its
name. Each step is on disk before the next one, so that a kill between any two leaves one way to go on: a `.new` of the
number in `state` is whole and gets its name, any other never was. Only then are segments removed that are wholly
packed. One process at a time works on an outbox.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import secrets
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Final

from warraq.spool import parcels
from warraq.spool.errors import BadOutbox, BadParcel
from warraq.spool.parcels import FRONT, LARGEST, Label
from warraq.spool.reader import Batch, SpoolReader
from warraq.spool.segment import make_folder, sync_folder

QUIET_SECONDS: Final = 300
"""After so long without a record an empty parcel is made: it says that this front lives and nothing is missing."""
STATE: Final = "state"
NEW: Final = ".new"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class State:
    """`number` of the last parcel, and the segments' cursors after it; `complete` as in its label."""

    front: str
    number: int = 0
    complete: int = 0
    cursors: dict[str, int] = field(default_factory=dict)


class Outbox:
    """The parcels of the spool `kind` below `spools`, made for `paper`."""

    def __init__(self, spools: Path, kind: str, *, paper: str) -> None:
        self.kind = kind
        self.folder = spools / "outbox" / kind
        self._paper = paper
        self._spool = SpoolReader(spools / kind)
        self._state: State | None = None

    @property
    def state(self) -> State:
        """As it is on disk; what a kill left half done is finished first. Raises BadOutbox, OSError."""
        if self._state is None:
            make_folder(self.folder)
            found = _state_in(self.folder / STATE)
            if found is None:
                found = State(_new_front())
                self._keep(found)
            self._recover(found)
            self._state = found
        return self._state

    def pack(self, *, now: Callable[[], float] = time.time) -> bool:
        """Make the next parcel, if there is anything to pack; whether there is more. Raises OSError, BadOutbox."""
        before = self.state
        begun = int(now() * 1000)
        batch = self._spool.read(before.cursors, limit=parcels.MOST_RECORDS, most_bytes=parcels.FULL_BYTES)
        is_quiet = batch.is_all and begun - before.complete > QUIET_SECONDS * 1000
        if batch.records or is_quiet:
            complete = begun if batch.is_all else before.complete
            after = State(before.front, before.number + 1, max(complete, before.complete), batch.cursors)
            self._make(after, batch.records)
        report_damage(self._spool, batch)
        self._spool.remove(self._spool.finished(self.state.cursors))
        return not batch.is_all

    def waiting(self) -> list[int]:
        """The numbers of parcels that are there, in order."""
        return sorted(self._parcels())

    def data(self, number: int) -> bytes | None:
        """The parcel's bytes; None where it is not there, or is damaged and was put aside for a person."""
        file = self._file(number)
        try:
            data = file.read_bytes()
        except FileNotFoundError:
            return None
        try:
            parcels.unpack(data)
        except BadParcel as error:
            log.error("%s: parcel %d cannot be sent, %s; it was put aside", self.kind, number, error)
            file.rename(file.with_name(file.name + ".damaged"))
            return None
        return data

    def confirm(self, number: int) -> None:
        """The pressroom keeps what parcels up to `number` hold: they go.

        One that was never made here says that this folder is an older copy of itself. From then on it is another
        front, so that none of its numbers passes for one that was taken in before.
        """
        state = self.state
        for waiting in self._parcels():
            if waiting <= number:
                self._file(waiting).unlink(missing_ok=True)
        if number > state.number:
            log.error("%s: the spool's folder is an older copy; parcels are numbered anew", self.kind)
            self._state = None
            self._keep(replace(state, front=_new_front(), number=0))

    def _make(self, after: State, records: tuple[bytes, ...]) -> None:
        label = Label(self._paper, self.kind, after.front, after.number, after.complete)
        self._state = None  # whatever fails from here on, the disk decides
        new = self.folder / f".{after.number}{NEW}"
        _write(new, parcels.pack(label, records))
        sync_folder(self.folder)
        self._keep(after)
        new.rename(self.folder / parcels.file_name(after.front, after.number))
        sync_folder(self.folder)
        self._state = after

    def _keep(self, state: State) -> None:
        aside = self.folder / f".{STATE}"
        _write(aside, json.dumps(asdict(state)).encode())
        aside.replace(self.folder / STATE)
        sync_folder(self.folder)

    def _recover(self, state: State) -> None:
        for new in self.folder.glob(f".*{NEW}"):
            if new.name == f".{state.number}{NEW}":
                new.rename(self.folder / parcels.file_name(state.front, state.number))
            else:
                new.unlink()
        sync_folder(self.folder)

    def _parcels(self) -> list[int]:
        front = self.state.front
        found = [parcels.named(file.name) for file in self.folder.iterdir()]
        return [parcel[1] for parcel in found if parcel and parcel[0] == front]

    def _file(self, number: int) -> Path:
        return self.folder / parcels.file_name(self.state.front, number)


def report_damage(spool: SpoolReader, batch: Batch) -> None:
    """Put damaged segments aside for a person, once their sound records are kept elsewhere."""
    if batch.damaged:
        spool.set_aside(batch.damaged)
    aside = [name for name in batch.damaged if not (spool.folder / name).exists()]
    if aside or batch.skipped:
        log.error(
            "%s: %d damaged records were left out; segments put aside: %s", spool.folder.name, batch.skipped, aside
        )


def _new_front() -> str:
    host = re.sub(r"[^a-z0-9]+", "-", socket.gethostname().partition(".")[0].lower())[:32].strip("-")
    return f"{host or 'front'}-{secrets.token_hex(6)}"


def _write(file: Path, data: bytes) -> None:
    handle = os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(handle)


def _state_in(file: Path) -> State | None:
    """None where there is none."""
    with contextlib.suppress(FileNotFoundError):
        data = file.read_bytes()
        try:
            state = State(**json.loads(data))
        except (ValueError, TypeError) as error:
            raise BadOutbox(f"{file} cannot be read: {error}") from error
        if not _is_sound(state):
            raise BadOutbox(f"{file} cannot be read: it makes no sense")
        return state
    return None


def _is_sound(state: State) -> bool:
    numbers = (state.number, state.complete)
    return (
        isinstance(state.front, str)
        and FRONT.fullmatch(state.front) is not None
        and all(type(number) is int and 0 <= number < LARGEST for number in numbers)
        and isinstance(state.cursors, Mapping)
        and all(type(at) is int and at >= 0 for at in state.cursors.values())
    )
