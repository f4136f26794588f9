"""What the index is told of articles."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from django.db.models import prefetch_related_objects

from warraq.newsroom.models import Article, Section
from warraq.newsroom.selectors.bodies import body_text
from warraq.newsroom.selectors.cards import above, in_order, sections_of
from warraq.search.engine import Document

log = logging.getLogger(__name__)


def documents(ids: Iterable[int]) -> Iterator[Document]:
    """Those of these articles that readers may see, in a fixed number of queries."""
    articles = list(Article.objects.live().filter(pk__in=list(ids)).order_by("pk"))
    prefetch_related_objects(articles, "signatures__author", "tagged_items__tag")
    sections = sections_of(articles)
    for article in articles:
        chain = above(article, sections)
        if not chain or not all(section.live for section in chain):
            continue
        try:
            yield _document(article, chain[-1])
        except Exception:  # whatever is wrong with one article must not keep all the others from being found
            log.exception("search: article %d could not be read; it is not found until it is saved again", article.pk)


def _document(article: Article, section: Section) -> Document:
    return Document(
        id=article.pk,
        url=f"{section.public_path}{article.pk}/",
        title=article.title,
        kicker=article.kicker,
        standfirst=article.standfirst,
        body=body_text(article.body),
        authors=tuple(row.author.name for row in in_order(article.signatures.all())),
        tags=tuple(sorted(row.tag.name for row in article.tagged_items.all())),
        section=section.title,
        section_slug=section.slug,
        published=int(article.first_published_at.timestamp()),
    )


def articles_of(key: str, *, after: int, limit: int) -> list[int]:
    """Ids of the articles that a due key means, from the one after `after`, in order. One that is gone is there too:
    the index has to let go of it."""
    kind, _colon, ident = key.partition(":")
    if kind == "article":
        return [int(ident)] if int(ident) > after else []
    rows = Article.objects.filter(pk__gt=after)
    if kind == "section":
        section = Section.objects.filter(pk=ident).first()
        rows = rows.descendant_of(section) if section else rows.none()
    elif kind == "author":
        rows = rows.filter(signatures__author_id=ident)
    elif kind == "tag":
        rows = rows.filter(tagged_items__tag_id=ident)
    return list(rows.order_by("pk").distinct().values_list("pk", flat=True)[:limit])
