"""Being told to stop: SIGTERM and SIGINT only leave a mark.

A handler runs in the middle of whatever the main thread does; one that took a lock (as `threading.Event.set` does)
could wait for the very thread that it interrupts.
"""

from __future__ import annotations

import signal


class Stopping:
    """`stopping()` is false until this process is told to stop. Made in the main thread."""

    def __init__(self) -> None:
        self._told = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._tell)

    def _tell(self, *_signal: object) -> None:
        self._told = True

    def __call__(self) -> bool:
        return self._told
