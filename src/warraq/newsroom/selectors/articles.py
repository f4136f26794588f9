"""An article as its own page shows it."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from warraq.language.reading import reading_minutes
from warraq.newsroom.models import Article, Placement
from warraq.newsroom.pieces import ArticlePiece, Card, Channel, CorrectionPiece, Link, SourcePiece
from warraq.newsroom.selectors.bodies import body_piece, word_count
from warraq.newsroom.selectors.cards import above, authors_of, cards, in_order, sections_of
from warraq.newsroom.selectors.papers import Clock, section_link
from warraq.newsroom.selectors.pictures import picture
from warraq.press.recording import reads

RELATED = 4
SETTLED = timedelta(minutes=10)
"""A text changed sooner than this after publication does not count as changed to readers."""


def related_to(article: Article, *, clock: Clock) -> tuple[Card, ...]:
    """The articles that came into its section just before it.

    Looking back only keeps publishing cheap: a new article never changes the pages of older ones. None can come
    between later either, for numbers only grow; one that goes announces itself, and its card was read here.
    """
    name = f"section.{article.get_parent().pk}"
    own = Placement.objects.filter(list=name, article_id=article.pk).first()
    older = Placement.objects.filter(list=name).exclude(article_id=article.pk).order_by("-number")
    if own is not None:
        older = older.filter(number__lt=own.number)
    return cards(list(older.values_list("article_id", flat=True)[:RELATED]), clock=clock)


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
    tags = sorted(article.tags.all(), key=lambda tag: (tag.name, tag.pk))
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
        related=related_to(article, clock=clock),
        share=share_links(article.title, url),
        word_count=count,
    )
