"""Ranking: count, order, keep, announce what changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from warraq.newsroom.models import Ranking, RankingKind, Window
from warraq.newsroom.rankings.counters import count
from warraq.newsroom.selectors.rankings import ranking_key
from warraq.press.services import announce
from warraq.press.sheets import Lane

KEPT = 30
"""Articles kept of a ranking: more than are shown, for some may be gone when it is pressed."""
LENGTH = {Window.DAY: timedelta(hours=24), Window.WEEK: timedelta(days=7), Window.MONTH: timedelta(days=30)}


def window_of(window: str, now: datetime) -> tuple[datetime, datetime]:
    """(since, until) of a window, whole hours: the hour that runs, and as many full hours before it as make the
    window's length."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return hour - LENGTH[Window(window)], hour + timedelta(hours=1)


def rank(*, kind: str, window: str, now: datetime) -> bool:
    """Count one ranking anew; whether anything changed. Ties go to the newer article."""
    since, until = window_of(window, now)
    counts = sorted(count(kind, since, until), key=lambda pair: (-pair[1], -pair[0]))[:KEPT]
    items = [list(pair) for pair in counts if pair[1] > 0]
    with transaction.atomic():
        row, made = Ranking.objects.get_or_create(kind=kind, window=window, defaults={"since": since, "until": now})
        order_changed = [item[0] for item in row.items] != [item[0] for item in items]
        if not made and row.items == items and row.since == since:
            return False
        row.since, row.until, row.items = since, now, items
        row.save()
        keys = [f"{ranking_key(kind, window)}:counts"]
        if order_changed:
            keys.append(ranking_key(kind, window))
        announce(*keys, cause=f"ranking {kind} {window}", lane=Lane.FRAGMENT)
    return True


def rank_all(now: datetime) -> bool:
    """All six; whether any changed."""
    changed = [rank(kind=kind, window=window, now=now) for kind in RankingKind.values for window in Window.values]
    return any(changed)
