"""Is what the rankings say true? Simulated months of which every honest read is known, through front and pressroom.

    .venv/bin/python benchmarks/bench_rankings.py [--reads 3000] [--full]

Beside it, on the same traffic: every view counted (as WordPress Popular Posts does), and one for each address and
article. Then the same under attack, for targets that honestly stand at five places; attacks over loopback on a real
front and pressroom; and the milliseconds of the six rankings in a large paper. `--full`: 20,000 reads a day,
every crowd under attack, more noise, and attacks that last a day.
"""

from __future__ import annotations

import argparse
import dataclasses
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import apart
import cloned
import grown
import loopback
import scenarios
import simulated
import six_windows
from attacks import ADDRESSES
from measures import FLOOR, TARGETS
from scenarios import Case
from served import keep
from simulated import Traffic

UNTIL = datetime(2026, 10, 1, 18, tzinfo=UTC).timestamp()
"""Nine in the evening in Aden, when most is read."""
MINUTES, A_DAY = 30, 24 * 60
"""How long an attack lasts."""


def cases(reads: int, *, is_full: bool) -> list[Case]:
    crowd = {share: Traffic(until=UNTIL, reads_a_day=reads, carrier=share) for share in (0.0, 0.3, 0.6)}
    without = dataclasses.replace(crowd[0.6], has_loads=False)
    found = [Case(f"carrier {share:.0%}", traffic) for share, traffic in crowd.items()]
    found.append(Case("carrier 60%, no random word", without))
    attacked = [0, 1, 2] if is_full else [1]
    found = [dataclasses.replace(one, minutes=MINUTES * (place in attacked)) for place, one in enumerate(found)]
    if is_full:
        found.append(Case("carrier 30%, attacked all day", crowd[0.3], A_DAY))
        found = [dataclasses.replace(one, noises=(0, 1, 5)) for one in found]
    return sorted(found, key=lambda one: -one.minutes)  # the longest first


def simulate(some: list[Case]) -> dict[str, Any]:
    """What each case comes to. Django is set up on a paper without reads."""
    told = simulated.stories(some[0].traffic)
    first = cloned.clone(story.published for story in told)[0]
    told = [dataclasses.replace(story, ident=story.ident - told[0].ident + first) for story in told]
    apart.settled()
    results = apart.apart([apart.with_own_database(partial(scenarios.run, one, told)) for one in some])
    return {one.name: result for one, result in zip(some, results, strict=True)}


def over_loopback(paper: Path, *, is_full: bool) -> dict[str, Any]:
    """Attackers by their addresses, each on a paper of its own, one after the other."""
    idents = cloned.clone(time.time() - 3600 * number for number in range(loopback.ARTICLES))
    apart.settled()
    places = TARGETS if is_full else (11,)
    jobs = {
        f"{addresses:,}, from {f'place {honest}' if honest else 'the last place'}": partial(
            loopback.attacked, paper, idents, addresses, honest
        )
        for addresses in ADDRESSES
        for honest in places
    }
    return dict(zip(jobs, apart.apart(list(jobs.values()), at_once=1), strict=True))


def parts(paper: Path, some: list[Case], *, is_full: bool) -> dict[str, Callable[[], Any]]:
    windows = apart.with_own_database(partial(six_windows.measure, UNTIL), waits_for_disk=True)
    return {
        "simulated": lambda: simulate(some),
        "six windows over 100,000 articles and 30 days": lambda: apart.apart([windows])[0],
        "over loopback": lambda: over_loopback(paper, is_full=is_full),
    }


def cpu_seconds() -> float:
    """Of this process and all its children so far: on a machine that others use, seconds by the clock say little."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return round(sum(one.ru_utime + one.ru_stime for one in used))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--reads", type=int, help="honest reads a day, 3,000 or with --full 20,000")
    ask.add_argument("--full", action="store_true")
    ask.add_argument("--only", help="one part, by its name in the result: which then holds no other")
    given = ask.parse_args()
    started = time.perf_counter()
    paper = Path(tempfile.mkdtemp(prefix="warraq-bench-")) / "paper"
    some = cases(given.reads or (20_000 if given.full else 3_000), is_full=given.full)
    figures: dict[str, Any] = {}
    try:
        grown.open_paper(paper)
        cloned.write_one()
        for name, part in parts(paper, some, is_full=given.full).items():
            if given.only in (None, name):
                figures[name] = part()
                print(f"{name}: {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    finally:
        shutil.rmtree(paper.parent, ignore_errors=True)
    keep(
        "rankings_full" if given.full else "rankings",
        f"rankings beside the truth; articles with {FLOOR} reads or more, age at click log-normal",
        traffic=dataclasses.asdict(some[0].traffic),
        seconds=round(time.perf_counter() - started),
        cpu_seconds=cpu_seconds(),
        **figures,
    )


if __name__ == "__main__":
    main()
