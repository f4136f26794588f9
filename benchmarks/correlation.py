"""How alike two rankings are: Spearman's rho and Kendall's tau-b, ties and all. Needs nothing."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Sequence


def spearman(first: Sequence[float], second: Sequence[float]) -> float:
    """Pearson's correlation of the ranks, those of equal values averaged; NaN where all are equal."""
    return _pearson(_ranks(first), _ranks(second))


def kendall(first: Sequence[float], second: Sequence[float]) -> float:
    """Tau-b: pairs in the same order less pairs in the other, of all that are in any; NaN where all are equal."""
    pairs = sorted(zip(first, second, strict=True))
    before: list[float] = []
    score = start = 0
    while start < len(pairs):
        end = start
        while end < len(pairs) and pairs[end][0] == pairs[start][0]:
            end += 1
        for _value, other in pairs[start:end]:
            score += bisect_left(before, other) - (len(before) - bisect_right(before, other))
        for _value, other in pairs[start:end]:
            insort(before, other)
        start = end
    untied = math.sqrt(_untied(first) * _untied(second))
    return score / untied if untied else math.nan


def _untied(values: Sequence[float]) -> int:
    return math.comb(len(values), 2) - sum(math.comb(count, 2) for count in Counter(values).values())


def _ranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    return [(bisect_left(ordered, value) + bisect_right(ordered, value)) / 2 for value in values]


def _pearson(first: Sequence[float], second: Sequence[float]) -> float:
    a, b = sum(first) / len(first), sum(second) / len(second)
    both = sum((x - a) * (y - b) for x, y in zip(first, second, strict=True))
    spread = math.sqrt(sum((x - a) ** 2 for x in first) * sum((y - b) ** 2 for y in second))
    return both / spread if spread else math.nan
