"""Invented traffic of which the truth is known: who read what, and what else came that looks like reading.

Articles are published through the day; their popularity is Zipf's, the age at which they are read log-normal, thinned
by the hour of the day. Beside readers there are reloads, pages fetched ahead, known robots, and one article that runs
for an hour a hundred times as fast as it did. The same seed gives the same traffic. Needs nothing of Warraq.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import NamedTuple

import readers as crowd

HOUR, DAY = 3600.0, 86_400.0
REPEAT = 1800.0
"""Seconds within which a person's reads of one article are one."""
MEDIAN_HOURS, P90_HOURS = 6.5, 28.5
"""Age of an article at a click."""
SIGMA = math.log(P90_HOURS / MEDIAN_HOURS) / 1.2816
"""Of the log-normal with this median and this nine tenths; 1.2816 is the normal's."""
DRAWN_MEDIAN, DRAWN_SIGMA = 7.3, 0.93 * SIGMA
"""Of the ages that are drawn. Articles come by day, and the night lets few readers through: what is left of these has
the two above, within a tenth (a test says so)."""
RHYTHM = (
    *(0.55, 0.35, 0.22, 0.2, 0.3, 0.45, 0.6, 0.65, 0.65, 0.7, 0.75, 0.75),
    *(0.75, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0, 1.0, 0.95, 0.9, 0.85, 0.7),
)
"""How much is read in each hour, UTC, of the busiest: nine and ten in the evening in Aden."""
NEWS_HOURS = (4.0, 20.0)
"""UTC hours between which articles are published."""
SESSION = 600.0
"""Seconds within which somebody who reads is as likely as not to go on to another article."""
GOES_ON = 0.4
"""Share of reads that go on from one before."""


class Sent(NamedTuple):
    """A read as it reaches the front. `at`: Unix seconds. `person` is 0 for what is nobody's. `load`: what the page's
    script draws anew each time the page is loaded, empty where it sends none."""

    at: float
    article: int
    address: str
    agent: str
    kind: str
    person: int = 0
    load: str = ""


HONEST = ("read", "reload")


@dataclass(frozen=True)
class Story:
    """An article: its number, when it was published (Unix seconds), and its share of all reads."""

    ident: int
    published: float
    share: float


@dataclass(frozen=True)
class Traffic:
    """How much of what. `until`: Unix seconds. Shares of robots, prefetches and reloads are of the readers' reads."""

    until: float
    days: int = 31
    articles_a_day: int = 40
    reads_a_day: int = 5_000
    exponent: float = 0.7
    """Zipf's."""
    carrier: float = 0.3
    """Share of readers who sit behind one carrier's few addresses."""
    has_loads: bool = True
    """Whether the page's script runs: it sends a random word, and none of an article that it sent half an hour ago."""
    forgetful: int = 20
    """One of so many people forbids the browser to keep anything: their script sends each time."""
    spike: float = 100.0
    robots: float = 0.15
    prefetches: float = 0.05
    reloads: float = 0.08
    seed: int = 1511

    @property
    def since(self) -> float:
        return self.until - self.days * DAY

    @property
    def reads(self) -> int:
        return self.days * self.reads_a_day


