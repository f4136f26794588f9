"""A process that packs a spool, and is killed just before it changes or syncs a file for the n-th time.

`python packs.py SPOOLS N [fail]`; it ends with `ENDED` where there were fewer. With `fail` the disk refuses that once,
and the process goes on as the shipper does.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
from pathlib import Path
from typing import Any

from warraq.spool.outbox import Outbox

ENDED = 3
"""The exit code where the n-th time never came."""
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.truncate"}


def main(spools: str, at: int, *, fails: bool) -> None:
    left = at

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0 and fails:
            raise OSError(errno.EIO, "the disk refuses it")
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
    for _try in range(2):
        with contextlib.suppress(OSError):
            while outbox.pack():
                pass
    ended = left > 0
    left = -1
    sys.exit(ENDED if ended else 0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), fails="fail" in sys.argv)
