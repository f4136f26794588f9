"""Ranking: count, order, keep, announce what changed; leave an article out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from warraq.newsroom.models import Article, Ranking, RankingExclusion, RankingKind, Section, Window
from warraq.newsroom.rankings.counters import Counted, count, count_by_section
from warraq.newsroom.rankings.ordering import ordered
from warraq.newsroom.selectors.rankings import ranking_key
from warraq.press.services import announce
from warraq.press.sheets import Lane

KEPT = 30
"""Articles kept of a ranking: more than are shown, for some may be gone when it is pressed."""
LENGTH = {Window.DAY: timedelta(hours=24), Window.WEEK: timedelta(days=7), Window.MONTH: timedelta(days=30)}


def hour_of(at: datetime) -> datetime:
    """The beginning of its hour."""
    return at.replace(minute=0, second=0, microsecond=0)


def window_of(window: str, now: datetime) -> tuple[datetime, datetime]:
    """(since, until) of a window, whole hours: the hour that runs, and as many full hours before it as make the
    window's length."""
    hour = hour_of(now)
    return hour - LENGTH[Window(window)], hour + timedelta(hours=1)


def rank(*, kind: str, window: str, now: datetime) -> bool:
    """Count one ranking of the whole paper anew; whether anything changed."""
    return _keep(kind, window, None, count(kind, *window_of(window, now)), now)


def rank_all(now: datetime) -> bool:
    """All six of the whole paper; whether any changed."""
    changed = [rank(kind=kind, window=window, now=now) for kind in RankingKind.values for window in Window.values]
    return any(changed)


def rank_sections(now: datetime) -> bool:
    """All six of every section; whether any changed."""
    sections = list(Section.objects.order_by("pk").values_list("pk", flat=True))
    changed = False
    for kind in RankingKind.values:
        for window in Window.values:
            counts = count_by_section(kind, *window_of(window, now))
            for section in sections:
                changed |= _keep(kind, window, section, counts.get(section, ()), now)
    return changed


def _keep(kind: str, window: str, section: int | None, counted: Iterable[Counted], now: datetime) -> bool:
    """Keep a ranking where it changed, and announce it; whether it did."""
    since, _until = window_of(window, now)
    items = [[row.article_id, row.count] for row in ordered(row for row in counted if row.count > 0)[:KEPT]]
    with transaction.atomic():
        row = Ranking.objects.filter(kind=kind, window=window, section=section).first()
        if row is not None and row.items == items and row.since == since:
            return False
        kept = row or Ranking(kind=kind, window=window, section_id=section)
        order_changed = [item[0] for item in kept.items] != [item[0] for item in items]
        kept.since, kept.until, kept.items = since, now, items
        kept.save()
        key = ranking_key(kind, window, section)
        keys = [f"{key}:counts", *([key] if order_changed else [])]
        announce(*keys, cause=f"ranking {kind} {window}", lane=Lane.FRAGMENT)
    return True


@transaction.atomic
def exclude(*, article: Article, by: User | None, reason: str) -> None:
    """Leave an article out of all rankings, at once; its reads are counted on. Logged, with the reason."""
    RankingExclusion.objects.update_or_create(
        article=article, defaults={"by": by, "reason": reason, "at": timezone.now()}
    )
    log(article, "warraq.exclude_from_rankings", user=by, data={"reason": reason})
    announce(f"article:{article.pk}", cause=f"save article {article.pk}")


@transaction.atomic
def admit(*, article: Article, by: User | None) -> None:
    """Let an excluded article into the rankings again. Logged."""
    gone, _rows = RankingExclusion.objects.filter(article=article).delete()
    if gone:
        log(article, "warraq.admit_to_rankings", user=by)
        announce(f"article:{article.pk}", cause=f"save article {article.pk}")
