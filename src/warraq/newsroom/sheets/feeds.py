"""Feeds, site maps and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable

from warraq.newsroom.models import Article, PaperSettings, Placement, Section
from warraq.newsroom.pieces import Block, SectionLink
from warraq.newsroom.selectors import archives, lists
from warraq.newsroom.selectors.bodies import body_piece
from warraq.newsroom.selectors.papers import Clock, navigation
from warraq.newsroom.sheets.rendering import FixedKind, PaperKind, page
from warraq.press.recording import reads, remembered
from warraq.press.sheets import Order, Page

ITEMS = 20


class FeedSheet(PaperKind):
    """`/feed.rss` and `/<section>/feed.rss`. Ident: `all` or `section.<id>`."""

    name = "feed"
    order = Order.FEED

    def idents(self) -> Iterable[str]:
        yield "all"
        for pk in Section.objects.live().order_by("path").values_list("pk", flat=True):
            yield f"section.{pk}"

    def coming(self, key: str) -> Iterable[str]:
        if key == "paper":
            yield "all"
        if key.startswith("section:"):
            yield f"section.{key.removeprefix('section:')}"

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        title, home = row.name, "/"
        if ident != "all":
            listed = lists.section_list(ident.removeprefix("section."))
            if listed is None:
                return None
            title, home = f"{row.name}: {listed.title}", listed.url
        found = lists.newest_cards(ident, clock=clock, limit=ITEMS)
        items = tuple((card, _body(card.id, clock)) for card in found)
        path = f"{home}feed.rss"
        return page("feed.rss.xml", path, row=row, title=title, home=home, path=path, items=items)


def _body(ident: int, clock: Clock) -> tuple[Block, ...]:
    """A body, made once for all the feeds of a batch."""

    def make() -> tuple[Block, ...]:
        reads(f"article:{ident}")
        return body_piece(Article.objects.get(pk=ident).body, clock=clock)

    return remembered(f"body {ident}", make)


class SitemapIndexSheet(FixedKind):
    """`/sitemap.xml`."""

    name = "sitemap-index"
    order = Order.FEED
    fixed = ("index",)

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        paths = ("/sitemap/paper.xml", *(f"/sitemap/{month}.xml" for month in archives.months()))
        return page("sitemap_index.xml", "/sitemap.xml", row=row, paths=paths)


class SitemapSheet(PaperKind):
    """`/sitemap/<YYYY-MM>.xml`: the month's articles; `/sitemap/paper.xml`: everything else. Ident: the file's stem."""

    name = "sitemap"
    order = Order.FEED

    def idents(self) -> Iterable[str]:
        return ("paper", *archives.months())

    def coming(self, key: str) -> Iterable[str]:
        if key == "paper":
            yield "paper"
        if key.startswith("list:month.") and key.endswith(":head"):
            yield key.removeprefix("list:month.").removesuffix(":head")

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        urls = _paper_urls() if ident == "paper" else _month_urls(ident, clock)
        if not urls:
            return None
        return page("sitemap.xml", f"/sitemap/{ident}.xml", row=row, urls=urls)


def _paper_urls() -> tuple[tuple[str, str], ...]:
    def flat(links: tuple[SectionLink, ...]) -> list[str]:
        return [url for link in links for url in (link.url, *flat(link.children))]

    sections = flat(navigation())
    rankings = [f"/{name}/{window}/" for name in ("most-read", "most-commented") for window in ("day", "week", "month")]
    months = [archives.month_url(month) for month in archives.months()]
    return tuple((path, "") for path in ("/", "/about/", "/archive/", *sections, *rankings, *months))


def _month_urls(month: str, clock: Clock) -> tuple[tuple[str, str], ...]:
    """Address and time of each article of a month. The month's key changes when one of them gets another section."""
    reads(f"list:month.{month}:head")
    rows = Placement.objects.filter(list=f"month.{month}").order_by("number")
    found = list(rows.values_list("article_id", "at", "article__path"))
    above = {path[: -Article.steplen] for _ident, _at, path in found}
    sections = {row.path: row for row in Section.objects.filter(path__in=sorted(above))}
    reads(*(f"section:{row.pk}" for row in sections.values()))
    urls = {path: row.public_path for path, row in sections.items()}
    return tuple((f"{urls[path[: -Article.steplen]]}{ident}/", clock.iso(at)) for ident, at, path in found)


class RobotsSheet(FixedKind):
    """`/robots.txt`."""

    name = "robots"
    order = Order.FEED
    fixed = ("robots",)

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        return page("robots.txt", "/robots.txt", row=row)


KINDS = (FeedSheet, SitemapIndexSheet, SitemapSheet, RobotsSheet)
