"""How much of an article's reads one network may be, so that many honest readers count and a script does not.

A network is a /24 or a /48; in many countries a whole carrier is behind a few of them. What tells a crowd from a script
is what else it reads. In a day (UTC, as the salts are), of one article, one network adds at most

    ALONE + CROWD x (its reads of other articles that day)

reads; what is more is set aside. Whoever reads others only to look like a crowd reads one article far more than
everybody else does. Of what counts,

    LIKE_OTHERS x (its reads of other articles) x (what all other networks read of this one, for each of another)

is what a network may be expected to read. The most that any single one read beyond that, where it is more than
`FAMILY`, is remembered as the article's *lone* reads. A ranking lifts no article by more than one place for them
(`newsroom.rankings.ordering`).

Kept in memory alone: no trace of a network is stored, and a pressroom that starts anew merely begins again.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

ALONE = 12
"""Reads that are taken of a network that reads nothing else: an office in which one sends the others a link."""
CROWD = 4
"""Reads of one article for each of another. When a story breaks four of five readers come for it."""
LIKE_OTHERS = 2
"""How many times as eager for an article as all others a crowd may be."""
FAMILY = 2
"""Reads of an article that no one needs to think about."""
ROOM = 200_000
"""Counts remembered: some 50 MB. When there are more, those go that say least."""
HOURS = 24
REMEMBERED = 100_000
"""Verdicts that can be unsaid: many times a batch."""


class Verdict(NamedTuple):
    """Whether a read counts, and by how many it makes the article's lone reads more."""

    counts: bool
    lone: int = 0


REFUSED = Verdict(False)


class Networks:
    """What each network read today, and yesterday as long as reads from there come in."""

    def __init__(self) -> None:
        self._since = 0
        self._reads: Counter[tuple[int, int, str]] = Counter()
        """(day from 1970, article id, network) → reads that counted."""
        self._all: Counter[tuple[int, str]] = Counter()
        """(day, network) → the same, of all articles."""
        self._of_article: Counter[tuple[int, int]] = Counter()
        """(day, article id) → the same, of all networks."""
        self._of_day: Counter[int] = Counter()
        """day → the same, of all."""
        self._lone: Counter[tuple[int, int]] = Counter()
        """(day, article id) → the most that one network read beyond what it may be expected to."""
        self._said: deque[tuple[tuple[int, int, str], int]] = deque(maxlen=REMEMBERED)
        """(what counted, by how many it made the article's lone reads more), since `unless_it_fails` was entered."""

    def judge(self, hour: int, article_id: int, network: str) -> Verdict:
        """One more read, in an hour counted from 1970; if it counts it is remembered."""
        day = hour // HOURS
        key, whole, of_article = (day, article_id, network), (day, network), (day, article_id)
        before = self._reads[key]
        others = self._all[whole] - before
        if before >= ALONE + CROWD * others:
            return REFUSED
        self._reads[key] = now = before + 1
        self._all[whole] += 1
        self._of_article[of_article] = of_all = self._of_article[of_article] + 1
        self._of_day[day] += 1
        elsewhere = of_all - now
        rest = self._of_day[day] - others - of_all  # what other networks read of other articles
        alone = now - int(LIKE_OTHERS * (elsewhere + 1) * others / (rest + 1))
        lone = max(0, alone - self._lone[of_article]) if alone > FAMILY else 0
        if lone:
            self._lone[of_article] += lone
        self._said.append((key, lone))
        return Verdict(True, lone)

    @contextmanager
    def unless_it_fails(self) -> Iterator[None]:
        """Whatever was judged within is unsaid where this ends in an exception: it will be judged again."""
        self._said.clear()
        try:
            yield
        except BaseException:
            for (day, article_id, network), lone in self._said:
                self._reads[day, article_id, network] -= 1
                self._all[day, network] -= 1
                self._of_article[day, article_id] -= 1
                self._of_day[day] -= 1
                self._lone[day, article_id] -= lone
            raise
        finally:
            self._said.clear()

    def forget(self, hour: int) -> None:
        """Forget days before the last, seen from `hour`, and where there is no room what was read least."""
        oldest = hour // HOURS - 1
        if oldest > self._since:
            self._since = oldest
            by_day: tuple[Counter[Any], ...] = (self._reads, self._all, self._of_article, self._lone)
            for counts in by_day:
                for key in [key for key in counts if key[0] < oldest]:
                    del counts[key]
            for day in [day for day in self._of_day if day < oldest]:
                del self._of_day[day]
        least = 1
        while len(self._reads) > ROOM:
            self._reads = Counter({key: count for key, count in self._reads.items() if count > least})
            kept = {(day, network) for day, _article, network in self._reads}
            self._all = Counter({key: count for key, count in self._all.items() if key in kept})
            least *= 2
