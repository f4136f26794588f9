"""Counters: rooms above the newsroom that know how often something happened to an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from warraq.newsroom.models import Placement

MOST = 500
"""Articles that a ranking is given: many times what it shows, for those that are gone by then."""
IN_ONE_QUERY = 900
"""Values in one `IN (…)`: SQLite's older builds take 999."""


@dataclass(frozen=True, slots=True, order=True)
class Counted:
    """How often it happened to an article; `lone` of these may be one sender's alone."""

    article_id: int
    count: int
    lone: int = 0


Counter = Callable[[datetime, datetime], Iterable[Counted]]
"""`counter(since, until)` gives the articles with any, both times aware; `until` excluded."""
SectionCounter = Callable[[datetime, datetime], Mapping[int, Sequence[Counted]]]
"""The same of each section, by its id."""

_counters: dict[str, tuple[Counter, SectionCounter]] = {}


def register(kind: str, counter: Counter, by_section: SectionCounter) -> None:
    """`kind` is a RankingKind."""
    _counters[kind] = counter, by_section


def count(kind: str, since: datetime, until: datetime) -> list[Counted]:
    """Counts of that kind, none where no room counts it."""
    return list(_counters[kind][0](since, until)) if kind in _counters else []


def count_by_section(kind: str, since: datetime, until: datetime) -> Mapping[int, Sequence[Counted]]:
    """Section id → counts of that kind of the articles that readers find in it and below it."""
    return _counters[kind][1](since, until) if kind in _counters else {}


def in_sections(counted: Sequence[Counted]) -> dict[int, list[Counted]]:
    """Section id → those of these whose articles readers find in it and below it."""
    known = {one.article_id: one for one in counted}
    found: dict[int, list[Counted]] = {}
    ids = sorted(known)
    for start in range(0, len(ids), IN_ONE_QUERY):
        rows = Placement.objects.filter(list__startswith="section.", article_id__in=ids[start : start + IN_ONE_QUERY])
        for name, article_id in rows.values_list("list", "article_id"):
            found.setdefault(int(name.partition(".")[2]), []).append(known[article_id])
    return found
