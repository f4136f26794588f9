"""Cards: articles in a list, a fixed number of queries for any number of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Protocol, TypeVar

from django.db.models import Model, QuerySet

from warraq.newsroom.models import Article, Author, Photo, Section, Signature
from warraq.newsroom.pieces import AuthorPiece, Card, SectionLink
from warraq.newsroom.selectors.papers import Clock, section_link
from warraq.newsroom.selectors.pictures import picture
from warraq.press.recording import is_remembered, reads, remembered

FACTS = ("pk", "path", "kicker", "title", "standfirst", "first_published_at", "photo_id")
"""What a card shows of the article itself."""


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


class Ordered(Protocol):
    """A row that an editor gave a place among others."""

    pk: Any
    sort_order: Any


class Placed(Protocol):
    """A row with a place in the tree."""

    path: str


InOrder = TypeVar("InOrder", bound=Ordered)
Row = TypeVar("Row", bound=Model)


def in_order(rows: Iterable[InOrder]) -> list[InOrder]:
    """As their editor put them; those that have no place first, the oldest first. Databases differ in where they sort
    what is missing, and in what order they give what has one place."""
    return sorted(rows, key=lambda row: (row.sort_order is not None, row.sort_order or 0, row.pk or 0))


def authors_of(article: Article) -> tuple[AuthorPiece, ...]:
    """Those who signed, in order, none twice. Uses prefetched signatures where there are any."""
    return tuple({row.author_id: author_piece(row.author) for row in in_order(article.signatures.all())}.values())


def sections_of(articles: Iterable[Placed]) -> dict[str, Section]:
    """Tree path → section, for every section above these articles."""
    step = Article.steplen
    paths = {article.path[:end] for article in articles for end in range(step, len(article.path), step)}
    unknown = sorted(path for path in paths if not is_remembered(f"section at {path}"))
    rows = {row.path: row for row in Section.objects.filter(path__in=unknown)} if unknown else {}
    found = {path: remembered(f"section at {path}", partial(rows.get, path)) for path in sorted(paths)}
    return {path: row for path, row in found.items() if row is not None}


def above(article: Placed, sections: dict[str, Section]) -> list[Section]:
    """The sections above an article, outermost first; records their keys."""
    step = Article.steplen
    found = [
        sections[article.path[:end]] for end in range(step, len(article.path), step) if article.path[:end] in sections
    ]
    reads(*(f"section:{row.pk}" for row in found))
    return found


def cards(idents: Sequence[int], *, clock: Clock) -> tuple[Card, ...]:
    """The cards of these articles, in this order; articles that are not public are left out."""
    rows = _Rows([ident for ident in idents if not is_remembered(f"card {ident}")])
    found = (remembered(f"card {ident}", partial(_card, ident, rows, clock)) for ident in idents)
    return tuple(one for one in found if one is not None)


class _Rows:
    """What cards of some articles look at. A list shows so many articles that Wagtail's objects would take longer to
    make than all else: these are plain rows."""

    def __init__(self, idents: Sequence[int]) -> None:
        live = Article.objects.live().filter(pk__in=idents).values_list(*FACTS, named=True) if idents else ()
        self.articles = {row.pk: row for row in live}
        self.sections = sections_of(self.articles.values()) if self.articles else {}
        self.signatures: dict[int, list[Any]] = defaultdict(list)
        signed = Signature.objects.filter(article__in=list(self.articles))
        names = ("article_id", "author_id", "sort_order", "pk")
        for row in signed.values_list(*names, named=True) if self.articles else ():
            self.signatures[row.article_id].append(row)
        who = (row.author_id for rows in self.signatures.values() for row in rows)
        self.authors = _unknown(Author.objects.select_related("portrait"), who)
        self.photos = _unknown(Photo.objects.all(), (row.photo_id for row in self.articles.values()))


def _unknown(rows: QuerySet[Row], idents: Iterable[int | None]) -> dict[int, Row]:
    """Those of these rows of which nothing is remembered."""
    name = rows.model._meta.model_name
    new = {ident for ident in idents if ident and not is_remembered(f"{name} {ident}")}
    return rows.in_bulk(new) if new else {}


def _card(ident: int, rows: _Rows, clock: Clock) -> Card | None:
    reads(f"article:{ident}")
    article = rows.articles.get(ident)
    if article is None:
        return None
    sections = above(article, rows.sections)
    if not all(section.live for section in sections):
        return None
    section: SectionLink = section_link(sections[-1])
    authors = dict.fromkeys(row.author_id for row in in_order(rows.signatures[ident]))
    photo = article.photo_id
    return Card(
        id=ident,
        url=f"{section.url}{ident}/",
        kicker=article.kicker,
        headline=article.title,
        standfirst=article.standfirst,
        section=section,
        authors=tuple(remembered(f"author {pk}", partial(_author, pk, rows)) for pk in authors),
        published=clock.moment(article.first_published_at),
        picture=remembered(f"photo {photo}", lambda: picture(rows.photos.get(photo))) if photo else None,
    )


def _author(ident: int, rows: _Rows) -> AuthorPiece:
    return author_piece(rows.authors[ident])
