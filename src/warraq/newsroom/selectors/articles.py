"""An article as its own page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from warraq.language.reading import reading_minutes
from warraq.newsroom.models import Article, Placement, Section
from warraq.newsroom.pieces import ArticlePiece, Card, Channel, CorrectionPiece, Link, SourcePiece
from warraq.newsroom.selectors.bodies import body_piece, word_count
from warraq.newsroom.selectors.cards import above, authors_of, cards, in_order, sections_of
from warraq.newsroom.selectors.papers import Clock, section_link
from warraq.newsroom.selectors.pictures import picture
from warraq.press.ahead import fetch, fetched
from warraq.press.recording import reads

RELATED = 4
SETTLED = timedelta(minutes=10)
"""A text changed sooner than this after publication does not count as changed to readers."""


def article_rows(idents: Sequence[int]) -> dict[int, Article]:
    """These articles with all rows that their own pages look at."""
    rows = Article.objects.filter(pk__in=idents).prefetch_related(
        "signatures__author__portrait", "photo", "drawn_on__source", "tagged_items__tag", "corrections"
    )
    return {row.pk: row for row in rows}


def read_ahead(idents: Sequence[int], *, clock: Clock) -> None:
    """Read together what the pages of these articles will look at."""
    articles = list(fetch(article_rows, idents).values())
    sections = sections_of(articles)
    chains = ((article, above(article, sections)) for article in articles)
    places = [_place(chain[-1], article) for article, chain in chains if chain]
    related = [ident for idents in fetch(came_before, places).values() for ident in idents]
    cards(list(dict.fromkeys(related)), clock=clock)


Place = tuple[str, int]
"""A list and an article in it."""


def _place(section: Section, article: Article) -> Place:
    return f"section.{section.pk}", article.pk


def came_before(places: Sequence[Place]) -> dict[Place, list[int]]:
    """The articles that came into the list just before each of these, the last first; of one that does not stand in
    it, the newest of the list."""
    older = Placement.objects.filter(list=OuterRef("list"), number__lt=OuterRef("number")).order_by("-number")
    nth = {f"before_{n}": Subquery(older.values("article_id")[n : n + 1]) for n in range(RELATED)}
    names, idents = {name for name, _ident in places}, {ident for _name, ident in places}
    rows = Placement.objects.filter(list__in=sorted(names), article_id__in=sorted(idents)).annotate(**nth)
    found = {
        (name, ident): [one for one in before if one is not None]
        for name, ident, *before in rows.values_list("list", "article_id", *nth)
    }
    for place in set(places) - found.keys():
        newest = Placement.objects.filter(list=place[0]).order_by("-number").values_list("article_id", flat=True)
        found[place] = list(newest[:RELATED])
    return found


def related_to(article: Article, section: Section, *, clock: Clock) -> tuple[Card, ...]:
    """The articles that came into its section just before it.

    Looking back only keeps publishing cheap: a new article never changes the pages of older ones. None can come
    between later either, for numbers only grow; one that goes announces itself, and its card was read here.
    """
    return cards(fetched(came_before, _place(section, article)) or [], clock=clock)


def share_links(headline: str, url: str) -> tuple[Channel, ...]:
    """Links that share an article without any script; none where the paper does not know its own address."""
    if not settings.WARRAQ_ORIGIN:
        return ()
    address, words = quote(settings.WARRAQ_ORIGIN + url, safe=""), quote(headline, safe="")
    return (
        Channel("telegram", _("Telegram"), f"https://t.me/share/url?url={address}&text={words}"),
        Channel("whatsapp", _("WhatsApp"), f"https://wa.me/?text={words}%20{address}"),
        Channel("facebook", _("Facebook"), f"https://www.facebook.com/sharer/sharer.php?u={address}"),
        Channel("x", _("X"), f"https://x.com/intent/post?url={address}&text={words}"),
    )


def article_piece(article: Article, *, clock: Clock) -> ArticlePiece:
    """A saved or previewed article with all that its page shows."""
    reads(f"article:{article.pk}")
    sections = above(article, sections_of([article]))
    section = section_link(sections[-1])
    url = f"{section.url}{article.pk}/"
    published = article.first_published_at or article.latest_revision_created_at
    changed = article.last_published_at
    count = word_count(article.body)
    tags = sorted((row.tag for row in article.tagged_items.all()), key=lambda tag: (tag.name, tag.pk))
    reads(*(f"tag:{tag.pk}" for tag in tags))
    sources = {row.source_id: row.source for row in in_order(article.drawn_on.all())}
    reads(*(f"source:{pk}" for pk in sources))
    return ArticlePiece(
        id=article.pk,
        url=url,
        kicker=article.kicker,
        headline=article.title,
        standfirst=article.standfirst,
        section=section,
        parents=tuple(section_link(row) for row in sections[:-1]),
        authors=authors_of(article),
        sources=tuple(SourcePiece(row.name, row.url) for row in sources.values()),
        published=clock.moment(published),
        updated=clock.moment(changed) if changed and changed - published > SETTLED else None,
        minutes=reading_minutes(count),
        picture=picture(article.photo, caption=article.photo_caption),
        body=body_piece(article.body, clock=clock),
        tags=tuple(Link(tag.name, f"/tag/{tag.pk}/") for tag in tags if tag.pk),
        corrections=tuple(
            CorrectionPiece(row.text, clock.moment(row.at)) for row in in_order(article.corrections.all())
        ),
        related=related_to(article, sections[-1], clock=clock),
        share=share_links(article.title, url),
        word_count=count,
    )
