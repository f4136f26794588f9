"""Pictures of headlines, for where a page without a photo is shared."""

from __future__ import annotations

from warraq.design import cards
from warraq.design.cards import CardText
from warraq.newsroom.models import Article, PaperSettings
from warraq.newsroom.placing import is_public
from warraq.newsroom.selectors.cards import above, sections_of
from warraq.newsroom.selectors.papers import Clock, paper_card
from warraq.newsroom.sheets.rendering import FixedKind, PaperKind
from warraq.press.recording import reads
from warraq.press.sheets import Order, Page


class CardSheet(PaperKind):
    """`/_/media/<hash>-card.png`. Ident: the article's id."""

    name = "card"
    order = Order.ASSET
    on_demand = True

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        reads(f"article:{ident}")
        article = Article.objects.filter(pk=ident).first()
        if article is None:
            return None
        sections = above(article, sections_of([article]))
        if not is_public(article, sections):
            return None
        return _drawn(CardText(article.title, sections[-1].title, row.name, row.language))


class PaperCardSheet(FixedKind):
    """Of the same kind: the paper's own, for its front and its lists."""

    name = "paper-card"
    order = Order.FEED
    fixed = ("paper",)

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        return _drawn(paper_card(row))


def _drawn(text: CardText) -> Page | None:
    return Page(cards.path_of(text), cards.draw(text)) if cards.can_draw(text) else None


KINDS = (CardSheet, PaperCardSheet)
