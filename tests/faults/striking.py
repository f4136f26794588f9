"""Killing a process at its nth call of the file system, or failing that call: strace does both."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CALLS = (
    *("open", "openat", "creat", "write", "writev", "pwrite64", "fsync", "fdatasync", "syncfs", "ftruncate"),
    *("fallocate", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "link"),
    *("linkat", "symlink", "symlinkat", "utimensat", "fchmod", "chmod"),
)
"""What changes a file system, and what makes sure that it is changed."""
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")


@dataclass(frozen=True)
class Point:
    """The `nth` call of `call`, and what it was in an undisturbed run, for people."""

    call: str
    nth: int
    was: str = ""

    def kill(self) -> str:
        return f"inject={self.call}:signal=KILL:when={self.nth}"

    def fail(self, error: str) -> str:
        return f"inject={self.call}:error={error}:when={self.nth}"

    def fail_from_here(self, error: str) -> str:
        """As a full disk does: this call and all that follow."""
        return f"inject={self.call}:error={error}:when={self.nth}+"


def why_not() -> str:
    """Why nothing can be struck on this machine; empty where it can."""
    if not shutil.which("strace"):
        return "strace is not installed"
    if os.geteuid() != 0:
        return "striking another process needs root"
    return ""


@contextmanager
def attached(pid: int, *expressions: str, log: Path | None = None) -> Iterator[None]:
    """strace on a process that waits; it goes when the process does."""
    words = ["strace", "-f", "-y", "-s", "80", "-p", str(pid), "-e", "signal=none", "-o", str(log or "/dev/null")]
    traced = ",".join(f"?{call}" for call in CALLS)
    for expression in (f"trace={traced}", *expressions):
        words += ["-e", expression]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        assert "attached" in line, line
        yield
    finally:
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stderr.close()


def points(log: Path, *, below: Path) -> list[Point]:
    """Each call of an undisturbed run that changes or syncs a file, in order; `below` is left out of what they say.

    Files that are only opened to be read are no points: nothing is different after them. Of SQLite's writes into its
    log one after the other only the first and the last are: what it writes is nothing until its last frame is there.
    """
    counts: Counter[str] = Counter()
    found: list[Point] = []
    for line in log.read_text(errors="replace").splitlines():
        match = _LINE.match(line)
        if match is None or match[1] not in CALLS:
            continue
        call, rest = match.groups()
        counts[call] += 1
        only_read = call in {"open", "openat"} and not re.search(r"O_(CREAT|WRONLY|RDWR|TRUNC)", rest)
        if not only_read:
            if call == "pwrite64" and [point.call for point in found[-2:]] == ["pwrite64", "pwrite64"]:
                found.pop()
            found.append(Point(call, counts[call], rest.replace(str(below), "…")[:120]))
    return found
