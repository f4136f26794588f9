"""The front, and the breaking bar that other pages fetch."""

from __future__ import annotations

from warraq.newsroom.meta import front_meta
from warraq.newsroom.models import Front, PaperSettings
from warraq.newsroom.selectors.fronts import breaking_piece, front_piece
from warraq.newsroom.selectors.papers import Clock, paper_piece
from warraq.newsroom.sheets.rendering import FixedKind, page
from warraq.press.recording import reads
from warraq.press.sheets import Lane, Order, Page


class FrontSheet(FixedKind):
    """`/`."""

    name = "front"
    order = Order.FRONT
    lane = Lane.FRONT
    fixed = ("front",)

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        reads("front")
        front = Front.objects.first()
        if front is None:
            return None
        meta = front_meta(paper_piece(row))
        return page("front.html", "/", row=row, meta=meta, front=front_piece(front, clock=clock))


class BreakingSheet(FixedKind):
    """`/_/breaking.html`."""

    name = "breaking"
    order = Order.FRAGMENT
    lane = Lane.FRAGMENT
    fixed = ("breaking",)

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        return page("fragment_breaking.html", "/_/breaking.html", row=row, breaking=breaking_piece())


KINDS = (FrontSheet, BreakingSheet)
