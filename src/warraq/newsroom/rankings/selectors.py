"""A ranking as it was pressed, for operators."""

from __future__ import annotations

from warraq.newsroom.pieces import RankedItem
from warraq.newsroom.selectors.rankings import ranked


def as_pressed(kind: str, window: str) -> tuple[RankedItem, ...]:
    """The list that readers see, most first."""
    return ranked(kind, window)
