"""The way of simulated reads: through what the front does with each, and what the pressroom does with them, in order.

Nothing stands in for them but the clock, and the sockets and the spool between them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from measures import in_order
from simulated import DAY, HOUR, REPEAT, Sent

as_json = json.JSONEncoder(separators=(",", ":")).encode


class Clock:
    """In the place of the module `time` where the front asks how fast agents come."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


class Front:
    """What `Door.marks` keeps of a read. The clock of its robots is the reads' own."""

    def __init__(self, folder: Path) -> None:
        from warraq.front import robots, visitors
        from warraq.front.posts import Senders

        self._clock = Clock()
        robots.time = self._clock  # type: ignore[assignment]
        self._robots, self._visitors, self._senders = robots.Robots(), visitors.Visitors(folder), Senders(())

    def meet(self, agents: Sequence[str]) -> None:
        """Judge agents before they come, one a second: it takes a millisecond each, and children remember it."""
        for agent in agents:
            self._clock.now += 1
            self._robots.reason({"HTTP_USER_AGENT": agent})

    def record(self, one: Sent) -> tuple[bytes, str]:
        """What goes into the spool, and the visitor in it."""
        environ = {"REMOTE_ADDR": one.address, "HTTP_USER_AGENT": one.agent}
        if one.kind == "prefetch":
            environ["HTTP_SEC_PURPOSE"] = "prefetch;prerender"
        self._clock.now = one.at
        address = self._senders.address(environ)
        visitor, network = self._visitors.hashes(address, one.agent, one.article, one.at, load=one.load)
        fields = {"a": one.article, "t": int(one.at * 1000), "v": visitor, "n": network}
        if reason := self._robots.reason(environ):
            fields["r"] = reason
        return as_json(fields).encode(), visitor


SLOT = REPEAT
"""Seconds of reads that are taken in together: within these no visitor's read of an article counts twice."""


def take_in(front: Front, sent: Sequence[Sent], *, rank_every: float = DAY) -> Counter[str]:
    """Take the reads in as their hours go by, ranking every so many seconds; how many of each kind counted.

    Django is set up. What counted is told by visitor and article, so of two readers that look alike the first is meant.
    """
    from warraq.newsroom.rankings.services import rank_all
    from warraq.readership import standings
    from warraq.readership.services import forget, take_in_records

    counted: Counter[str] = Counter()
    hour = ranked = 0.0
    for slot, some in groupby(sent, key=lambda one: one.at // SLOT):
        now = datetime.fromtimestamp((slot + 1) * SLOT - 1, UTC)
        records, kinds = [], dict[tuple[str, int], str]()
        for one in some:
            record, visitor = front.record(one)
            records.append(record)
            kinds.setdefault((visitor, one.article), one.kind)
        if slot * SLOT // HOUR != hour:  # as often as there is anything to do
            hour = slot * SLOT // HOUR
            standings.advance(now=now)
            forget(now=now)
        tally = take_in_records(records=records, now=now)
        counted.update(kinds[visit] for visit in tally.visits)
        if slot * SLOT // rank_every != ranked:
            ranked = slot * SLOT // rank_every
            rank_all(now)
    return counted


def ranked_at(at: float) -> dict[str, dict[int, float]]:
    """Rank as of `at`, Unix seconds: for each window, what every article with reads has come to, most first.

    The numbers tell the order and nothing else. As far as a ranking goes that is the ranking's own, beyond that the
    order of the counts, equal where they are."""
    from warraq.newsroom.models import Window
    from warraq.newsroom.rankings.services import rank_all
    from warraq.readership import standings

    now = datetime.fromtimestamp(at, UTC)
    standings.advance(now=now)
    rank_all(now)
    return {window: standing(window, now) for window in Window.values}


def standing(window: str, now: datetime) -> dict[int, float]:
    """The same for one window, from what was ranked before."""
    from warraq.newsroom.models import Ranking
    from warraq.newsroom.rankings.services import window_of
    from warraq.readership.models import ReadHour
    from warraq.readership.selectors import counts, counts_of

    since, until = window_of(window, now)
    row = Ranking.objects.filter(kind="read", window=window).first()
    first = [int(item[0]) for item in row.items] if row else []
    known = counts(since, until)
    ids = set(ReadHour.objects.filter(hour__gte=since, hour__lt=until).values_list("article_id", flat=True))
    found: dict[int, float] = {**counts_of(ids, since, until), **{row.article_id: row.count for row in known}}
    most = max(found.values(), default=0)
    found |= {ident: most + len(first) - place for place, ident in enumerate(first)}
    return in_order(found)
