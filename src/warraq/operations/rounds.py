"""What is done again and again, and left alone for a while where it fails. No Django."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 60.0


@dataclass
class Task:
    """One thing the pressroom does. `every_seconds` is the least time between two calls."""

    name: str
    do: Callable[[], int]
    """Returns how much it did."""
    every_seconds: float = 0.0
    next_at: float = 0.0
    failures: int = 0

    def run(self, now: float) -> int:
        """Call it if it is due; how much it did. `now` is the monotonic clock's."""
        if now < self.next_at:
            return 0
        done = 0
        try:
            done = self.do()
        except Exception as error:
            pause = min(FIRST_PAUSE_SECONDS * 2**self.failures, LONGEST_PAUSE_SECONDS)
            self.failures += 1
            self.next_at = now + pause
            again = self.failures > 1  # the first time says where; after that one line is enough
            log.error(
                "%s failed (%d times running); again in %.0f s: %s",
                self.name,
                self.failures,
                pause,
                error,
                exc_info=None if again else error,
            )
        else:
            if self.failures:
                log.info("%s works again", self.name)
            self.failures = 0
            self.next_at = now + self.every_seconds
        return done
