"""Whether anything in the pressed tree changed: eight bytes that the press writes anew after each landing, read from
memory that the front shares with it. So a page that was just looked at on the disk need not be looked at again."""

from __future__ import annotations

import mmap
import os
import time
from pathlib import Path
from typing import Final

from warraq.press import layout

TRUSTED_SECONDS: Final = 0.05
"""How long a page is believed to be as it was where the bytes stay the same: they do so in a copy of the tree, and
where the press was killed between changing a page and saying so."""

Sight = tuple[bytes, float]
"""What the bytes were just before a file was looked at, and until when it is believed."""
NEVER: Final[Sight] = (b"", 0.0)


class Changes:
    def __init__(self, root: Path) -> None:
        """`root` is the pressed folder."""
        self._file = str(root / layout.CHANGES)
        self._shared = self._open()

    def sight(self) -> Sight:
        """To be taken before a file is looked at, and kept with what was seen."""
        return self._bytes(), time.monotonic() + TRUSTED_SECONDS

    def is_fresh(self, seen: Sight) -> bool:
        """Whether what was seen then is so still."""
        told, until = seen
        return told == self._bytes() and time.monotonic() < until and told != b""

    def _bytes(self) -> bytes:
        """Empty where no press has written any yet: then every page is looked at."""
        if self._shared is None:
            self._shared = self._open()
        return self._shared[:] if self._shared is not None else b""

    def _open(self) -> mmap.mmap | None:
        try:
            handle = os.open(self._file, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return None
        try:
            return mmap.mmap(handle, layout.CHANGES_BYTES, access=mmap.ACCESS_READ)
        except (OSError, ValueError):  # it is being made
            return None
        finally:
            os.close(handle)
