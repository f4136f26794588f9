"""What the six rankings cost in a large paper: a hundred thousand articles, all read in thirty days, and comments."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import cloned
from pressroom import Front, take_in
from readers import agent
from simulated import DAY, HOUR, Sent

ARTICLES, READS, COMMENTS, DAYS = 100_000, 3_000_000, 20_000, 30
EXPONENT = 0.7
AGES = (0, 1, 3, 7, 15, 33)
"""Hours after an article came in which it is read, about as many each time."""
ROUNDS, NEW = 20, 500
"""Rounds, and reads that come in before each."""


def measure(at: float) -> dict[str, Any]:
    """Milliseconds as of `at`, Unix seconds. Django is set up on a paper that is ours alone."""
    from warraq.newsroom.models import RankingKind, Window
    from warraq.newsroom.rankings.selectors import as_pressed
    from warraq.newsroom.rankings.services import rank_all, rank_sections
    from warraq.readership import standings

    random, now = Random("six windows"), datetime.fromtimestamp(at, UTC)
    cloned.without_reads()
    idents = cloned.clone(at - DAYS * DAY * (1 - number / ARTICLES) for number in range(ARTICLES))
    rows = _fill(idents, at, random)
    first = _timed(lambda: (standings.advance(now=now), rank_all(now)))
    made, read = [], []
    with tempfile.TemporaryDirectory(prefix="warraq-salts-") as salts:
        front = Front(Path(salts))
        for number in range(ROUNDS):
            moment = at + 2 * number
            take_in(front, list(_reads(idents, moment, random)), rank_every=DAY * 1000)
            made.append(_timed(lambda: rank_all(datetime.fromtimestamp(moment, UTC))))  # noqa: B023  called at once
            read.append(_timed(lambda: [as_pressed(kind, of) for kind in RankingKind.values for of in Window.values]))
    sections = [_timed(lambda: rank_sections(datetime.fromtimestamp(at + 60 * turn, UTC))) for turn in (1, 2, 3)]  # noqa: B023
    turns = [_timed(lambda: standings.advance(now=now + timedelta(hours=turn))) for turn in (1, 2, 3)]  # noqa: B023
    anew = [_timed(lambda: _summed(now)) for _ in range(5)]
    return {
        "articles": ARTICLES,
        "hours with reads": rows,
        "comments": COMMENTS,
        "n": ROUNDS,
        "new reads before each": NEW,
        "six rankings made, ms": _spread(made),
        "six rankings read, ms": _spread(read),
        "made for the first time, ms": round(first),
        "six rankings of each section made, ms": _spread(sections),
        "windows moved on by an hour, ms": _spread(turns),
        "beside it: three windows of reads summed anew, ms": _spread(anew),
        "six made : three summed anew": round(statistics.median(made) / statistics.median(anew), 3),
    }


def _fill(idents: range, at: float, random: Random) -> int:
    """Hours of reads for every article, and comments; how many rows of hours."""
    from django.db import transaction

    from warraq.comments.models import Comment, State
    from warraq.readership.upserts import add_reads

    ranks = random.sample(range(1, ARTICLES + 1), ARTICLES)
    whole = READS / sum(rank**-EXPONENT for rank in ranks)
    now, counts = int(at // HOUR), dict[tuple[int, int], tuple[int, int]]()
    for number, (ident, rank) in enumerate(zip(idents, ranks, strict=True)):
        came = int((at - DAYS * DAY * (1 - number / ARTICLES)) // HOUR)
        hours = [came + age for age in AGES if came + age <= now]
        each = max(1, round(whole * rank**-EXPONENT / len(hours)))
        counts |= {(hour, ident): (each, 0) for hour in hours}
    with transaction.atomic():
        add_reads(counts)
    Comment.objects.bulk_create(
        (
            Comment(
                article_id=random.choice(idents),
                name="قارئ",
                text="تعليق",
                state=State.APPROVED,
                sent_at=datetime.fromtimestamp(at - random.random() * DAYS * DAY, UTC),
            )
            for _ in range(COMMENTS)
        ),
        batch_size=500,
    )
    return len(counts)


def _reads(idents: range, at: float, random: Random) -> Iterator[Sent]:
    for _number in range(NEW):
        article = idents[-1 - min(int(random.expovariate(1 / 500)), ARTICLES - 1)]
        address = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"
        yield Sent(at, article, address, agent(random), "read", 0, f"{random.getrandbits(64):016x}")


def _summed(now: datetime) -> None:
    """What a counter does that keeps nothing but hours."""
    from django.db.models import Sum

    from warraq.newsroom.models import Window
    from warraq.newsroom.rankings.services import window_of
    from warraq.readership.models import ReadHour

    for window in Window.values:
        since, until = window_of(window, now)
        rows = ReadHour.objects.filter(hour__gte=since, hour__lt=until).order_by()
        list(rows.values_list("article_id").annotate(total=Sum("count")).order_by("-total", "-article_id")[:30])


def _timed(deed: Callable[[], object]) -> float:
    started = time.perf_counter()
    deed()
    return 1000 * (time.perf_counter() - started)


def _spread(values: list[float]) -> dict[str, float]:
    p95 = sorted(values)[max(0, round(0.95 * len(values)) - 1)]
    return {"median": round(statistics.median(values), 1), "p95": round(p95, 1), "max": round(max(values), 1)}
