"""One process a part: a lock file in the paper's `run/` folder, held by the kernel for as long as the process lives."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from warraq.language.messages import gettext as _
from warraq.operations.errors import AlreadyRunning


@dataclass(frozen=True)
class Holder:
    """A process that runs a part; `pid` 0 where it does not say. `since` is local time, for people."""

    pid: int
    since: str
    port: int | None = None


@contextlib.contextmanager
def held(run: Path, part: str, *, wait: bool = False, port: int | None = None) -> Iterator[None]:
    """Hold the lock of `part` (`front`, `newsroom`, `pressroom`, `serve`, or what it works on: `press`, `bucket`).

    Raises AlreadyRunning, with who holds it, where another process does; with `wait` it waits for that one instead.
    A killed process holds nothing. `port` is kept for who asks where the part listens (`holder`).
    """
    run.mkdir(parents=True, exist_ok=True)
    file = os.open(run / f"{part}.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise AlreadyRunning(_refusal(run, part)) from None
        os.truncate(file, 0)
        with contextlib.suppress(OSError):  # a full disk: who holds it is a help for people, the lock is the kernel's
            os.pwrite(file, json.dumps(asdict(Holder(os.getpid(), time.strftime("%F %T %Z"), port))).encode(), 0)
        yield
        os.truncate(file, 0)
    finally:
        os.close(file)


def is_held(run: Path, part: str) -> bool:
    """Whether some process runs `part` at this moment."""
    try:
        file = os.open(run / f"{part}.lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def holder(run: Path, part: str) -> Holder:
    """Who holds the lock of `part`, as far as the file says."""
    try:
        return Holder(**json.loads((run / f"{part}.lock").read_text()))
    except (OSError, ValueError, TypeError):
        return Holder(0, "?")


def refuse_held(run: Path, part: str) -> None:
    """Raises AlreadyRunning where some process runs `part`."""
    if is_held(run, part):
        raise AlreadyRunning(_refusal(run, part))


def _refusal(run: Path, part: str) -> str:
    found = holder(run, part)
    if part == "serve":
        text = _(
            "This paper is being served already: process {pid}, since {since}. Nothing was started. "
            "Stop that one first (kill {pid}), or leave it to its work."
        )
    else:
        text = _(
            "The {part} of this paper is running already: process {pid}, since {since}. Nothing was started. "
            "Stop that one first (kill {pid}), or leave it to its work."
        )
    return text.format(part=part, pid=found.pid, since=found.since)
