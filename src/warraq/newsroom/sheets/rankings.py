"""Rankings: fragments that change by the minute, and pages for readers without script. Six of each for the whole paper,
six for each section."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from warraq.newsroom.meta import page_meta
from warraq.newsroom.models import PaperSettings, RankingKind, Section, Window
from warraq.newsroom.pieces import RankingPiece
from warraq.newsroom.selectors.lists import section_list
from warraq.newsroom.selectors.papers import Clock
from warraq.newsroom.selectors.rankings import ranking_piece
from warraq.newsroom.sheets.rendering import FixedKind, PaperKind, after, page
from warraq.press.sheets import Lane, Order, Page

SIX = tuple(f"{kind}/{window}" for kind in RankingKind.values for window in Window.values)
"""What a ranking is of: `<kind>/<window>`."""


def _fragment(piece: RankingPiece, row: PaperSettings) -> Page:
    return page("fragment_ranking.html", piece.fragment, row=row, ranking=piece)


def _page(piece: RankingPiece, row: PaperSettings) -> Page:
    title = _("Most read") if piece.kind == RankingKind.READ else _("Most commented")
    if piece.section:
        title = f"{title} · {piece.section}"
    return page("ranking_page.html", piece.url, row=row, meta=page_meta(title, piece.url), ranking=piece)


class _RankingKind(FixedKind):
    """Ident: `<kind>/<window>`."""

    lane = Lane.FRAGMENT
    fixed = SIX


class RankingFragment(_RankingKind):
    """`/_/ranking/<kind>/<window>.html`."""

    name = "ranking-fragment"
    order = Order.FRAGMENT

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        return _fragment(ranking_piece(*ident.split("/"), clock=clock), row)


class RankingPage(_RankingKind):
    """`/most-read/<window>/`, `/most-commented/<window>/`."""

    name = "ranking-page"
    order = Order.LIST

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        return _page(ranking_piece(*ident.split("/"), clock=clock), row)


class _SectionRankingKind(PaperKind):
    """Ident: `<section id>/<kind>/<window>`."""

    lane = Lane.FRAGMENT

    def idents(self) -> Iterable[str]:
        for pk in Section.objects.live().order_by("path").values_list("pk", flat=True):
            yield from (f"{pk}/{one}" for one in SIX)

    def coming(self, key: str) -> Iterable[str]:
        for pk in after(key, "section:"):
            yield from (f"{pk}/{one}" for one in SIX)

    def piece(self, ident: str, clock: Clock) -> RankingPiece | None:
        """None where readers do not see the section."""
        section, kind, window = ident.split("/")
        listed = section_list(section)
        return ranking_piece(kind, window, clock=clock, section=listed) if listed else None


class SectionRankingFragment(_SectionRankingKind):
    """`/_/ranking/<section id>/<kind>/<window>.html`."""

    name = "section-ranking-fragment"
    order = Order.FRAGMENT

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        piece = self.piece(ident, clock)
        return _fragment(piece, row) if piece else None


class SectionRankingPage(_SectionRankingKind):
    """`/<section>/most-read/<window>/`, `/<section>/most-commented/<window>/`."""

    name = "section-ranking-page"
    order = Order.LIST

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        piece = self.piece(ident, clock)
        return _page(piece, row) if piece else None


KINDS = (RankingFragment, RankingPage, SectionRankingFragment, SectionRankingPage)
