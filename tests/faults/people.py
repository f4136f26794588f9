"""People in a flood: readers who open a page, read it and open another, and an editor who publishes corrections."""

from __future__ import annotations

import http.client
import random
import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests import processes
from tests.faults.nursery import Nursery

READERS = 20
PAUSE_SECONDS = (1.0, 5.0)
"""Between two pages of one reader, at least and at most."""
SEARCHES = 0.1
"""Of what a reader opens, so much is a search for one of `WORDS`."""
WORDS = ("قهوة", "السفن القديمة", "ميناء المخا", "البن اليمني", "أسعار السوق", "موسم المطر")
PATIENCE_SECONDS = 10.0
"""Of a reader with one page."""


@dataclass
class Told:
    """What some people got, and why some did not."""

    milliseconds: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)

    def figures(self) -> dict[str, Any]:
        good, bad = len(self.milliseconds), self.failed.total()
        return {
            "asked": good + bad,
            "success_percent": round(100 * good / max(1, good + bad), 3),
            "p50_ms": round(statistics.median(self.milliseconds or [0]), 1),
            "p99_ms": round(sorted(self.milliseconds or [0])[max(0, round(0.99 * good) - 1)], 1),
            "slowest_ms": round(max(self.milliseconds, default=0), 1),
            **({"failed": dict(self.failed)} if bad else {}),
        }


@dataclass
class Readers:
    """People who each open a page, read, and open another, or search; all on connections of their own."""

    port: int
    paths: list[str]
    pause: tuple[float, float]
    patience: float
    told: dict[str, Told] = field(default_factory=lambda: {"pages": Told(), "searches": Told()})
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        for one in range(READERS):
            thread = threading.Thread(target=self._read, args=(one,), daemon=True)
            thread.start()
            self._threads.append(thread)

    def _read(self, number: int) -> None:
        chance = random.Random(number)
        while not self._stop.wait(chance.uniform(*self.pause)):
            searches = chance.random() < SEARCHES
            path = f"/search/?q={quote(chance.choice(WORDS))}" if searches else chance.choice(self.paths)
            started = time.monotonic()
            why = self._open(path, f"127.77.{number}.1")
            told = self.told["searches" if searches else "pages"]
            if why:
                told.failed[why] += 1
            else:
                told.milliseconds.append(1000 * (time.monotonic() - started))

    def _open(self, path: str, address: str) -> str:
        """Why there was no page; empty where there was."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience, source_address=(address, 0))
        try:
            line.request("GET", path, headers={"Accept-Encoding": "br, gzip", "User-Agent": processes.BROWSER})
            answer = line.getresponse()
            return "" if answer.read() and answer.status == 200 else str(answer.status)
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
        finally:
            line.close()

    def stop(self) -> dict[str, Any]:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        return {what: told.figures() for what, told in self.told.items()}


class Editor(threading.Thread):
    """Publishes a correction every `every` seconds, and looks when readers get it."""

    def __init__(self, folder: Path, port: int, every: float) -> None:
        super().__init__(daemon=True)
        self.seconds: list[float] = []
        self.failed: list[str] = []
        self._port, self._every = port, every
        self._nursery = Nursery(folder, clock="running")
        self._stop_asked = threading.Event()

    def run(self) -> None:
        number = 0
        while not self._stop_asked.wait(self._every if number else 0):
            number += 1
            token, started = f"تصويب{time.time_ns()}", time.monotonic()
            try:
                self._correct(token, started)
            except AssertionError as error:
                self.failed.append(str(error)[:200])

    def _correct(self, token: str, started: float) -> None:
        path = self._nursery.do("correct", token).said["path"]
        address = f"http://127.0.0.1:{self._port}{path}"
        processes.eventually(lambda: token.encode() in processes.fetch(address)[1], seconds=30)
        self.seconds.append(time.monotonic() - started)

    def stop(self) -> dict[str, Any]:
        self._stop_asked.set()
        self.join()
        self._nursery.close()
        return {
            "published": len(self.seconds),
            "median_seconds": round(statistics.median(self.seconds or [0]), 2),
            "slowest_seconds": round(max(self.seconds, default=0), 2),
            **({"failed": self.failed} if self.failed else {}),
        }
