"""Power cuts while reads come in: how much of what was acknowledged they take, as milliseconds of readers' traffic.

The front's spool lies on the recorded disk. Each read is of an "article" of its own, so that it is found again.
"""

from __future__ import annotations

import json
import shlex
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import processes
from tests.faults.power import LOST, ROOT, TORN, WHOLE, replay
from warraq.spool import SpoolReader

MEGABYTES = 96
"""Of the disk: the spool refuses reads where 32 MiB are not free."""


@dataclass
class Checker:
    """Looks at a disk after a cut. `lost` and `lost_ms` have a number for each cut, 0 where nothing was lost."""

    lost: list[int] = field(default_factory=list)
    lost_ms: list[int] = field(default_factory=list)
    torn: int = 0
    """Records that the reader took for whole and are none that was sent, or stand there twice."""
    stepped_over: int = 0
    """Places where the reader found something else before the next whole record."""

    def check(self, mount: Path, tokens: list[str]) -> tuple[int, str]:
        at = dict(tuple(map(int, token.split(":"))) for token in tokens)
        found, torn = self._found(mount / "paper" / "spool" / "reads")
        lost = [at[number] for number in at.keys() - found]
        self.torn += torn
        self.lost.append(len(lost))
        self.lost_ms.append(max(at.values()) - min(lost) if lost else 0)
        if torn:
            return TORN, f"{torn} records are torn"
        return (LOST, f"{len(lost)} reads, {self.lost_ms[-1]} ms") if lost else (WHOLE, "")

    def _found(self, folder: Path) -> tuple[set[int], int]:
        """The numbers of the reads that are there, and how many records are none."""
        reader, cursors = SpoolReader(folder), dict[str, int]()
        found: set[int] = set()
        torn = 0
        while True:
            batch = reader.read(cursors, limit=50_000)
            self.stepped_over += batch.skipped
            for record in batch.records:
                try:
                    number = json.loads(record)["a"]
                except (ValueError, KeyError, TypeError):
                    number = 0
                torn += not number or number in found
                found.add(number)
            if not batch.records:
                return found, torn
            cursors = {**cursors, **batch.cursors}


def cut(template: Path, cuts: int, *, seconds: float, plant: str = "", seed: int = 7) -> dict[str, Any]:
    """Reads for so long, the power cut `cuts` times in them. `plant` is a bug of the front's."""
    checker = Checker()
    with tempfile.TemporaryDirectory(prefix="warraq-power-reads-") as name:
        place = Path(name)
        environment = processes.environment(TMPDIR=name)
        environment["PYTHONPATH"] += f":{ROOT}"
        run = [sys.executable, "-W", "ignore", "-m", "tests.faults.power_reads_workload"]
        words = [*run, "{mount}", str(template), "--seconds", str(seconds), *(["--plant", plant] if plant else [])]
        counts = replay(
            checker, place, shlex.join(words), environment=environment, cuts=cuts, megabytes=MEGABYTES, seed=seed
        )
    return {
        "cuts": counts["cuts"],
        "records": counts["records"],
        "flushes": counts["flushes"],
        "reads_acknowledged": counts["acks"],
        "a_second": round(counts["acks"] / seconds),
        "mount_failed": counts["mount_failed"],
        "torn_records": checker.torn,
        "stepped_over": checker.stepped_over,
        "lost_reads": {"median": round(statistics.median(checker.lost)), "max": max(checker.lost)},
        "lost_ms": {"median": round(statistics.median(checker.lost_ms)), "max": max(checker.lost_ms)},
    }


def figures(template: Path, cuts: int) -> dict[str, Any]:
    """Of a long run, and of a front that never syncs: it must be found out."""
    return {
        "reads": cut(template, cuts, seconds=20),
        "planted: reads never synced": cut(template, min(cuts, 100), seconds=5, plant="no sync"),
    }
