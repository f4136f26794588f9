"""A process that packs a spool, and is killed just before it changes or syncs a file for the n-th time.

`python packs.py SPOOLS N`; it ends with 0 where it came to its end before.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from warraq.spool.outbox import Outbox

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.truncate"}


def main(spools: str, at: int) -> None:
    left = at

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def changes(event: str, arguments: tuple[Any, ...]) -> None:
        is_made = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_CREAT
        if is_made or event in CHANGES:
            count()

    real = os.fsync

    def fsync(handle: int) -> None:
        count()
        real(handle)

    os.fsync = fsync  # type: ignore[assignment]  # it has no audit event
    sys.addaudithook(changes)
    outbox = Outbox(Path(spools), "reads", paper="paper")
    while outbox.pack():
        pass
    left = -1


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
