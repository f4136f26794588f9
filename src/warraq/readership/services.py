"""The verbs of readership: count reads, forget what is no longer needed, seed a demonstration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Sum

from warraq.newsroom.models import Article, PaperSettings
from warraq.newsroom.rankings.counters import IN_ONE_QUERY
from warraq.newsroom.selectors.papers import Clock
from warraq.readership import standings
from warraq.readership.hosts import Hosts
from warraq.readership.models import Arrival, ReadDay, ReadHour, Reason, RecentVisit, SetAside
from warraq.readership.networks import Networks
from warraq.readership.records import HOUR_MS, Read, parse
from warraq.readership.upserts import add_arrivals, add_days, add_reads, add_set_aside, put_visits

LATE = timedelta(minutes=1)
"""How much later than others a record may be taken in and still be told as a repeat."""
ARRIVALS_KEPT = timedelta(days=35)
"""A month of them is looked at."""
FOLDED_AFTER = timedelta(days=35)
"""Longer than any window of a ranking."""

networks = Networks()
hosts = Hosts()


@dataclass
class Tally:
    """What a batch comes to; each record is in one count. Hours are counted from 1970."""

    reads: Counter[tuple[int, int]] = field(default_factory=Counter)
    """(hour, article id) → reads."""
    aside: Counter[tuple[int, int, str]] = field(default_factory=Counter)
    """(hour, article id, reason) → reads set aside."""
    lone: Counter[tuple[int, int]] = field(default_factory=Counter)
    """(hour, article id) → those of the reads that `networks` calls lone."""
    arrivals: Counter[tuple[int, int, str]] = field(default_factory=Counter)
    """(hour, article id, host) → those of the reads that came from another site."""
    visits: dict[tuple[str, int], int] = field(default_factory=dict)
    """(visitor, article id) → when their read was counted, Unix milliseconds."""

    def set_aside(self, read: Read, reason: str) -> None:
        article = 0 if reason in (Reason.UNKNOWN, Reason.MALFORMED) else read.article_id
        self.aside[read.at // HOUR_MS, article, str(reason)] += 1


@transaction.atomic
def take_in_records(*, records: Sequence[bytes], now: datetime) -> Tally:
    """Count spooled reads. One by the same visitor of the same article within WARRAQ_REPEAT_SECONDS of the one that
    counted, by the reads' own times, is set aside, as is all that is no person's read of a published article.
    """
    now_ms = int(now.timestamp() * 1000)
    earliest = now_ms - settings.WARRAQ_KEEP_DAYS * 24 * HOUR_MS
    reads = [parse(record, now=now_ms, earliest=earliest) for record in records]
    tally = Tally()
    networks.forget(now_ms // HOUR_MS)
    _count(_sound(reads, tally), tally)
    _add({key: (count, tally.lone[key]) for key, count in tally.reads.items()})
    add_set_aside(tally.aside)
    add_arrivals(tally.arrivals)
    put_visits(tally.visits)
    return tally


def _add(reads: Mapping[tuple[int, int], tuple[int, int]]) -> None:
    """Of (hour, article id) → (reads, lone ones of them)."""
    add_reads(reads)
    standings.gain(reads)


def _sound(reads: Iterable[Read], tally: Tally) -> list[Read]:
    """Reads of published articles that nothing speaks against so far; the others are set aside."""
    reads = list(reads)
    published = _published({read.article_id for read in reads})
    sound = []
    for read in reads:
        if read.reason == Reason.MALFORMED or (read.reason and read.article_id in published):
            tally.set_aside(read, read.reason)
        elif read.article_id not in published:
            tally.set_aside(read, Reason.UNKNOWN)
        else:
            sound.append(read)
    return sound


def _published(ids: set[int]) -> set[int]:
    """Those of `ids` that are articles and were ever published: nobody reads a draft, one can only guess its number."""
    found: set[int] = set()
    ordered = sorted(ids)
    for start in range(0, len(ordered), IN_ONE_QUERY):
        rows = Article.objects.filter(pk__in=ordered[start : start + IN_ONE_QUERY], last_published_at__isnull=False)
        found.update(rows.values_list("pk", flat=True))
    return found


def _count(reads: Sequence[Read], tally: Tally) -> None:
    window = settings.WARRAQ_REPEAT_SECONDS * 1000
    visits = _visits({read.visitor for read in reads})
    for read in reads:
        hour, visit = read.at // HOUR_MS, (read.visitor, read.article_id)
        last = visits.get(visit)
        if last is not None and abs(read.at - last) < window:
            tally.set_aside(read, Reason.REPEAT)
            continue
        verdict = networks.judge(hour, read.article_id, read.network)
        if not verdict.counts:
            tally.set_aside(read, Reason.NETWORK)
            continue
        tally.reads[hour, read.article_id] += 1
        tally.lone[hour, read.article_id] += verdict.lone
        if read.host and hosts.keeps(hour, read.host):
            tally.arrivals[hour, read.article_id, read.host] += 1
        tally.visits[visit] = visits[visit] = max(read.at, last or 0)


def _visits(visitors: set[str]) -> dict[tuple[str, int], int]:
    """(visitor, article id) → when their read was last counted."""
    table = connection.ops.quote_name(RecentVisit._meta.db_table)
    found: dict[tuple[str, int], int] = {}
    ordered = sorted(visitors)
    with connection.cursor() as cursor:  # bare: the ORM takes longer to write the query than SQLite to answer it
        for start in range(0, len(ordered), IN_ONE_QUERY):
            part = ordered[start : start + IN_ONE_QUERY]
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(f"SELECT visitor, article_id, last_at FROM {table} WHERE visitor IN ({marks})", part)  # noqa: S608
            found |= {(visitor, article): at for visitor, article, at in cursor.fetchall()}
    return found


@transaction.atomic
def forget(*, now: datetime) -> None:
    """Forget visits that tell no repeat any more, and counts older than WARRAQ_KEEP_DAYS.

    Call it when every spooled read from before `now` is taken in: an older one could pass for a first one.
    """
    visible = now - LATE - timedelta(seconds=settings.WARRAQ_REPEAT_SECONDS)
    oldest = now - timedelta(days=settings.WARRAQ_KEEP_DAYS)
    for rows in (
        RecentVisit.objects.filter(last_at__lt=int(visible.timestamp() * 1000)),
        ReadHour.objects.filter(hour__lt=oldest),
        ReadDay.objects.filter(day__lt=oldest.date()),
        Arrival.objects.filter(hour__lt=max(oldest, now - ARRIVALS_KEPT)),
        SetAside.objects.filter(hour__lt=oldest),
    ):
        rows._raw_delete(rows.db)  # `delete()` would fetch each row for whoever listens


@transaction.atomic
def fold_day(*, now: datetime) -> bool:
    """Fold the hours of the oldest day, in the paper's time zone, that ended FOLDED_AFTER ago into one count an
    article; whether there was one. A read that comes in for such a day later is an hour again and is folded then."""
    first = ReadHour.objects.order_by("hour").values_list("hour", flat=True).first()
    if first is None:
        return False
    zone = Clock(PaperSettings.load()).zone
    day = first.astimezone(zone).date()
    since, until = (datetime.combine(one, time.min, zone) for one in (day, day + timedelta(days=1)))
    if until > now - FOLDED_AFTER:
        return False
    hours = ReadHour.objects.filter(hour__gte=since, hour__lt=until).order_by()
    sums = hours.values_list("article_id").annotate(total=Sum("count"))
    add_days({(article_id, day): total for article_id, total in sums})
    hours._raw_delete(hours.db)
    return True


@transaction.atomic
def seed_reads(rows: Iterable[tuple[int, datetime, int]]) -> None:
    """Add (article id, any moment of an hour, reads), for demonstrations and imported statistics."""
    counts: Counter[tuple[int, int]] = Counter()
    for article_id, at, count in rows:
        counts[int(at.timestamp()) // 3600, article_id] += count
    _add({key: (count, 0) for key, count in counts.items()})
