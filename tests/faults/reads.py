"""Reads while front and pressroom are killed at random: each that was acknowledged is counted, and none of them twice.

The front is the real one under its command: killed is its worker alone, which its server starts again, or all of it.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from tests import processes
from tests.faults import stage as stages
from tests.faults.load import Ear, Worker
from tests.faults.nursery import Nursery
from tests.faults.plants import environment_of
from tests.faults.posting import Crowd
from warraq.press import layout

VICTIMS = ("pressroom", "front's worker", "pressroom", "front")
"""In turn."""
PATIENCE_SECONDS = 60.0
"""Without any progress."""
REPEAT = "repeat"
SECTIONS = ("news", "culture")
PLANTED = {"planted: cursor first": "cursor first", "planted: counts first": "counts first"}


class FrontServer:
    """`warraq serve --only front`, killed and started again. It believes whom loopback names."""

    def __init__(self, paper: Path, *, plant: str = "") -> None:
        [self.port] = processes.free_ports(1)
        self._command = [
            *processes.COMMAND,
            "serve",
            "--only",
            "front",
            "--paper",
            str(paper),
            "--port",
            str(self.port),
        ]
        self._environment = processes.environment(WARRAQ_FRONT__TRUSTED_PROXIES="127.0.0.0/8", **environment_of(plant))
        self._log = paper.with_name("front.log")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Until it answers."""
        processes.eventually(lambda: processes.fetch(f"http://127.0.0.1:{self.port}/_/health")[0] == 200)

    def workers(self) -> list[int]:
        """The processes that answer; none in the moment after they were killed."""
        assert self._process is not None
        threads = Path(f"/proc/{self._process.pid}/task")
        with suppress(OSError):  # it goes just now
            return [int(pid) for file in threads.glob("*/children") for pid in file.read_text().split()]
        return []

    def kill_worker(self) -> bool:
        """Whether there was one."""
        workers = self.workers()
        for worker in workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        return bool(workers)

    def kill(self) -> None:
        """All of it, as a machine without memory does."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """As an operator does."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(30)
            self._process = None


def articles_of(paper: Path) -> list[int]:
    """The published ones of the small paper."""
    pages = paper / "pressed" / layout.PAGES
    return sorted(int(file.parent.name) for slug in SECTIONS for file in (pages / slug).glob("[0-9]*/index.html"))


def play(template: Path, *, reads: int, kills: int, plant: str = "", seed: int = 7) -> dict[str, Any]:
    """`reads` posted as fast as they are taken, `kills` while that goes on. `template` is of a running clock."""
    chance = random.Random(seed)
    base = stages.FAST if stages.FAST.is_dir() else None
    killed: Counter[str] = Counter()
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="warraq-reads-", dir=base)))
        paper = place / "paper"
        shutil.copytree(template, paper)
        ear = Ear(place / "ear")
        stack.callback(ear.close)
        looker = Nursery(paper, clock="running")
        stack.callback(looker.close)
        pressroom = Worker("pressroom", paper, ear, plant=plant)
        stack.callback(pressroom.close)
        front = FrontServer(paper)
        stack.callback(front.kill)
        front.start()
        pressroom.start()
        front.wait()
        crowd, started = Crowd(front.port, articles_of(paper), reads), time.monotonic()
        crowd.start()
        for number in range(1, kills + 1):
            _await(crowd, reads * number // (kills + 1))
            time.sleep(chance.uniform(0, 0.1))
            killed[_kill(VICTIMS[number % len(VICTIMS)], front, pressroom)] += 1
        _await(crowd, reads)
        crowd.join(PATIENCE_SECONDS)
        posted = time.monotonic() - started
        front.stop()
        pressroom.kill()
        pressroom.start()
        said = _all_taken_in(looker)
        faults = [*pressroom.faults, *(f"put aside as damaged: {name}" for name in said["damaged"])]
    return _judged(crowd, said) | {
        "kills": dict(killed),
        "seconds": round(posted),
        "seconds_until_all_was_counted": round(time.monotonic() - started),
        "faults": faults,
    }


def _await(crowd: Crowd, number: int) -> None:
    """Until so many were sent."""
    last, since = crowd.number, time.monotonic()
    while crowd.number < number:
        time.sleep(0.005)
        if crowd.number != last:
            last, since = crowd.number, time.monotonic()
        elif time.monotonic() - since > PATIENCE_SECONDS:
            raise AssertionError(f"no read was taken for {PATIENCE_SECONDS} s, after {last}")


def _kill(victim: str, front: FrontServer, pressroom: Worker) -> str:
    """Who it was in the end: a front without a worker is killed itself."""
    if victim == "pressroom":
        pressroom.kill()
        pressroom.start()
        return victim
    if victim == "front's worker" and front.kill_worker():
        return victim
    front.kill()
    front.start()
    return "front"


def _all_taken_in(looker: Nursery) -> dict[str, Any]:
    """What the counts say once nothing waits in the spool any more."""
    last, since = -1, time.monotonic()
    while time.monotonic() - since < PATIENCE_SECONDS:
        said = looker.do("counts").said
        if not said["waiting"]:
            return said
        if said["taken"] != last:
            last, since = said["taken"], time.monotonic()
        time.sleep(0.2)
    raise AssertionError(f"not taken in after {PATIENCE_SECONDS} s: {said}")


def _judged(crowd: Crowd, said: dict[str, Any]) -> dict[str, Any]:
    """Each article by itself: what was taken in lies between what was acknowledged and what was sent."""
    counted = {int(article): number for article, number in said["counted"].items()}
    taken = Counter(counted)
    for reasons in said["aside"].values():
        taken.update({int(article): number for article, number in reasons.items()})
    aside = {reason: sum(numbers.values()) for reason, numbers in said["aside"].items()}
    repeats = aside.pop(REPEAT, 0)
    more = sum(max(0, number - crowd.sent[article]) for article, number in taken.items())
    return {
        "sent": crowd.sent.total(),
        "acknowledged": crowd.acknowledged.total(),
        "refused": crowd.refused,
        "cut_off": crowd.broken - crowd.refused,
        "counted_once": sum(counted.values()) - max(0, more - repeats),
        "set_aside": aside,
        "counted_twice": max(repeats, more),
        "lost": sum(max(0, number - taken[article]) for article, number in crowd.acknowledged.items()),
    }


def figures(reads: int, kills: int) -> dict[str, Any]:
    """Of a long run, and of pressrooms that keep cursor and counts apart: they must be found out."""
    with tempfile.TemporaryDirectory(prefix="warraq-small-paper-") as name:
        template = Path(name) / "paper"
        stages.make(template, clock="running")
        found = {"at work": play(template, reads=reads, kills=kills)}
        return found | {
            name: play(template, reads=min(reads, 100_000), kills=min(kills, 30), plant=plant)
            for name, plant in PLANTED.items()
        }
