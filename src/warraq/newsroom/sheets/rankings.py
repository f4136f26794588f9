"""Rankings: six fragments that change by the minute, and six pages for readers without script."""

from __future__ import annotations

from django.utils.translation import gettext as _

from warraq.newsroom.meta import page_meta
from warraq.newsroom.models import PaperSettings, RankingKind, Window
from warraq.newsroom.selectors.papers import Clock
from warraq.newsroom.selectors.rankings import ranking_piece
from warraq.newsroom.sheets.rendering import FixedKind, page
from warraq.press.sheets import Lane, Order, Page


class _RankingKind(FixedKind):
    """Ident: `<kind>/<window>`."""

    lane = Lane.FRAGMENT
    fixed = tuple(f"{kind}/{window}" for kind in RankingKind.values for window in Window.values)


class RankingFragment(_RankingKind):
    """`/_/ranking/<kind>/<window>.html`."""

    name = "ranking-fragment"
    order = Order.FRAGMENT

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        piece = ranking_piece(*ident.split("/"), clock=clock)
        return page("fragment_ranking.html", piece.fragment, row=row, ranking=piece)


class RankingPage(_RankingKind):
    """`/most-read/<window>/`, `/most-commented/<window>/`."""

    name = "ranking-page"
    order = Order.LIST

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        piece = ranking_piece(*ident.split("/"), clock=clock)
        title = _("Most read") if piece.kind == RankingKind.READ else _("Most commented")
        return page("ranking_page.html", piece.url, row=row, meta=page_meta(title, piece.url), ranking=piece)


KINDS = (RankingFragment, RankingPage)
