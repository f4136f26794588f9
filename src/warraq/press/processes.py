"""Processes of this machine."""

from __future__ import annotations

import os


def is_running(pid: int) -> bool:
    """Whether a process of that number runs, whosever it is."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
