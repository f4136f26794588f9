"""A part that a supervisor started ends with it, even where the supervisor was killed."""

from __future__ import annotations

import os
import signal
import sys
import threading


def stop_with_it() -> None:
    """Send this process SIGTERM when standard input, a pipe that only the supervisor holds, comes to its end."""
    threading.Thread(target=_wait, name="parent", daemon=True).start()


def _wait() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
