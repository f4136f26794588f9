"""How many articles one sender reads in a minute, where nothing but address and agent tells senders apart.

Whose page runs our script is told apart by it, and a crowd behind one address is not measured here: what does not run
it and reads faster than people do is a loop.
"""

from __future__ import annotations

import threading
import time
from typing import Final

from warraq.front.posts import Address

MOST_A_MINUTE: Final = 20
"""Different articles. Each takes a reader four seconds at the least, and a page must be opened for it."""
ROOM: Final = 20_000
"""Senders remembered in a minute; further ones are not measured."""


class Paces:
    """Kept for the minute that runs, in memory alone."""

    def __init__(self) -> None:
        self._minute = 0
        self._read: dict[int, set[int]] = {}
        self._lock = threading.Lock()

    def is_too_fast(self, address: Address, agent: str, article: int) -> bool:
        """Note one more read; whether its sender is past what anybody reads."""
        minute = int(time.monotonic()) // 60
        sender = hash((address, agent))
        with self._lock:
            if minute != self._minute:
                self._minute, self._read = minute, {}
            articles = self._read.get(sender)
            if articles is None:
                if len(self._read) < ROOM:
                    self._read[sender] = {article}
                return False
            if len(articles) <= MOST_A_MINUTE:
                articles.add(article)
            return len(articles) > MOST_A_MINUTE
