"""Previews: the press's own templates over what an editor has typed, in the newsroom."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import translation

from warraq.newsroom.meta import page_meta
from warraq.newsroom.models import Article, Front
from warraq.newsroom.selectors.articles import article_piece
from warraq.newsroom.selectors.fronts import front_piece
from warraq.newsroom.selectors.papers import Clock, paper_settings
from warraq.newsroom.sheets.rendering import page


def article_preview(article: Article) -> HttpResponse:
    """An article as readers would see it, saved or not."""
    row = paper_settings()
    with translation.override(row.language):
        piece = article_piece(article, clock=Clock(row))
        meta = page_meta(article.title, "/", index=False)
        return HttpResponse(page("article.html", "/", row=row, meta=meta, article=piece, parts=(), preview=True).body)


def front_preview(front: Front) -> HttpResponse:
    """The front as readers would see it, with what is published now."""
    row = paper_settings()
    with translation.override(row.language):
        piece = front_piece(front, clock=Clock(row))
        return HttpResponse(
            page("front.html", "/", row=row, meta=page_meta(row.name, "/", index=False), front=piece, preview=True).body
        )
