"""Reads of readership."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Sum

from warraq.newsroom.models import Article, Window
from warraq.newsroom.rankings.counters import MOST, Counted
from warraq.newsroom.rankings.services import window_of
from warraq.readership import standings
from warraq.readership.models import ReadHour, Reason, SetAside

MOST_IN_SECTION = 60
REPORTED = 100
"""Articles in the staff's report."""


@dataclass(frozen=True)
class ReportRow:
    """An article's reads over each window; `headline` is empty where the article was deleted."""

    article_id: int
    headline: str
    day: int
    week: int
    month: int


def counts(since: datetime, until: datetime) -> list[Counted]:
    """Reads in whole hours from `since`, `until` excluded, of the most read articles; ties go to the newer."""
    found = standings.most(since, until, limit=MOST)
    if found is not None:
        return found
    rows = ReadHour.objects.filter(hour__gte=since, hour__lt=until).order_by()
    summed = rows.values_list("article_id").annotate(total=Sum("count"), alone=Sum("lone"))
    return [Counted(*row) for row in summed.order_by("-total", "-article_id")[:MOST]]


def section_counts(since: datetime, until: datetime) -> dict[int, list[Counted]]:
    """Section id → the same of what readers find in it, as far as a window of the rankings is asked for."""
    return standings.most_by_section(since, until, limit=MOST_IN_SECTION) or {}


def counts_of(ids: Collection[int], since: datetime, until: datetime) -> dict[int, int]:
    """The same for these articles; those without any reads are left out."""
    rows = ReadHour.objects.filter(hour__gte=since, hour__lt=until, article_id__in=ids).order_by()
    return dict(rows.values_list("article_id").annotate(total=Sum("count")))


def report(by: str, *, now: datetime, limit: int = REPORTED) -> tuple[ReportRow, ...]:
    """The most read articles of the window `by`, with their reads over every window."""
    return _report_of([row.article_id for row in counts(*window_of(by, now))[:limit]], now)


def row_of(article_id: int, *, now: datetime) -> ReportRow:
    """One article's reads over every window."""
    return _report_of([article_id], now)[0]


def _report_of(ids: list[int], now: datetime) -> tuple[ReportRow, ...]:
    titles = dict(Article.objects.filter(pk__in=ids).values_list("pk", "title"))
    found = {window: counts_of(ids, *window_of(window, now)) for window in Window.values}
    return tuple(
        ReportRow(ident, titles.get(ident, ""), *(found[window].get(ident, 0) for window in Window.values))
        for ident in ids
    )


def set_aside(*, now: datetime) -> list[tuple[str, int]]:
    """(why, reads) that were set aside in the last 24 hours, most first."""
    rows = SetAside.objects.filter(hour__gt=now - timedelta(hours=24)).order_by()
    totals = rows.values_list("reason").annotate(total=Sum("count")).order_by("-total", "reason")
    return [(str(Reason(reason).label), total) for reason, total in totals]
