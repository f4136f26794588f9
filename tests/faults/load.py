"""A pressroom, and now and then a newsroom, killed at random moments of their work, the real front read all the while.

The pressroom tells what it is about to land: an answer that is none of this was not whole. The newsroom tells what it
acknowledged: that must be on the paper once everything is pressed.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import signal
import socket
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from tests import processes
from tests.faults import stage as stages
from tests.faults.nursery import Nursery
from tests.faults.reading import CODINGS, Answer, Readers, answer_of, files_of, public_paths
from warraq.press import layout

SETTLED_EVERY = 25
"""Kills between two times that everything is left to come to its end, and looked at."""
NEWSROOM_SHARE = 0.15
LONGEST_LIFE_SECONDS = 0.5
PATIENCE_SECONDS = 30.0
ERRORS = {404: layout.ERROR_404, 410: layout.ERROR_410}


class Ear:
    """Hears all that the children of one kind say, whichever of them."""

    def __init__(self, address: Path) -> None:
        self.said: list[dict[str, Any]] = []
        self.address = str(address)
        self._door = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._door.bind(self.address)
        self._door.listen()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                line, _address = self._door.accept()
            except OSError:
                return
            with line:
                while words := line.recv(1 << 20):
                    self.said.append(json.loads(words))

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()


class Worker:
    """A process that is killed and started again. One that ends by itself is a fault."""

    def __init__(self, what: str, paper: Path, ear: Ear, *, plant: str = "") -> None:
        self.faults: list[str] = []
        self._what, self._plant, self._ear = what, plant, ear
        self._nursery = Nursery(paper, clock="running")
        self._pid = 0
        self._end: threading.Thread | None = None

    def start(self) -> None:
        self._pid = self._nursery.fork(self._what, self._ear.address, plant=self._plant)
        self._end = threading.Thread(target=self._wait, daemon=True)
        self._end.start()

    def _wait(self) -> None:
        end = self._nursery.go()
        if end.signal != signal.SIGKILL:
            self.faults.append(f"the {self._what} ended by itself: {end}")

    def kill(self) -> None:
        if self._end is not None:
            with suppress(ProcessLookupError):  # it ended by itself, which is noted
                os.kill(self._pid, signal.SIGKILL)
            self._end.join()
            self._end = None

    def close(self) -> None:
        self.kill()
        self._nursery.close()


class HttpReader(threading.Thread):
    """A reader of the real front. What was read is kept: path, status, digest → how often."""

    def __init__(self, port: int, paths: set[str]) -> None:
        super().__init__(daemon=True)
        self.seen: Counter[tuple[str, Answer]] = Counter()
        self.failed: list[str] = []
        self._port, self._paths = port, paths
        self._stop_asked = threading.Event()

    def run(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
        chance = random.Random(7)
        known: list[str] = []
        while not self._stop_asked.is_set():
            if len(known) != len(self._paths):
                known = sorted(self._paths.copy())
            path, coding = chance.choice(known), chance.choice(CODINGS)
            try:
                line.request("GET", path, headers={"Accept-Encoding": coding})
                response = line.getresponse()
                answer = answer_of(response.status, dict(response.getheaders()), response.read())
            except (OSError, http.client.HTTPException) as error:
                self.failed.append(f"{path}: {error!r}")
                line.close()
                continue
            self.seen[path, answer] += 1
            time.sleep(0.0005)
        line.close()

    def stop(self) -> None:
        self._stop_asked.set()
        self.join()


class Load:
    """A paper at work, and what is known of it."""

    def __init__(self, paper: Path, port: int, place: Path, *, plant: str = "") -> None:
        self.paper, self.faults = paper, list[str]()
        self.slowest_seconds = 0.0
        self.edits = self.checked = 0
        self._whole = self._lying()
        self._paths = public_paths(paper / "pressed")
        self._landed = self._paths.copy()
        self._steady = {path for path in self._paths if not path.startswith("/_/media/") and path.count("/") < 3}
        self._ears = [Ear(place / "pressroom.ear"), Ear(place / "newsroom.ear")]
        self.pressroom = Worker("pressroom", paper, self._ears[0], plant=plant)
        self.newsroom = Worker("newsroom", paper, self._ears[1])
        self._looker = Nursery(paper, clock="running")
        self._expected: dict[int, dict[str, Any]] = {}
        self.reader = HttpReader(port, self._paths)

    def _lying(self) -> set[tuple[str, str]]:
        """(path, digest) of every page that lies there now."""
        readers = Readers(self.paper)
        found, _torn = readers.everything(public_paths(self.paper / "pressed"))
        pages = {(path, answer.body) for path, answer in found.items()}
        for path in ERRORS.values():
            body = (self.paper / "pressed" / layout.PAGES / path[1:]).read_bytes()
            pages.add((path, answer_of(200, {}, body).body))
        return pages

    def settle(self) -> None:
        """Kill both, start the pressroom alone; when it is done, all must be whole and as it was acknowledged."""
        self.newsroom.kill()
        self.pressroom.kill()
        self.pressroom.start()
        started = time.monotonic()
        said: dict[str, Any] = {}
        while time.monotonic() - started < PATIENCE_SECONDS:
            said = self._looker.do("look").said
            if not said["waiting"] and not said["drift"]:
                break
        self.slowest_seconds = max(self.slowest_seconds, time.monotonic() - started)
        if said.get("waiting") or said.get("drift"):
            self.faults.append(f"not at its end after {PATIENCE_SECONDS} s: {said}")
        torn = Readers(self.paper).everything(public_paths(self.paper / "pressed"))[1]
        left = [name for name in files_of(self.paper / "pressed") if name.startswith(".")]
        self.faults += [*torn, *(f"left over: {name}" for name in left)]
        self._take_words()
        self._check_acknowledged()
        self.newsroom.start()

    def _take_words(self) -> None:
        for words in self._ears[0].said:
            for tree, path, digest in words["puts"]:
                if tree != layout.MOVED:
                    self._whole.add((path, digest))
                if tree == layout.PAGES:
                    self._landed.add(path)
                self._paths.add(path)
        for words in self._ears[1].said:
            if "begun" in words:
                self._expected.pop(words["begun"], None)
            else:
                self._expected[words["acknowledged"]] = words
                self.edits += 1
        for ear in self._ears:
            ear.said.clear()

    def _check_acknowledged(self) -> None:
        readers = Readers(self.paper)
        for words in self._expected.values():
            answer = readers.ask(words["path"], "identity")
            tree = layout.PAGES if words["status"] == 200 else layout.GONE
            file = layout.file_of(self.paper / "pressed" / tree, words["path"])
            text = file.read_text(encoding="utf-8") if file.exists() else ""
            self.checked += 1
            if answer.status == 404 and words["status"] == 410 and words["path"] not in self._landed:
                continue  # taken back before the press came to it: it never was on the paper
            if answer.status != words["status"] or words["token"] not in text:
                self.faults.append(f"acknowledged {words}, found {answer}")

    def judged(self) -> Counter[str]:
        """What was read: `whole` pages, `moved`, `gone`, `absent`, and `wrong`."""
        counts: Counter[str] = Counter()
        for (path, answer), often in self.reader.seen.items():
            kind = self._judge(path, answer)
            counts[kind] += often
            if kind == "wrong":
                self.faults.append(f"{path}: {answer}, {often} times")
        return counts

    def _judge(self, path: str, answer: Answer) -> str:
        if answer.status == 301:
            return "moved" if answer.body in self._paths else "wrong"
        if (path, answer.body) in self._whole and answer.status in {200, 410}:
            return "whole" if answer.status == 200 else "gone"
        if (ERRORS.get(answer.status, ""), answer.body) in self._whole and path not in self._steady:
            return "gone" if answer.status == 410 else "absent"
        return "wrong"

    def close(self) -> None:
        for worker in (self.newsroom, self.pressroom):
            worker.close()
        self._looker.close()
        for ear in self._ears:
            ear.close()


@contextmanager
def _served(template: Path, place: Path, *, plant: str) -> Iterator[Load]:
    """A copy of the paper, served by a front of its own."""
    paper = place / "paper"
    shutil.copytree(template, paper)
    [port] = processes.free_ports(1)
    with processes.running("serve", "--only", "front", "--port", port, "--paper", paper) as front:
        processes.lines_until(front, lambda lines: bool(lines))
        load = Load(paper, port, place, plant=plant)
        try:
            yield load
        finally:
            load.close()


def play(template: Path, kills: int, *, plant: str = "", seed: int = 7) -> dict[str, Any]:
    """`kills` at random moments; counts. `template` was made under a running clock."""
    chance = random.Random(seed)
    killed: Counter[str] = Counter()
    base = stages.FAST if stages.FAST.is_dir() else None
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="warraq-load-", dir=base)))
        load = stack.enter_context(_served(template, place, plant=plant))
        load.reader.start()
        load.pressroom.start()
        load.newsroom.start()
        for number in range(1, kills + 1):
            time.sleep(chance.uniform(0.02, LONGEST_LIFE_SECONDS))
            worker, name = load.pressroom, "pressroom"
            if chance.random() < NEWSROOM_SHARE:
                worker, name = load.newsroom, "newsroom"
            worker.kill()
            worker.start()
            killed[name] += 1
            if number % SETTLED_EVERY == 0 or number == kills:
                load.settle()
        load.reader.stop()
        reads = load.judged()
        faults = [*load.faults, *load.pressroom.faults, *load.newsroom.faults]
        failed = load.reader.failed
    return {
        "kills": dict(killed),
        "reads": sum(reads.values()),
        **{f"reads_{kind}": reads[kind] for kind in ("whole", "moved", "gone", "absent", "wrong")},
        "reads_failed": len(failed),
        "edits_acknowledged": load.edits,
        "acknowledged_articles_checked": load.checked,
        "slowest_recovery_seconds": round(load.slowest_seconds, 3),
        "faults": len(faults) + len(failed),
        "examples": [*faults, *failed][:8],
    }


def figures(kills: int) -> dict[str, Any]:
    """Of a long run, and of a press that writes in place: it must be found out."""
    with tempfile.TemporaryDirectory(prefix="warraq-small-paper-") as name:
        template = Path(name) / "paper"
        stages.make(template, clock="running")
        return {"at work": play(template, kills), "planted: writes in place": play(template, 30, plant="in place")}
