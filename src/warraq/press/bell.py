"""The bell: the newsroom wakes the pressroom at once, without either waiting for the other.

A datagram on a Unix socket in the paper's `run/` folder. A lost ring costs a moment, never a change: the pressroom
also looks by itself.
"""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path
from types import TracebackType

_LIMIT = 100
"""Bytes of the longest socket path that every kernel takes (107 on Linux, 103 on BSD)."""


def _address(path: Path) -> str:
    """`path`, or where it is too long for a socket its abstract twin (Linux): a name, not a file."""
    text = str(path)
    return text if len(text.encode()) <= _LIMIT else "\0warraq:" + text[-(_LIMIT - 10) :]


def ring(path: Path) -> None:
    """Wake whoever waits at `path`; nothing happens where nobody does."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line, contextlib.suppress(OSError):
        line.setblocking(False)
        line.sendto(b"!", _address(path))


class Bell:
    """The pressroom's end."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._path = path
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._line.bind(_address(path))

    def wait(self, seconds: float) -> bool:
        """Whether it rang within `seconds`; rings that piled up count as one."""
        self._line.settimeout(seconds)
        try:
            self._line.recv(16)
        except (TimeoutError, BlockingIOError):
            return False
        self._line.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while self._line.recv(16):
                pass
        return True

    def close(self) -> None:
        self._line.close()
        self._path.unlink(missing_ok=True)

    def __enter__(self) -> Bell:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
