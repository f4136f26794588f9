"""Counters: rooms above the newsroom that know how often something happened to an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from warraq.newsroom.models import Placement

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

_counters: dict[str, tuple[Counter, SectionCounter | None]] = {}


def register(kind: str, counter: Counter, by_section: SectionCounter | None = None) -> None:
    """`kind` is a RankingKind. Who has no quicker way leaves `by_section` out: all that is counted is looked up."""
    _counters[kind] = counter, by_section


def count(kind: str, since: datetime, until: datetime) -> list[Counted]:
    """Counts of that kind, none where no room counts it."""
    counter, _by_section = _counters.get(kind, (_nothing, None))
    return list(counter(since, until))


def count_by_section(kind: str, since: datetime, until: datetime) -> Mapping[int, Sequence[Counted]]:
    """Section id → counts of that kind of the articles that readers find in it and below it."""
    counter, by_section = _counters.get(kind, (_nothing, None))
    return by_section(since, until) if by_section else _in_sections(list(counter(since, until)))


def _nothing(_since: datetime, _until: datetime) -> list[Counted]:
    return []


def _in_sections(counted: Sequence[Counted]) -> dict[int, list[Counted]]:
    known = {one.article_id: one for one in counted}
    found: dict[int, list[Counted]] = {}
    ids = sorted(known)
    for start in range(0, len(ids), IN_ONE_QUERY):
        rows = Placement.objects.filter(list__startswith="section.", article_id__in=ids[start : start + IN_ONE_QUERY])
        for name, article_id in rows.values_list("list", "article_id"):
            found.setdefault(int(name.partition(".")[2]), []).append(known[article_id])
    return found
