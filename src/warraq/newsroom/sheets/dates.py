"""The archive by date."""

from __future__ import annotations

from collections.abc import Iterable

from warraq.newsroom.meta import page_meta
from warraq.newsroom.models import PaperSettings
from warraq.newsroom.pieces import ArchivePiece
from warraq.newsroom.selectors import archives
from warraq.newsroom.selectors.papers import Clock
from warraq.newsroom.sheets.rendering import FixedKind, PaperKind, page
from warraq.press.sheets import Order, Page


def _page(piece: ArchivePiece | None, row: PaperSettings) -> Page | None:
    if piece is None:
        return None
    return page("archive.html", piece.url, row=row, meta=page_meta(piece.title, piece.url), archive=piece)


class ArchiveSheet(FixedKind):
    """`/archive/`."""

    name = "archive"
    order = Order.FEED
    fixed = ("index",)

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        return _page(archives.index_piece(clock=clock), row)


class MonthSheet(PaperKind):
    """`/archive/<year>/<month>/`. Ident: `YYYY-MM`."""

    name = "month"

    def idents(self) -> Iterable[str]:
        return archives.months()

    def coming(self, key: str) -> Iterable[str]:
        if key.startswith("list:month.") and key.endswith(":head"):
            yield key.removeprefix("list:month.").removesuffix(":head")

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        return _page(archives.month_piece(ident, clock=clock), row)


class DaySheet(PaperKind):
    """`/archive/<year>/<month>/<day>/`. Ident: `YYYY-MM-DD`."""

    name = "day"

    def idents(self) -> Iterable[str]:
        return archives.days()

    def coming(self, key: str) -> Iterable[str]:
        if key.startswith("list:day.") and key.endswith(":head"):
            yield key.removeprefix("list:day.").removesuffix(":head")

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        return _page(archives.day_piece(ident, clock=clock), row)


KINDS = (ArchiveSheet, MonthSheet, DaySheet)
