"""Which sites readers come from, bounded: whoever sends a read may invent a host.

Kept in memory alone; a pressroom that starts anew knows none, and the rows of the hour keep what it had.
"""

from __future__ import annotations

AN_HOUR = 500
"""Different hosts of one hour that are kept apart. Reads from further ones count without theirs."""


class Hosts:
    def __init__(self) -> None:
        self._hour = 0
        self._known: set[str] = set()

    def keeps(self, hour: int, host: str) -> bool:
        """Whether `host`, not empty, is kept for a read in `hour`, counted from 1970."""
        if hour > self._hour:
            self._hour, self._known = hour, set()
        if host not in self._known and len(self._known) < AN_HOUR:
            self._known.add(host)
        return host in self._known
