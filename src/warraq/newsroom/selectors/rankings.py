"""Rankings as readers see them: the stored order, headlines as they are now, articles that are gone left out."""

from __future__ import annotations

from datetime import UTC, datetime

from warraq.newsroom.models import Article, Placement, Ranking
from warraq.newsroom.pieces import RankedItem, RankingPiece
from warraq.newsroom.selectors.cards import above, sections_of
from warraq.newsroom.selectors.papers import Clock
from warraq.press.recording import reads, remembered

SHOWN = 10
PAGES = {"read": "most-read", "comment": "most-commented"}
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the times of a ranking where none are shown."""


def ranking_key(kind: str, window: str) -> str:
    return f"ranking:{kind}:{window}"


def ranked(kind: str, window: str) -> tuple[RankedItem, ...]:
    """Up to ten published articles of a ranking, most first."""
    return remembered(f"ranked {kind} {window}", lambda: _ranked(kind, window))


def _ranked(kind: str, window: str) -> tuple[RankedItem, ...]:
    row = Ranking.objects.filter(kind=kind, window=window).first()
    counts = {int(ident): int(count) for ident, count in (row.items if row else [])}
    public = set(Placement.objects.filter(list="all", article_id__in=counts).values_list("article_id", flat=True))
    shown = [ident for ident in counts if ident in public][:SHOWN]
    reads(*(f"article:{ident}" for ident in counts))
    articles = Article.objects.in_bulk(shown)
    sections = sections_of(articles.values())
    return tuple(
        RankedItem(
            ident, articles[ident].title, f"/{above(articles[ident], sections)[-1].slug}/{ident}/", counts[ident]
        )
        for ident in shown
        if ident in articles
    )


def ranking_piece(kind: str, window: str, *, clock: Clock, counts: bool = True) -> RankingPiece:
    """A ranking over one window. With `counts` it follows every count; without, only the order."""
    reads(ranking_key(kind, window))
    if counts:
        reads(f"{ranking_key(kind, window)}:counts")
    row = Ranking.objects.filter(kind=kind, window=window).first()
    items = ranked(kind, window)
    since, until = (row.since, row.until) if row and counts else (EPOCH, EPOCH)
    return RankingPiece(
        kind=kind,
        window=window,
        items=items if counts else tuple(RankedItem(item.id, item.title, item.url, 0) for item in items),
        since=clock.moment(since),
        until=clock.moment(until),
        url=f"/{PAGES[kind]}/{window}/",
        fragment=f"/_/ranking/{kind}/{window}.html",
    )
