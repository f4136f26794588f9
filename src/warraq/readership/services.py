"""The verbs of readership: count reads, forget what is no longer needed, seed a demonstration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from warraq.newsroom.models import Article
from warraq.readership import standings
from warraq.readership.models import ReadHour, Reason, RecentVisit, SetAside
from warraq.readership.networks import Networks
from warraq.readership.records import HOUR_MS, Read, parse
from warraq.readership.upserts import add_reads, add_set_aside, put_visits

LATE = timedelta(minutes=1)
"""How much later than others a record may be taken in and still be told as a repeat."""
IN_ONE_QUERY = 900
"""Values in one `IN (…)`: SQLite's older builds take 999."""

networks = Networks()


@dataclass
class Tally:
    """What a batch comes to; each record is in one count. Hours are counted from 1970."""

    reads: Counter[tuple[int, int]] = field(default_factory=Counter)
    """(hour, article id) → reads."""
    aside: Counter[tuple[int, int, str]] = field(default_factory=Counter)
    """(hour, article id, reason) → reads set aside."""
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
    _count(_sound(reads, tally), tally)
    _add(tally.reads)
    add_set_aside(tally.aside)
    put_visits(tally.visits)
    networks.forget()
    return tally


def _add(reads: Counter[tuple[int, int]]) -> None:
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
        elif not networks.admits(hour, read.article_id, read.network):
            tally.set_aside(read, Reason.NETWORK)
        else:
            tally.reads[hour, read.article_id] += 1
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
        SetAside.objects.filter(hour__lt=oldest),
    ):
        rows._raw_delete(rows.db)  # `delete()` would fetch each row for whoever listens


@transaction.atomic
def seed_reads(rows: Iterable[tuple[int, datetime, int]]) -> None:
    """Add (article id, any moment of an hour, reads), for demonstrations and imported statistics."""
    counts: Counter[tuple[int, int]] = Counter()
    for article_id, at, count in rows:
        counts[int(at.timestamp()) // 3600, article_id] += count
    _add(counts)
