"""Articles' pages, and the notice in place of a retracted one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import translation

from warraq.newsroom import parts
from warraq.newsroom.meta import article_meta, page_meta
from warraq.newsroom.models import Article, PaperSettings, Placement, Ranking, Retraction
from warraq.newsroom.pieces import Paper
from warraq.newsroom.placing import is_public
from warraq.newsroom.selectors.articles import article_piece, article_rows, read_ahead
from warraq.newsroom.selectors.cards import above, sections_of
from warraq.newsroom.selectors.papers import Clock, paper_piece, paper_settings, section_link
from warraq.newsroom.sheets.rendering import PaperKind, after, page
from warraq.press.ahead import fetched
from warraq.press.recording import reads
from warraq.press.sheets import Order, Page

NEWEST = 100
"""Articles that a press of the whole archive takes first, beside those that are read most."""


class ArticleSheet(PaperKind):
    """`/<section>/<id>/`. Ident: the article's id."""

    name = "article"
    order = Order.LEAF
    leaves_trace = True

    def idents(self) -> Iterable[str]:
        for pk in (
            Placement.objects.filter(list="all").order_by("-at", "-article_id").values_list("article_id", flat=True)
        ):
            yield str(pk)
        for pk in Retraction.objects.order_by("pk").values_list("article_id", flat=True):
            yield str(pk)

    def coming(self, key: str) -> Iterable[str]:
        return after(key, "article:")

    def hot(self) -> Iterable[str]:
        """What is read most, now and this month, and what came last."""
        for items in Ranking.objects.order_by("kind", "window").values_list("items", flat=True):
            yield from (str(ident) for ident, _count in items)
        newest = Placement.objects.filter(list="all").order_by("-at", "-article_id")
        yield from map(str, newest.values_list("article_id", flat=True)[:NEWEST])

    def read_ahead(self, idents: Sequence[str]) -> None:
        numbers, row = [int(ident) for ident in idents], paper_settings()
        with translation.override(row.language):
            read_ahead(numbers, clock=Clock(row))
            parts.read_ahead(numbers)

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        reads(f"article:{ident}")
        article = fetched(article_rows, int(ident))
        if article is None:
            return None
        sections = above(article, sections_of([article]))
        if is_public(article, sections):
            return _article(article, row, clock)
        retraction = Retraction.objects.filter(article=article).first()
        if retraction is None or not all(section.live for section in sections):
            return None
        path = article.public_path
        return page(
            "retracted.html",
            path,
            row=row,
            status=410,
            meta=page_meta(article.title, path, index=False),
            headline=article.title,
            reason=retraction.reason,
            at=clock.moment(retraction.at),
            section=section_link(sections[-1]),
        )


def _article(article: Article, row: PaperSettings, clock: Clock) -> Page:
    piece = article_piece(article, clock=clock)
    paper: Paper = paper_piece(row)
    return page(
        "article.html",
        piece.url,
        row=row,
        meta=article_meta(piece, paper),
        article=piece,
        parts=parts.parts_of(article, clock),
    )


KINDS = (ArticleSheet,)
