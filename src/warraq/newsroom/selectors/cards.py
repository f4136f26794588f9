"""Cards: articles in a list, a fixed number of queries for any number of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TypeVar

from django.db.models import prefetch_related_objects
from wagtail.models import Orderable

from warraq.newsroom.models import Article, Author, Section
from warraq.newsroom.pieces import AuthorPiece, Card, SectionLink
from warraq.newsroom.selectors.papers import Clock, section_link
from warraq.newsroom.selectors.pictures import picture
from warraq.press.recording import is_remembered, reads, remembered


def author_piece(author: Author, *, whole: bool = False) -> AuthorPiece:
    """An author under an article; `whole` adds what only the author's own page shows."""
    reads(f"author:{author.pk}")
    return AuthorPiece(
        id=author.pk,
        name=author.name,
        url=f"/author/{author.pk}/",
        role=author.role,
        portrait=picture(author.portrait, alt=author.name),
        about=author.about if whole else "",
    )


Row = TypeVar("Row", bound=Orderable)


def in_order(rows: Iterable[Row]) -> list[Row]:
    """As their editor put them; those that have no place first, the oldest first. Databases differ in where they sort
    what is missing, and in what order they give what has one place."""
    return sorted(rows, key=lambda row: (row.sort_order is not None, row.sort_order or 0, row.pk or 0))


def authors_of(article: Article) -> tuple[AuthorPiece, ...]:
    """Those who signed, in order, none twice. Uses prefetched signatures where there are any."""
    return tuple({row.author_id: author_piece(row.author) for row in in_order(article.signatures.all())}.values())


def sections_of(articles: Iterable[Article]) -> dict[str, Section]:
    """Tree path → section, for every section above these articles."""
    step = Article.steplen
    paths = {article.path[:end] for article in articles for end in range(step, len(article.path), step)}
    unknown = sorted(path for path in paths if not is_remembered(f"section at {path}"))
    rows = {row.path: row for row in Section.objects.filter(path__in=unknown)} if unknown else {}
    found = {path: remembered(f"section at {path}", partial(rows.get, path)) for path in sorted(paths)}
    return {path: row for path, row in found.items() if row is not None}


def above(article: Article, sections: dict[str, Section]) -> list[Section]:
    """The sections above an article, outermost first; records their keys."""
    step = Article.steplen
    found = [
        sections[article.path[:end]] for end in range(step, len(article.path), step) if article.path[:end] in sections
    ]
    reads(*(f"section:{row.pk}" for row in found))
    return found


def with_relations(articles: Sequence[Article]) -> None:
    """Fetch what cards of these articles look at."""
    prefetch_related_objects(articles, "signatures__author__portrait", "photo")


def card(article: Article, *, sections: dict[str, Section], clock: Clock) -> Card:
    """One article in a list; its relations should be prefetched."""
    reads(f"article:{article.pk}")
    section: SectionLink = section_link(above(article, sections)[-1])
    return Card(
        id=article.pk,
        url=f"{section.url}{article.pk}/",
        kicker=article.kicker,
        headline=article.title,
        standfirst=article.standfirst,
        section=section,
        authors=authors_of(article),
        published=clock.moment(article.first_published_at),
        picture=picture(article.photo),
    )


def cards(idents: Sequence[int], *, clock: Clock) -> tuple[Card, ...]:
    """The cards of these articles, in this order; articles that are not public are left out."""
    unknown = [ident for ident in idents if not is_remembered(f"card {ident}")]
    rows = (
        {row.pk: row for row in Article.objects.live().filter(pk__in=unknown).defer_streamfields()} if unknown else {}
    )
    articles = list(rows.values())
    with_relations(articles)
    sections = sections_of(articles) if articles else {}

    def make(ident: int) -> Card | None:
        reads(f"article:{ident}")
        article = rows.get(ident)
        if article is None or not all(section.live for section in above(article, sections)):
            return None
        return card(article, sections=sections, clock=clock)

    found = (remembered(f"card {ident}", partial(make, ident)) for ident in idents)
    return tuple(one for one in found if one is not None)
