"""Figures for the newsroom: who reads now, when, what, and where readers come from. Times are the paper's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, Sum

from warraq.newsroom.models import Article, Section
from warraq.newsroom.pieces import Moment
from warraq.newsroom.rankings.services import hour_of, window_of
from warraq.newsroom.selectors.papers import Clock
from warraq.readership import channels, standings
from warraq.readership.models import Arrival, ReadDay, ReadHour, RecentVisit
from warraq.readership.services import FOLDED_AFTER

NOW = timedelta(minutes=5)
"""Whoever began to read so recently reads now."""
LATELY = timedelta(minutes=30)
"""Rising is what is read more in this time than it used to be in such a time of the day before."""
A_DAY = timedelta(hours=24)
HOURS, DAYS = 48, 30
"""Of the paper's curves."""
RISING, HOSTS = 8, 20
RISING_FLOOR = 3
"""Reads, lately, below which nothing rises."""
CURVE_KEPT_SECONDS = 60
"""A month of hours is summed at most this often."""


@dataclass(frozen=True)
class Point:
    """Reads from `at` on, for an hour or a day."""

    at: datetime
    label: str
    count: int


@dataclass(frozen=True)
class Rising:
    article_id: int
    headline: str
    count: int
    """Reads lately."""
    times: float
    """How many times as many as usual; usual is one at the least."""


@dataclass(frozen=True)
class Share:
    """A section's or a site's reads."""

    title: str
    count: int


@dataclass(frozen=True)
class Event:
    """Something that happened to an article, and its reads in the day before and the day after."""

    title: str
    at: Moment
    before: int | None
    after: int | None
    """None where its hours were folded into days."""


def reading_now(now: datetime) -> int:
    """Reads that began in the last five minutes."""
    return RecentVisit.objects.filter(last_at__gt=_ms(now - NOW)).count()


def by_hour(*, now: datetime, clock: Clock, article_id: int | None = None, hours: int = HOURS) -> tuple[Point, ...]:
    """The hours up to the one that runs, oldest first."""
    last = hour_of(now)
    first = last - timedelta(hours=hours - 1)
    counts = _hours(first, last + timedelta(hours=1), article_id)
    moments = [first + timedelta(hours=number) for number in range(hours)]
    return tuple(Point(at, _hour_label(at, clock), counts.get(at, 0)) for at in moments)


def by_day(*, now: datetime, clock: Clock, article_id: int | None = None, days: int = DAYS) -> tuple[Point, ...]:
    """The days up to today, oldest first; also those whose hours were folded."""
    today = now.astimezone(clock.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    first = (today - timedelta(days=days - 1)).astimezone(clock.zone)
    counts: Counter[str] = Counter()
    for hour, number in _hours(first, now + timedelta(hours=1), article_id).items():
        counts[f"{hour.astimezone(clock.zone):%Y-%m-%d}"] += number
    folded = ReadDay.objects.filter(day__gte=first.date())
    folded = folded.filter(article_id=article_id) if article_id else folded
    for day, number in folded.order_by().values_list("day").annotate(total=Sum("count")):
        counts[f"{day:%Y-%m-%d}"] += number
    moments = [today - timedelta(days=back) for back in reversed(range(days))]
    return tuple(Point(at, clock.moment(at).date, counts[f"{at:%Y-%m-%d}"]) for at in moments)


def _hours(since: datetime, until: datetime, article_id: int | None) -> dict[datetime, int]:
    """Beginning of an hour → reads, of one article or of all."""

    def summed() -> dict[datetime, int]:
        rows = ReadHour.objects.filter(hour__gte=since, hour__lt=until).order_by()
        rows = rows.filter(article_id=article_id) if article_id else rows
        return dict(rows.values_list("hour").annotate(total=Sum("count")))

    if article_id or until - since <= timedelta(hours=HOURS + 1):
        return summed()
    return cache.get_or_set(f"reads-by-hour-{since:%Y%m%d%H}", summed, CURVE_KEPT_SECONDS) or {}


def _hour_label(at: datetime, clock: Clock) -> str:
    moment = clock.moment(at)
    return f"{moment.weekday} {moment.time}"


def rising(*, now: datetime) -> tuple[Rising, ...]:
    """What is read more than it used to be, the steepest first."""
    visits = RecentVisit.objects.filter(last_at__gt=_ms(now - LATELY)).order_by()
    lately = dict(visits.values_list("article_id").annotate(reads=Count("pk")).filter(reads__gte=RISING_FLOOR))
    until = hour_of(now - LATELY)  # none of what is read lately is usual
    hours = ReadHour.objects.filter(hour__gte=until - A_DAY, hour__lt=until, article_id__in=list(lately)).order_by()
    before = dict(hours.values_list("article_id").annotate(total=Sum("count")))
    usual = {ident: max(1.0, before.get(ident, 0) * (LATELY / A_DAY)) for ident in lately}
    steepest = sorted(lately, key=lambda ident: (-lately[ident] / usual[ident], -lately[ident], -ident))[:RISING]
    titles = headlines(steepest)
    return tuple(
        Rising(ident, titles.get(ident, ""), lately[ident], round(lately[ident] / usual[ident], 1))
        for ident in steepest
        if lately[ident] > usual[ident]
    )


def headlines(idents: Iterable[int]) -> dict[int, str]:
    return dict(Article.objects.filter(pk__in=list(idents)).values_list("pk", "title"))


def sections(window: str, *, now: datetime) -> tuple[Share, ...]:
    """The reads of each section over a window, with those of the sections below it, most first."""
    totals = standings.section_totals(*window_of(window, now))
    titles = dict(Section.objects.filter(pk__in=totals).values_list("pk", "title"))
    rows = [Share(titles[pk], count) for pk, count in totals.items() if pk in titles]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.title)))


def hosts(window: str, *, now: datetime, article_id: int | None = None) -> tuple[Share, ...]:
    """The channels and the other sites from which readers came, most first."""
    since, until = window_of(window, now)
    rows = Arrival.objects.filter(hour__gte=since, hour__lt=until).order_by()
    rows = rows.filter(article_id=article_id) if article_id else rows
    by_host = rows.values_list("host").annotate(total=Sum("count"))
    found = Counter(dict(by_host.exclude(channels.OF_A_CHANNEL).order_by("-total", "host")[:HOSTS]))
    for host, count in by_host.filter(channels.OF_A_CHANNEL):
        found[channels.name_of(host)] += count
    most = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:HOSTS]
    return tuple(Share(title, count) for title, count in most)


def events(article: Article, *, now: datetime, clock: Clock, published: str, corrected: str) -> tuple[Event, ...]:
    """What happened to an article, oldest first, and what it brought. `published` and `corrected` are the words."""
    moments = [(article.first_published_at, published)] if article.first_published_at else []
    moments += [(row.at, f"{corrected}: {row.text}") for row in article.corrections.order_by("at", "pk")]
    oldest = now - FOLDED_AFTER
    return tuple(
        Event(
            title,
            clock.moment(at),
            _between(article.pk, at - A_DAY, at) if at - A_DAY > oldest else None,
            _between(article.pk, at, at + A_DAY) if at > oldest else None,
        )
        for at, title in moments
    )


def _between(article_id: int, since: datetime, until: datetime) -> int:
    """Reads of whole hours, the one in which `since` lies among them."""
    rows = ReadHour.objects.filter(article_id=article_id, hour__gte=hour_of(since), hour__lt=hour_of(until))
    return rows.aggregate(total=Sum("count"))["total"] or 0


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
