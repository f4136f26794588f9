"""What tests of several fronts share: a room that keeps records in memory, and fronts that pack theirs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from warraq.spool import SpoolWriter
from warraq.spool.outbox import Outbox
from warraq.spool.taking import Intake, Taken

PAPER = "paper"


@dataclass
class Room:
    """Cursors and records, changed together or not at all. It `dies` within a transaction, or just after it."""

    cursors: dict[str, int] = field(default_factory=dict)
    records: list[bytes] = field(default_factory=list)
    dies: str = ""

    def load(self) -> dict[str, int]:
        return dict(self.cursors)

    def save(self, moved: Mapping[str, int]) -> None:
        self.cursors |= moved

    def drop(self, names: Iterable[str]) -> None:
        for name in names:
            self.cursors.pop(name, None)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        before = dict(self.cursors), list(self.records)
        try:
            yield
            if self.dies == "within":
                raise KeyboardInterrupt
        except BaseException:
            self.cursors, self.records = before
            raise
        if self.dies == "after":
            raise KeyboardInterrupt

    def keep(self, taken: Taken) -> None:
        self.records += taken.records

    def take_in(self, spools: Path, *, limit: int = 100) -> int:
        return Intake(spools, "reads", PAPER, self).take_in(self.keep, limit=limit)

    def take_in_all(self, spools: Path) -> None:
        while self.take_in(spools):
            pass


def written(spools: Path, what: Iterable[bytes], **more: int) -> None:
    writer = SpoolWriter(spools / "reads", **more)
    for record in what:
        writer.append(record, durable=False)
    writer.close()


def outbox(spools: Path) -> Outbox:
    return Outbox(spools, "reads", paper=PAPER)


def packed(spools: Path, *parts: Iterable[bytes]) -> list[Path]:
    """One parcel of each part; all that are in the outbox."""
    for part in parts:
        written(spools, part)
        outbox(spools).pack()
    return sorted((spools / "outbox" / "reads").glob("*.parcel"))
