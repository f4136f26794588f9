"""Readers of the paper that is struck: the real front, in this process, asked for every form of every page."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import brotli

from warraq.front.app import Front, build
from warraq.front.settings import FrontSettings
from warraq.language import messages
from warraq.press import layout

CODINGS = ("br", "gzip", "identity")


class Answer(NamedTuple):
    """What a reader holds in the end: `body` is the digest of the page unpacked, or where they are led."""

    status: int
    body: str


Snapshot = dict[str, Answer]
"""Path → what every reader gets there."""


class Readers:
    """Each question goes to the front as a web server would put it."""

    def __init__(self, paper: Path) -> None:
        self._pressed = paper / "pressed"
        spool = paper.with_name("readers-spool")
        self._front: Front = build(
            FrontSettings(pressed=self._pressed, spool=spool, index=paper / "index", language=messages.language())
        )  # the process goes on in the language that it speaks

    def ask(self, path: str, coding: str) -> Answer:
        """What is at `path`, asked for in that coding."""
        told: list[tuple[str, dict[str, str]]] = []
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "HTTP_HOST": "paper.example",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_ACCEPT_ENCODING": coding,
        }
        body = b"".join(self._front(environ, lambda status, headers: told.append((status, dict(headers)))))
        return answer_of(int(told[0][0][:3]), told[0][1], body)

    def everything(self, paths: Iterable[str]) -> tuple[Snapshot, list[str]]:
        """What is at each path now, nobody writing; and the paths whose forms differ from one another."""
        found, torn = {}, []
        for path in paths:
            answers = {coding: self.ask(path, coding) for coding in CODINGS}
            found[path] = answers["identity"]
            if len(set(answers.values())) > 1 or answers["identity"].status in {0, 500}:
                torn.append(f"{path} is not one page: {answers}")
        return found, torn


def answer_of(status: int, headers: Mapping[str, str], body: bytes) -> Answer:
    """What came over the line. Where it is not as long as it says, or cannot be unpacked, its status is 0."""
    if int(headers.get("content-length", len(body))) != len(body):
        return Answer(0, f"{len(body)} bytes, not {headers['content-length']}")
    try:
        whole = _unpack(body, headers.get("content-encoding", "identity"))
    except (brotli.error, OSError, EOFError, ValueError) as error:
        return Answer(0, f"cannot be unpacked: {error!r}")
    return Answer(status, headers.get("location", "") or hashlib.sha256(whole).hexdigest()[:16])


def _unpack(body: bytes, coding: str) -> bytes:
    if coding == "br":
        return brotli.decompress(body)
    return gzip.decompress(body) if coding == "gzip" else body


def public_paths(pressed: Path) -> set[str]:
    """Every path that a reader may know, whatever is there now."""
    found = set()
    for tree in (layout.PAGES, layout.GONE, layout.MOVED):
        for file in (pressed / tree).rglob("*"):
            if file.is_file() and file.suffix not in layout.ENCODINGS.values():
                path = "/" + file.relative_to(pressed / tree).as_posix()
                found.add(path.removesuffix(layout.INDEX) if file.name == layout.INDEX else path)
    return {path for path in found if not path.startswith("/_/errors/")}


@dataclass
class Versions:
    """All that may be read at each path while one scene is played: what was, what is, and what is on the way."""

    before: Snapshot
    after: Snapshot = field(default_factory=dict)
    between: dict[str, set[Answer]] = field(default_factory=dict)

    def see(self, snapshot: Snapshot) -> None:
        """The newest state of a run that nobody disturbs."""
        self.after = snapshot
        for path, answer in snapshot.items():
            self.between.setdefault(path, {self.before[path]}).add(answer)

    @property
    def touched(self) -> list[str]:
        return sorted(path for path, answers in self.between.items() if len(answers) > 1)

    def judge(self, path: str, answer: Answer) -> str:
        """`same` (of a page that nothing touches), `old`, `new`, `between` or `wrong`."""
        if answer not in self.between[path]:
            return "wrong"
        if self.before[path] == self.after[path] == answer:
            return "same"
        return "old" if answer == self.before[path] else "new" if answer == self.after[path] else "between"


class Reader(threading.Thread):
    """Reads the same pages over and over until it is told to stop."""

    def __init__(self, readers: Readers, versions: Versions, paths: Iterable[str]) -> None:
        super().__init__(daemon=True)
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._readers, self._versions, self._paths = readers, versions, list(paths)
        self._stop_asked = threading.Event()

    def run(self) -> None:
        while not self._stop_asked.is_set():
            for path in self._paths:
                for coding in CODINGS:
                    answer = self._readers.ask(path, coding)
                    kind = self._versions.judge(path, answer)
                    self.counts[kind] += 1
                    if kind == "wrong" and len(self.wrong) < 20:
                        self.wrong.append(f"{path} as {coding}: {answer}")
            time.sleep(0.002)  # else the readers take a whole core from those they read

    def stop(self) -> None:
        self._stop_asked.set()
        self.join()


def files_of(folder: Path) -> Mapping[str, bytes]:
    """Every file below, hidden ones too: its name → its bytes. Not the one by which fronts are told of changes."""
    files = [file for file in folder.rglob("*") if file.is_file() and file != folder / layout.CHANGES]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
