"""Taking a spool in: this machine's own segments, and the parcels that further fronts sent, each record once.

The room that takes records in keeps the cursors, in the transaction that keeps what the records say. Only then are
segments and parcels removed. Killed in between, nothing is lost and nothing is taken twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

from warraq.spool.inbox import COMPLETE, Inbox
from warraq.spool.outbox import report_damage
from warraq.spool.reader import SpoolReader

SILENT_SECONDS: Final = 86_400
"""A front that nothing came from for so long is waited for no more."""


class Cursors(Protocol):
    """How far a room took its spool in: name → position, durable with what else is written in a `transaction`."""

    def load(self) -> dict[str, int]: ...

    def save(self, moved: Mapping[str, int]) -> None: ...

    def drop(self, names: Iterable[str]) -> None: ...

    def transaction(self) -> AbstractContextManager[object]: ...


@dataclass(frozen=True)
class Taken:
    """What is to be kept now. `complete`: all that was acknowledged by then, on whichever front, is taken in with it;
    None where more waits."""

    records: tuple[bytes, ...]
    complete: datetime | None


@dataclass(frozen=True)
class Intake:
    """The spool `kind` below `spools`, as the room with these `cursors` takes it in."""

    spools: Path
    kind: str
    paper: str
    cursors: Cursors

    @property
    def inbox(self) -> Inbox:
        return Inbox(self.spools, self.kind, paper=self.paper)

    def take_in(self, keep: Callable[[Taken], object], *, limit: int) -> int:
        """Take in about `limit` records, twice as many at most and a parcel; how many. Call it until that is 0.

        `keep` is called in the transaction, if anything is new. Raises OSError, and what `keep` raises.
        """
        spool, begun = SpoolReader(self.spools / self.kind), time.time()
        before = self.cursors.load()
        batch = spool.read(before, limit=limit)
        arrived = self.inbox.read(before, limit=max(1, limit - len(batch.records)))
        after = {**before, **batch.cursors, **arrived.cursors}
        moved = {name: position for name, position in after.items() if before.get(name) != position}
        records = batch.records + arrived.records
        if moved:
            complete = _complete(after, begun) if len(records) < limit else None
            with self.cursors.transaction():
                if self.cursors.load() != before:
                    return 0  # somebody else took them in the meantime
                keep(Taken(records, complete))
                self.cursors.save(moved)
        report_damage(spool, batch)
        self._clear(spool, after)
        self.inbox.remove(arrived.done)
        return len(records)

    def _clear(self, spool: SpoolReader, cursors: Mapping[str, int]) -> None:
        """Remove segments that are taken in, then their cursors: the other way round a kill would take them again."""
        done = spool.finished(cursors)
        if done:
            spool.remove(done)
            self.cursors.drop(name for name in done if not (spool.folder / name).exists())


def _complete(cursors: Mapping[str, int], begun: float) -> datetime:
    heard = [at / 1000 for name, at in cursors.items() if name.startswith(COMPLETE)]
    return datetime.fromtimestamp(min([begun, *(at for at in heard if at > begun - SILENT_SECONDS)]), UTC)
