"""Why a read is set aside by its headers alone: a robot's, or made ahead of a reader who may never come."""

from __future__ import annotations

import re
import threading
import time
from functools import lru_cache
from typing import Final

from crawlerdetect import CrawlerDetect

from warraq.front.answers import Environ

ROBOT: Final = "robot"
PREFETCH: Final = "prefetch"
HONEYPOT: Final = "honeypot"
RATE: Final = "rate"

LONGEST_AGENT: Final = 256
"""Characters of an agent that are judged; the time goes with their square, 8 ms at the worst for these."""
NEW_AGENTS_A_SECOND: Final = 50
"""Agents not seen before that are judged in a second, so that a flood of invented ones cannot take the processor. The
others count as readers."""
TOOLS: Final = re.compile(r"headless|curl|wget|python|http|libwww|axios|java", re.IGNORECASE)
"""Matches of the library that name a tool, not a robot: people read through them too, and a loop with one is one
visitor in half an hour anyway."""


class Robots:
    def __init__(self) -> None:
        self._known = CrawlerDetect()
        self._judged = lru_cache(maxsize=4096)(self._judge)
        self._lock = threading.Lock()
        self._second = 0
        self._left = 0

    def reason(self, environ: Environ) -> str | None:
        """Why the request is not a reader's; None where it may be one."""
        purpose = environ.get("HTTP_SEC_PURPOSE", "") + environ.get("HTTP_PURPOSE", "") + environ.get("HTTP_X_MOZ", "")
        if "prefetch" in purpose.lower() or "prerender" in purpose.lower():
            return PREFETCH
        try:
            return ROBOT if self._judged(environ.get("HTTP_USER_AGENT", "")[:LONGEST_AGENT]) else None
        except _NoTimeError:
            return None

    def _judge(self, agent: str) -> bool:
        with self._lock:
            second = int(time.monotonic())
            if second != self._second:
                self._second, self._left = second, NEW_AGENTS_A_SECOND
            if not self._left:
                raise _NoTimeError
            self._left -= 1
            # Under the lock: the library keeps what matched on itself.
            return self._known.is_crawler(agent) and not TOOLS.search(self._known.get_matches() or "")


class _NoTimeError(Exception):
    pass
