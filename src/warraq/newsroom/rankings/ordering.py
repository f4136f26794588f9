"""The order of a ranking: most first, the newer article where two are equal, and nobody lifted by one sender."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from warraq.newsroom.rankings.counters import Counted


def ordered(counted: Iterable[Counted]) -> list[Counted]:
    """Most first; ties go to the newer article.

    No article stands more than one place above the one that it would have without its lone reads, as long as there is
    another to stand there. One that is held back is told with no more than the one above it has.
    """
    rows = sorted(counted, key=_order)
    keys = [_order(row) for row in rows]
    waiting: list[tuple[int, int]] = []
    """(highest place, index in `rows`) of those whose place is not reached."""
    for index, row in enumerate(rows):
        without = (row.lone - row.count, -row.article_id)
        place = bisect_left(keys, without)  # those before it, itself among them where it has any lone read
        waiting.append((max(0, place - 2) if row.lone else 0, index))
    heapq.heapify(waiting)
    ready: list[int] = []
    found: list[Counted] = []
    for place in range(len(rows)):
        while waiting and waiting[0][0] <= place:
            heapq.heappush(ready, heapq.heappop(waiting)[1])
        row = rows[heapq.heappop(ready) if ready else heapq.heappop(waiting)[1]]
        found.append(replace(row, count=min(row.count, found[-1].count)) if found else row)
    return found


def _order(row: Counted) -> tuple[int, int]:
    return -row.count, -row.article_id
