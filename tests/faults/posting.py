"""A crowd of readers whose pages post that they were read: raw connections, each with one read under way at a time.

No two reads are by the same reader of the same article, and no two of one article from one network, so that each of
them has to be counted: a repeat is a read that was taken in twice. What was sent, and what was acknowledged, is kept.
"""

from __future__ import annotations

import select
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tests.processes import BROWSER

CONNECTIONS = 32
SILENCE_SECONDS = 30.0
"""A connection that says nothing for so long is given up."""
_REQUEST = (
    b"POST /_/read?id=%d HTTP/1.1\r\nhost: paper.example\r\nx-forwarded-for: %d.%d.%d.9\r\n"
    b"user-agent: " + BROWSER.encode() + b"\r\ncontent-length: 0\r\n\r\n"
)
_FIRST = 11
"""The first byte of the first address: after loopback's neighbours, and room for seven million networks before 127."""


@dataclass
class _Line:
    socket: socket.socket
    article: int = 0
    """Whose read is under way; 0 where none is."""
    since: float = 0.0
    heard: bytes = b""


class Crowd(threading.Thread):
    """Posts `reads` reads to the front at `port`, which has to believe X-Forwarded-For from loopback.

    Read number n is of `articles[n % len]`, or with `article_of` of whatever that says. `a_second` holds it back,
    `told` hears the article of each read that was acknowledged.
    """

    def __init__(
        self,
        port: int,
        articles: list[int],
        reads: int,
        *,
        article_of: Callable[[int], int] | None = None,
        a_second: float = 0,
        told: Callable[[int], None] = lambda _article: None,
    ) -> None:
        super().__init__(daemon=True)
        self.sent, self.acknowledged = Counter[int](), Counter[int]()
        self.number = 0
        """Reads that were sent, or begun to be."""
        self.refused = self.broken = 0
        self._port, self._articles, self._reads = port, articles, reads
        self._article_of = article_of or (lambda number: articles[number % len(articles)])
        self._a_second, self._told = a_second, told
        self._lines: dict[int, _Line] = {}
        self._idle: list[_Line] = []
        self._poll = select.epoll()
        self._stop_asked = threading.Event()

    def run(self) -> None:
        started = looked = time.monotonic()
        while not self._stop_asked.is_set() and (self.number < self._reads or len(self._idle) < len(self._lines)):
            now = time.monotonic()
            allowed = self._reads
            if self._a_second:
                allowed = min(allowed, int((now - started) * self._a_second) + 1)
            self._send_some(allowed, now)
            for handle, _event in self._poll.poll(0.002):
                self._hear(self._lines[handle])
            if now - looked > 1:
                looked = now
                for line in [*self._lines.values()]:
                    if line.article and now - line.since > SILENCE_SECONDS:
                        self._give_up(line)
        for line in [*self._lines.values()]:
            line.socket.close()
        self._poll.close()

    def _send_some(self, allowed: int, now: float) -> None:
        while self.number < allowed:
            line = self._idle.pop() if self._idle else self._open()
            if line is None:
                return
            number, self.number = self.number, self.number + 1
            line.article, line.since = self._article_of(number), now
            reader = number // max(1, len(self._articles))
            request = _REQUEST % (line.article, _FIRST + (reader >> 16), reader >> 8 & 255, reader & 255)
            self.sent[line.article] += 1
            try:
                line.socket.send(request)  # shorter than any buffer, which is empty
            except OSError:
                self._give_up(line)

    def _open(self) -> _Line | None:
        """A new connection; None where there are enough, or nobody listens."""
        if len(self._lines) >= CONNECTIONS:
            return None
        try:
            made = socket.create_connection(("127.0.0.1", self._port), timeout=1)
        except OSError:
            return None
        made.setblocking(False)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line = self._lines[made.fileno()] = _Line(made)
        self._poll.register(made, select.EPOLLIN)
        return line

    def _hear(self, line: _Line) -> None:
        try:
            data = line.socket.recv(4096)
        except OSError:
            data = b""
        line.heard += data
        if not data:
            self._give_up(line)
        elif line.heard.endswith(b"\r\n\r\n") and line.heard.startswith(b"HTTP/1.1 204 "):
            self.acknowledged[line.article] += 1
            self._told(line.article)
            line.article, line.heard = 0, b""
            self._idle.append(line)
        elif not b"HTTP/1.1 204 ".startswith(line.heard[:13]):
            self.refused += 1
            self._give_up(line)

    def _give_up(self, line: _Line) -> None:
        """What became of the read that is under way on it, nobody knows; it is not sent again."""
        self.broken += bool(line.article)
        self._poll.unregister(line.socket)
        del self._lines[line.socket.fileno()]
        line.socket.close()
        if line in self._idle:
            self._idle.remove(line)

    def stop(self) -> None:
        self._stop_asked.set()
        self.join()
