"""How much each network reads: what is more than people do is set aside.

Kept in memory alone: no trace of a network is stored, and a pressroom that starts anew merely begins again.
"""

from __future__ import annotations

from collections import Counter

HOURLY = 2_000
"""Reads of one article in an hour that one network (a /24, a /48) adds at most. A carrier may have all its readers
behind such a network, and people come near this only when a story breaks; a script is past it in seconds."""
ROOM = 200_000
"""Counts remembered: some 40 MB. When there are more, the oldest hours go."""


class Networks:
    """(hour, article id, network) → reads of it that counted."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[int, int, str]] = Counter()

    def admits(self, hour: int, article_id: int, network: str) -> bool:
        """Whether one more read counts; if so it is remembered."""
        key = (hour, article_id, network)
        if self._counts[key] >= HOURLY:
            return False
        self._counts[key] += 1
        return True

    def forget(self) -> None:
        """Make room, the oldest hours first; the newest one goes only where it alone is too many."""
        while len(self._counts) > ROOM:
            oldest = min(hour for hour, _article, _network in self._counts)
            self._counts = Counter({key: count for key, count in self._counts.items() if key[0] != oldest})
