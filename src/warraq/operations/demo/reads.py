"""The demonstration's reads: hour by hour over the last month, the same every time for the same hours. Needs Django."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from warraq.operations.demo.content import Table
from warraq.readership import standings
from warraq.readership.models import ReadHour

DAYS = 31
RUSH, RUSH_HOURS = 240.0, 14.0
"""Reads an hour of a story that everybody reads, when it is new, and how fast that fades."""
TAIL, TAIL_HOURS = 24.0, 260.0
"""The same for those who come later."""
EVENING = 18
"""UTC hour in which most people read: nine in the evening in Aden."""


def load(articles: list[tuple[int, Table]], *, now: datetime) -> int:
    """Reads of `(article id, its table)`; how many in all."""
    rows = [row for ident, article in articles for row in _hours(ident, article, now)]
    ReadHour.objects.bulk_create(rows, batch_size=500)
    standings.advance(now=now)  # sums what was written past it
    return sum(row.count for row in rows)


def _hours(ident: int, article: Table, now: datetime) -> Iterator[ReadHour]:
    chance = Random(f"reads {article['number']}")  # noqa: S311  a demonstration wants the same dice every time
    this_hour = now.replace(minute=0, second=0, microsecond=0)
    published = article["published"]
    first = published.replace(minute=0, second=0, microsecond=0)
    hours = min(int((this_hour - first) / timedelta(hours=1)), DAYS * 24)
    for back in range(hours, -1, -1):
        hour = this_hour - timedelta(hours=back)
        age = max((hour - published) / timedelta(hours=1), 0.0)
        count = int(_reads(age, article["popularity"]) * _daily(hour.hour) * chance.uniform(0.7, 1.3) + chance.random())
        if count:
            yield ReadHour(article_id=ident, hour=hour, count=count)


def _reads(age: float, popularity: float) -> float:
    """Reads an hour, `age` hours after publication."""
    return popularity**2 * (RUSH * math.exp(-age / RUSH_HOURS) + TAIL * math.exp(-age / TAIL_HOURS))


def _daily(hour: int) -> float:
    """How awake readers are in this hour of the day (UTC), 0.2 to 1."""
    return 0.6 + 0.4 * math.cos(2 * math.pi * (hour - EVENING) / 24)
