"""How a sheet of ours is rendered: in the paper's language, with its settings, on the design's templates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.utils import translation

from warraq.design import assets
from warraq.design.engine import render
from warraq.language.numerals import Digits
from warraq.newsroom.models import PaperSettings
from warraq.newsroom.pieces import PageMeta, Paper
from warraq.newsroom.selectors.papers import Clock, paper_piece, paper_settings
from warraq.press.recording import wants
from warraq.press.sheets import Kind, Page


def asset(name: str) -> str:
    """The public path of a style, script, font or icon; the sheet wants it."""
    wants("asset", name)
    return assets.url(name)


class PaperKind(Kind):
    """A sheet kind rendered within the paper: `make` gets its settings and clock, in its language."""

    leaves_trace = False

    def render(self, ident: str) -> Page | None:
        row = paper_settings()
        with translation.override(row.language):
            return self.make(ident, row, Clock(row))

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        raise NotImplementedError


class FixedKind(PaperKind):
    """Sheets that every paper has from its first day: they come with the paper's settings."""

    fixed: tuple[str, ...] = ()
    """Idents."""

    def idents(self) -> Iterable[str]:
        return self.fixed

    def coming(self, key: str) -> Iterable[str]:
        return self.fixed if key == "paper" else ()


def page(
    template: str,
    path: str,
    /,
    *,
    row: PaperSettings,
    meta: PageMeta | None = None,
    status: int = 200,
    **context: object,
) -> Page:
    """A page at `path` from one of the newsroom's templates, e.g. `article.html`."""
    paper: Paper = paper_piece(row)
    text = render(
        f"newsroom/pages/{template}",
        paper=paper,
        digits=cast(Digits, row.digits),
        asset=asset,
        meta=meta or PageMeta(title=paper.name, path=path),
        **context,
    )
    return Page(path, text.encode(), status)


def after(key: str, prefix: str) -> Iterable[str]:
    """The rest of `key` after `prefix`, if it begins so: for `Kind.coming`."""
    return (key[len(prefix) :],) if key.startswith(prefix) else ()
