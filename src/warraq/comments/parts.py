"""The part of an article's page where its comments and their form stand."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext as _

from warraq.comments.selectors import comments_of, counts, section_counts, thread
from warraq.comments.services import comments_key
from warraq.newsroom import parts
from warraq.newsroom.models import Article, RankingKind
from warraq.newsroom.pieces import Part
from warraq.newsroom.rankings import counters
from warraq.newsroom.selectors.papers import Clock
from warraq.press.ahead import fetch
from warraq.press.recording import reads


def comments_part(article: Article, clock: Clock) -> Part:
    """Every approved comment of the article, and whether readers may add to them."""
    reads(comments_key(article.pk))
    shown = thread(article.pk, clock=clock)
    return Part(
        "comments/part.html",
        {
            "article_id": article.pk,
            "open": article.comments_open,
            "count": sum(1 + len(piece.replies) for piece in shown),
            "comments": shown,
        },
        title=_("Comments"),
        anchor="comments",
    )


def connect() -> None:
    """Called once, when the apps are ready."""
    parts.register("comments", comments_part, ahead=partial(fetch, comments_of))
    counters.register(RankingKind.COMMENT, counts, section_counts)
