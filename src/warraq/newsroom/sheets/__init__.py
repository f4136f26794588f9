"""The paper's sheets: each kind of page, where it lies and what it is made of."""

from __future__ import annotations

from warraq.newsroom.sheets import articles, assets, cards, dates, feeds, fronts, installing, lists, notices, rankings
from warraq.press.sheets import register

KINDS = (
    *articles.KINDS,
    *assets.KINDS,
    *cards.KINDS,
    *dates.KINDS,
    *feeds.KINDS,
    *fronts.KINDS,
    *installing.KINDS,
    *lists.KINDS,
    *notices.KINDS,
    *rankings.KINDS,
)


def register_all() -> None:
    """Called once, when the apps are ready."""
    for kind in KINDS:
        register(kind())
