"""Sections, authors and tags: the head of each list and its archive pages, numbered from the oldest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import translation
from taggit.models import Tag

from warraq.newsroom.meta import page_meta
from warraq.newsroom.models import Author, PaperSettings, Placement, Section
from warraq.newsroom.pieces import ListingPiece
from warraq.newsroom.selectors import lists
from warraq.newsroom.selectors.papers import Clock, paper_settings
from warraq.newsroom.sheets.rendering import PaperKind, after, page
from warraq.press.sheets import Order, Page


def _listing(piece: ListingPiece, path: str, row: PaperSettings) -> Page:
    description = piece.author.about if piece.author else piece.about
    meta = page_meta(piece.title, path, description=description, feed=piece.feed, index=not piece.number)
    return page("listing.html", path, row=row, meta=meta, listing=piece)


class _HeadSheet(PaperKind):
    """The head of a list. Ident: the id of the section, author or tag."""

    name: str
    order = Order.SECTION
    leaves_trace = True

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        listed = lists.LISTS[self.name](ident)
        return _listing(lists.head_piece(listed, clock=clock), listed.url, row) if listed else None

    def coming(self, key: str) -> Iterable[str]:
        yield from after(key, f"{self.name}:")
        if key.startswith(f"list:{self.name}.") and key.endswith(":head"):
            yield key.removeprefix(f"list:{self.name}.").removesuffix(":head")


class SectionSheet(_HeadSheet):
    """`/<section>/`."""

    name = "section"

    def idents(self) -> Iterable[str]:
        return map(str, Section.objects.live().order_by("path").values_list("pk", flat=True))

    def hot(self) -> Iterable[str]:
        return self.idents()


class AuthorSheet(_HeadSheet):
    """`/author/<id>/`."""

    name = "author"
    order = Order.LIST

    def idents(self) -> Iterable[str]:
        return map(str, Author.objects.order_by("pk").values_list("pk", flat=True))


class TagSheet(_HeadSheet):
    """`/tag/<id>/`."""

    name = "tag"
    order = Order.LIST

    def idents(self) -> Iterable[str]:
        return map(str, Tag.objects.order_by("pk").values_list("pk", flat=True))


class ListArchiveSheet(PaperKind):
    """`<head>archive/<n>/`. Ident: `<list>:<n>`, e.g. `section.5:3`."""

    name = "list-archive"
    order = Order.LIST

    def idents(self) -> Iterable[str]:
        names = Placement.objects.order_by("list").values_list("list", flat=True).distinct()
        for name in names:
            if name.partition(".")[0] in lists.LISTS:
                yield from (f"{name}:{number}" for number in lists.filled_pages(name))

    def coming(self, key: str) -> Iterable[str]:
        name, _sep, number = key.removeprefix("list:").partition(":page:")
        if number.isdigit() and name.partition(".")[0] in lists.LISTS:
            yield f"{name}:{number}"

    def read_ahead(self, idents: Sequence[str]) -> None:
        parts = (ident.partition(":") for ident in idents)
        row = paper_settings()
        with translation.override(row.language):
            lists.read_ahead([(name, int(number)) for name, _sep, number in parts], clock=Clock(row))

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        name, _sep, number = ident.partition(":")
        kind, _dot, owner = name.partition(".")
        listed = lists.LISTS[kind](owner)
        piece = lists.archive_piece(listed, int(number), clock=clock) if listed else None
        return _listing(piece, f"{piece.url}archive/{number}/", row) if piece else None


KINDS = (SectionSheet, AuthorSheet, TagSheet, ListArchiveSheet)