def stories(traffic: Traffic, *, first: int = 1) -> list[Story]:
    """The articles, the oldest first, numbered from `first`."""
    random = Random(f"stories {traffic.seed}")
    count = traffic.days * traffic.articles_a_day
    shares = [rank**-traffic.exponent for rank in range(1, count + 1)]
    total = sum(shares)
    random.shuffle(shares)
    midnight = traffic.since - traffic.since % DAY
    times = sorted(
        midnight + (number // traffic.articles_a_day) * DAY + random.uniform(*NEWS_HOURS) * HOUR
        for number in range(count)
    )
    return [
        Story(first + number, at, share / total) for number, (at, share) in enumerate(zip(times, shares, strict=True))
    ]


def read_at(story: Story, random: Random) -> float:
    """When somebody reads it: log-normal, more of it in busy hours."""
    while True:
        at = story.published + random.lognormvariate(math.log(DRAWN_MEDIAN), DRAWN_SIGMA) * HOUR
        if random.random() < RHYTHM[int(at % DAY // HOUR)]:
            return at


def clicks(traffic: Traffic, told: list[Story]) -> list[tuple[float, int]]:
    """(when, article) of readers' reads without the spike, in no order; what comes after the end is left out."""
    random = Random(f"clicks {traffic.seed}")
    ends = list(accumulate(story.share for story in told))
    found = []
    for _number in range(traffic.reads):
        story = told[min(bisect_right(ends, random.random() * ends[-1]), len(told) - 1)]
        at = read_at(story, random)
        if at < traffic.until:
            found.append((at, story.ident))
    return found


def spiked(traffic: Traffic, told: list[Story]) -> tuple[Story, float, int]:
    """(which, from when for an hour, how many reads): the last day's most popular, five hours before the end, at so
    many times the pace of its first hours, in which half of all its reads come."""
    late = [one for one in told if traffic.until - DAY < one.published < traffic.until - 6 * HOUR]
    story = max(late, key=lambda one: one.share)
    pace = story.share * traffic.reads / 2 / MEDIAN_HOURS
    return story, traffic.until - 5 * HOUR, round(traffic.spike * pace)


def sent(traffic: Traffic, told: list[Story]) -> list[Sent]:
    """All that reaches the front, in the order of time."""
    random = Random(f"sent {traffic.seed}")
    story, start, extra = spiked(traffic, told)
    read = clicks(traffic, told) + [(start + random.random() * HOUR, story.ident) for _ in range(extra)]
    read.sort()
    people = crowd.People(count=2 * traffic.reads_a_day, carrier=traffic.carrier, seed=traffic.seed)
    found = list(_of_readers(traffic, people, read, random))
    found += _of_robots(traffic, told, random)
    found.sort(key=lambda one: one.at)
    return found


def _of_readers(
    traffic: Traffic, people: crowd.People, read: list[tuple[float, int]], random: Random
) -> Iterator[Sent]:
    recent: deque[tuple[float, int]] = deque()
    last: dict[tuple[int, int], float] = {}
    for at, article in read:
        while recent and recent[0][0] < at - SESSION:
            recent.popleft()
        for _try in range(10):
            person = random.choice(recent)[1] if recent and random.random() < GOES_ON else people.anybody(random)
            is_new = at - last.get((person, article), 0) >= REPEAT
            if is_new:
                break
        if is_new:
            last[person, article] = at
        recent.append((at, person))
        address, agent = people.address(person, int(at // DAY)), people.agents[person]

        def view(kind: str, when: float) -> Sent:
            load = f"{random.getrandbits(64):016x}" if traffic.has_loads else ""
            return Sent(when, article, address, agent, kind, person, load)  # noqa: B023  called at once

        sends_again = not traffic.has_loads or person % traffic.forgetful == 0
        if is_new or sends_again:
            yield view("read" if is_new else "reload", at)
        again = at + random.uniform(10, REPEAT - 10)
        if sends_again and random.random() < traffic.reloads and again < traffic.until:
            yield view("reload", again)
        if random.random() < traffic.prefetches:
            yield view("prefetch", at)


def _of_robots(traffic: Traffic, told: list[Story], random: Random) -> Iterator[Sent]:
    for _number in range(round(traffic.reads * traffic.robots)):
        at = random.uniform(told[0].published, traffic.until)
        story = told[random.randrange(bisect_right(told, at, key=lambda one: one.published))]
        which = random.randrange(len(crowd.ROBOTS))
        address = f"192.0.2.{10 * which + random.randrange(4)}"
        yield Sent(at, story.ident, address, crowd.ROBOTS[which], "robot")


def honest_reads(traffic: Iterable[Sent]) -> list[Sent]:
    """The truth: of what people sent, in the order of time, one read a person, article and half an hour."""
    last: dict[tuple[int, int], float] = {}
    found = []
    for one in traffic:
        if one.kind in HONEST:
            before = last.get((one.person, one.article))
            if before is None or one.at - before >= REPEAT:
                last[one.person, one.article] = one.at
                found.append(one)
    return found


def by_article(reads: Iterable[Sent], since: float, until: float) -> Counter[int]:
    """Reads of each article in [since, until), Unix seconds."""
    return Counter(one.article for one in reads if since <= one.at < until)


def by_article_of_people(reads: Iterable[Sent], since: float, until: float) -> Counter[int]:
    """The same without what says of itself that it is no person's."""
    return by_article((one for one in reads if one.kind not in ("robot", "prefetch")), since, until)


def by_address(reads: Iterable[Sent], since: float, until: float) -> Counter[int]:
    """All, where an address counts once for each article."""
    pairs = {(one.address, one.article) for one in reads if since <= one.at < until}
    return Counter(article for _address, article in pairs)
