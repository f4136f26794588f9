"""A flood: pages, searches that differ, and reads, in turn, from some hundred addresses at a steady rate.

    python -m tests.faults.flooding PORT SECONDS RATE PATHS

PATHS is a file of the paper's paths, one a line. Prints what came of it, in JSON. A server that is too slow for the
rate gets what it can take: each connection has one request under way at a time.
"""

from __future__ import annotations

import json
import random
import select
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.processes import BROWSER

CONNECTIONS, ADDRESSES = 400, 200
REQUESTS_EACH = 50
"""A connection is closed after so many, and a new one made."""
KINDS = ("page", "search", "read")
WORDS = ("القهوة", "المخا", "البن", "اليمن", "الميناء", "السفن", "الأخبار", "المطر", "السوق", "الحرب", "الماء", "صنعاء")
_HEAD = f"host: paper.example\r\nuser-agent: {BROWSER}\r\naccept-encoding: br, gzip\r\n"


@dataclass
class _Line:
    socket: socket.socket
    kind: str = ""
    asked: int = 0
    head: bytes = b""
    left: int = -1
    """Bytes of the body that are still to come; -1 before the head is there."""


class Flood:
    def __init__(self, port: int, paths: list[str]) -> None:
        self.answers: Counter[str] = Counter()
        """`kind status` → how many."""
        self.asked: Counter[str] = Counter()
        self.cut_off = 0
        self._port, self._paths = port, paths
        self._articles = [
            path.split("/")[2] for path in paths if path.count("/") == 3 and path.split("/")[2].isdecimal()
        ]
        self._chance = random.Random(7)
        self._lines: dict[int, _Line] = {}
        self._idle: list[_Line] = []
        self._poll = select.epoll()
        self._opened = 0

    def run(self, seconds: float, rate: float) -> None:
        started = time.monotonic()
        number, behind = 0, 0
        while (now := time.monotonic()) < started + seconds:
            due = int((now - started) * rate) - behind
            if due - number > rate / 10:  # what could not be asked in time is never asked
                behind += due - number - int(rate / 10)
                due = number + int(rate / 10)
            while number < due and self._ask(KINDS[number % len(KINDS)]):
                number += 1
            for handle, _event in self._poll.poll(0.001):
                if handle in self._lines:
                    self._hear(self._lines[handle])

    def _ask(self, kind: str) -> bool:
        """Whether a connection was free for it."""
        line = self._idle.pop() if self._idle else self._open()
        if line is None:
            return False
        line.kind, line.asked, line.head, line.left = kind, line.asked + 1, b"", -1
        self.asked[kind] += 1
        try:
            line.socket.send(self._request(kind).encode())
        except OSError:
            self._close(line)
        return True

    def _request(self, kind: str) -> str:
        if kind == "page":
            return f"GET {self._chance.choice(self._paths)} HTTP/1.1\r\n{_HEAD}\r\n"
        if kind == "read":
            return f"POST /_/read?id={self._chance.choice(self._articles)} HTTP/1.1\r\n{_HEAD}content-length: 0\r\n\r\n"
        words = f"{self._chance.choice(WORDS)} {self._chance.choice(WORDS)} {self._chance.randrange(1_000_000)}"
        return f"GET /search/?q={quote(words)} HTTP/1.1\r\n{_HEAD}\r\n"

    def _open(self) -> _Line | None:
        if len(self._lines) >= CONNECTIONS:
            return None
        self._opened += 1
        made = socket.socket()
        made.settimeout(0.2)
        try:
            made.bind((f"127.66.{self._opened % ADDRESSES}.9", 0))
            made.connect(("127.0.0.1", self._port))
        except OSError:
            made.close()
            self.cut_off += 1
            return None
        made.setblocking(False)
        line = self._lines[made.fileno()] = _Line(made)
        self._poll.register(made, select.EPOLLIN)
        return line

    def _hear(self, line: _Line) -> None:
        try:
            data = line.socket.recv(1 << 18)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._close(line)
            return
        if line.left < 0:
            line.head += data
            head, found, body = line.head.partition(b"\r\n\r\n")
            if not found:
                return
            at = head.lower().find(b"content-length: ")
            line.left = int(head[at + 16 :].split(b"\r\n", 1)[0]) - len(body) if at >= 0 else 0
        else:
            line.left -= len(data)
        if line.left <= 0:
            self.answers[f"{line.kind} {line.head[9:12].decode()}"] += 1
            line.kind = ""
            if line.asked >= REQUESTS_EACH or b"onnection: close" in line.head:
                self._close(line)
            else:
                self._idle.append(line)

    def _close(self, line: _Line) -> None:
        self.cut_off += bool(line.kind)
        self._poll.unregister(line.socket)
        del self._lines[line.socket.fileno()]
        line.socket.close()
        if line in self._idle:
            self._idle.remove(line)


def main() -> None:
    port, seconds, rate, paths = sys.argv[1:]
    flood = Flood(int(port), Path(paths).read_text(encoding="utf-8").split())
    flood.run(float(seconds), float(rate))
    asked = flood.asked.total()
    result = {
        "asked": asked,
        "a_second": round(asked / float(seconds)),
        "answers": dict(sorted(flood.answers.items())),
        "cut_off": flood.cut_off,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
