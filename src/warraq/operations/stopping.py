"""Being told to stop, or to begin anew: signals only leave a mark.

A handler runs in the middle of whatever the main thread does; one that took a lock (as `threading.Event.set` does)
could wait for the very thread that it interrupts.
"""

from __future__ import annotations

import os
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


class Renewal:
    """`renewal()` is true once after each SIGHUP. Under a terminal that signal says that it was closed, and ends this
    process as ever. Made in the main thread."""

    def __init__(self) -> None:
        self._told = False
        if not _has_terminal():
            signal.signal(signal.SIGHUP, self._tell)

    def _tell(self, *_signal: object) -> None:
        self._told = True

    def __call__(self) -> bool:
        told, self._told = self._told, False
        return told


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
