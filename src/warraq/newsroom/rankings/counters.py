"""Counters: rooms above the newsroom that know how often something happened to an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

Counter = Callable[[datetime, datetime], Iterable[tuple[int, int]]]
"""`counter(since, until)` gives (article id, count) for every article with any, both times aware; `until` excluded."""

_counters: dict[str, Counter] = {}


def register(kind: str, counter: Counter) -> None:
    """`kind` is a RankingKind."""
    _counters[kind] = counter


def count(kind: str, since: datetime, until: datetime) -> list[tuple[int, int]]:
    """Counts of that kind, none where no room counts it."""
    counter = _counters.get(kind)
    return list(counter(since, until)) if counter else []
