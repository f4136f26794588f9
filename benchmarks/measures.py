"""A ranking beside the truth, and how far somebody rose in it."""

from __future__ import annotations

from collections.abc import Mapping

from correlation import kendall, spearman

FLOOR = 5
"""True reads that an article must have, to be compared with others: below that, order is chance."""
TOP = 100
SHOWN = 10
TARGETS: tuple[int | None, ...] = (5, 11, 20, 50, None)
"""Honest places that an attacker's article starts from; None: the last one that anybody read."""


def in_order(scores: Mapping[int, float]) -> dict[int, float]:
    """Most first; ties go to the newer article, as in the paper."""
    return dict(sorted(scores.items(), key=lambda pair: (-pair[1], -pair[0])))


def likeness(scores: Mapping[int, float], truth: Mapping[int, float]) -> dict[str, float]:
    """How like the order of `scores` is to that of `truth`; both most first."""
    told: dict[str, float] = {"articles": sum(count >= FLOOR for count in truth.values())}
    for name, ids in (
        ("", [ident for ident, count in truth.items() if count >= FLOOR]),
        (f", top {TOP}", list(truth)[:TOP]),
    ):
        ours, true = [scores.get(ident, 0) for ident in ids], [truth[ident] for ident in ids]
        told |= {f"Spearman{name}": round(spearman(ours, true), 4), f"Kendall{name}": round(kendall(ours, true), 4)}
    return told | {f"of the true top {SHOWN}": len(set(list(scores)[:SHOWN]) & set(list(truth)[:SHOWN]))}


def target(truth: Mapping[int, float], place: int | None) -> int:
    """The article at that place of the truth, most first."""
    return list(truth)[place - 1 if place else -1]


def place(scores: Mapping[int, float], ident: int) -> int:
    """From 1; after all others where it has no reads."""
    order = list(scores)
    return order.index(ident) + 1 if ident in scores else len(order) + 1


def gained(before: int, after: int) -> dict[str, int]:
    """Places that were gained in all, and among those that are shown."""
    outside = SHOWN + 1
    return {
        "before": before,
        "after": after,
        "gained": before - after,
        "gained in the first ten": min(before, outside) - min(after, outside),
    }
