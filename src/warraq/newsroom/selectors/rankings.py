"""Rankings as readers see them: the stored order, headlines as they are now, articles that are gone left out."""

from __future__ import annotations

from datetime import UTC, datetime

from warraq.newsroom.models import Article, Placement, Ranking, RankingExclusion
from warraq.newsroom.pieces import RankedItem, RankingPiece
from warraq.newsroom.selectors.cards import above, sections_of
from warraq.newsroom.selectors.lists import Listed
from warraq.newsroom.selectors.papers import Clock
from warraq.press.recording import reads, remembered

SHOWN = 10
PAGES = {"read": "most-read", "comment": "most-commented"}
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the times of a ranking where none are shown."""


def ranking_key(kind: str, window: str, section: int | None = None) -> str:
    return f"ranking:{kind}:{window}" if section is None else f"ranking:{kind}:{window}:section.{section}"


def ranked(kind: str, window: str, section: int | None = None) -> tuple[RankedItem, ...]:
    """Up to ten published articles of a ranking, most first; those that editors exclude are left out."""
    return remembered(f"ranked {kind} {window} {section}", lambda: _ranked(kind, window, section))


def row_of(kind: str, window: str, section: int | None) -> Ranking | None:
    return Ranking.objects.filter(kind=kind, window=window, section=section).first()


def _ranked(kind: str, window: str, section: int | None) -> tuple[RankedItem, ...]:
    row = row_of(kind, window, section)
    counts = {int(ident): int(count) for ident, count in (row.items if row else [])}
    where = "all" if section is None else f"section.{section}"
    placed = Placement.objects.filter(list=where, article_id__in=counts)
    excluded = RankingExclusion.objects.filter(article_id__in=counts).values_list("article_id", flat=True)
    public = set(placed.values_list("article_id", flat=True)) - set(excluded)
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


def ranking_piece(
    kind: str, window: str, *, clock: Clock, section: Listed | None = None, counts: bool = True
) -> RankingPiece:
    """A ranking over one window, of the whole paper or of a section's list. With `counts` it follows every count;
    without, only the order."""
    ident = int(section.name.partition(".")[2]) if section else None
    key = ranking_key(kind, window, ident)
    reads(key)
    if counts:
        reads(f"{key}:counts")
    row = row_of(kind, window, ident)
    items = ranked(kind, window, ident)
    since, until = (row.since, row.until) if row and counts else (EPOCH, EPOCH)
    around = section.url if section else "/"
    fragments_around = section.rankings if section else "/_/ranking/"
    return RankingPiece(
        kind=kind,
        window=window,
        items=items if counts else tuple(RankedItem(item.id, item.title, item.url, 0) for item in items),
        since=clock.moment(since),
        until=clock.moment(until),
        url=f"{around}{PAGES[kind]}/{window}/",
        fragment=f"{fragments_around}{kind}/{window}.html",
        section=section.title if section else "",
        around=around,
        fragments_around=fragments_around,
    )
