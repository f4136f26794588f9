"""All the faults, for figures: prints a table and writes `benchmarks/results/faults.json`.

    python -m tests.faults [--only kills,errors,power,load,reads,power-reads,flood,full] [--most N]

Parts that are left out keep their figures of the last run. Nothing is asserted; the tests do that.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.faults import disk, flood, kills, load, power, power_reads, reads, striking
from tests.faults import stage as stages
from tests.faults.figures import Tally, table
from tests.faults.scenes import EDITS
from tests.faults.stage import Stage

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "benchmarks" / "results" / "faults.json"
CUTS, KILLS = 1000, 1000
READS, KILLS_OF_READS = 10_000_000, 300
FLOOD_SECONDS = 600


def _kills(stage: Stage, most: int | None) -> list[Tally]:
    """The last is a press that writes in place: it must be found out."""
    tallies = [_told(kills.kill_everywhere(stage, scene, most=most)) for scene in EDITS]
    planted = kills.kill_everywhere(stage, "publish", {"write"}, most=60, plant="in place")
    planted.name = "planted: writes in place"
    return [*tallies, _told(planted)]


def _errors(stage: Stage, most: int | None) -> list[Tally]:
    tallies = []
    for scene in EDITS:
        tallies.append(_told(kills.fail_everywhere(stage, scene, "EIO", kills.BROKEN, most=most)))
        tallies.append(_told(kills.fail_everywhere(stage, scene, "ENOSPC", kills.FULL, most=most)))
    tallies.append(_told(kills.fail_everywhere(stage, "publish", "ENOSPC", kills.FULL, lasting=True, most=most)))
    planted = kills.fail_everywhere(stage, "publish", "EIO", kills.SYNCS, most=most or 30, plant="every sync believed")
    planted.name = "planted: believes every sync"
    return [*tallies, _told(planted)]


def _told(tally: Tally) -> Tally:
    print(table([tally]).splitlines()[1], flush=True)
    return tally


def _power(stage: Stage, most: int | None) -> dict[str, Any]:
    cuts = most or CUTS
    planted = power.cut(stage, min(cuts, 100), plant="no folder sync", pages_alone=True)
    return {
        "whole paper": power.cut(stage, cuts),
        "pages on a disk of their own": power.cut(stage, cuts, pages_alone=True),
        "planted: no folder sync": planted,
    }


def _reads(_stage: Stage, most: int | None) -> dict[str, Any]:
    kills = most or KILLS_OF_READS
    return reads.figures(READS * kills // KILLS_OF_READS, kills)


def _power_reads(stage: Stage, most: int | None) -> dict[str, Any]:
    return power_reads.figures(stage.template, most or CUTS)


def _of(tallies: list[Tally]) -> dict[str, Any]:
    return {tally.name: tally.as_json() for tally in tallies}


PARTS: dict[str, tuple[Callable[[], str], Callable[[Stage, int | None], dict[str, Any]]]] = {
    "kills": (striking.why_not, lambda stage, most: _of(_kills(stage, most))),
    "errors": (striking.why_not, lambda stage, most: _of(_errors(stage, most))),
    "power": (power.why_not, _power),
    "load": (lambda: "", lambda _stage, most: load.figures(most or KILLS)),
    "reads": (lambda: "", _reads),
    "power-reads": (power.why_not, _power_reads),
    "flood": (flood.why_not, lambda _stage, most: flood.figures(most or FLOOD_SECONDS)),
    "full": (disk.why_not, lambda _stage, _most: disk.figures()),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument(
        "--most", type=int, help="places of each scene, kills, cuts, seconds of flood; else all of them"
    )
    words = parser.parse_args()
    result: dict[str, Any] = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    with tempfile.TemporaryDirectory(prefix="warraq-small-paper-") as name:
        template = Path(name) / "paper"
        stages.make(template)
        for part in words.only.split(","):
            why_not, play = PARTS[part]
            if why := why_not():
                print(f"{part}: left out, {why}")
                continue
            started = time.monotonic()
            with stages.stage(template) as stage:
                found = play(stage, words.most)
            print(f"== {part}\n{json.dumps(found, ensure_ascii=False, indent=1)}", flush=True)
            result[part] = {"run": _run(time.monotonic() - started), **found}
            RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _run(seconds: float) -> dict[str, Any]:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit.stdout.strip(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "seconds": round(seconds),
    }


if __name__ == "__main__":
    sys.exit(main())
