"""Every page of the sample paper: public path → its template and what it gets."""

from __future__ import annotations

from typing import Any

from tests.design import sample
from warraq.design import assets
from warraq.design.engine import render
from warraq.language.numerals import Digits
from warraq.newsroom.pieces import ArchivePiece, ListingPiece, PageMeta, Paper, RankingPiece

Page = tuple[str, dict[str, Any]]


def _article(piece: Any, *parts: Any) -> Page:
    meta = PageMeta(
        title=piece.headline,
        description=piece.standfirst,
        path=piece.url,
        picture=piece.picture,
        kind="article",
        json_ld='{"@context":"https://schema.org","@type":"NewsArticle"}',
    )
    return "article", {"article": piece, "parts": parts, "meta": meta}


def _listing(piece: ListingPiece, path: str) -> Page:
    return "listing", {"listing": piece, "meta": sample.meta(piece.title, path, feed=piece.feed)}


def _archive(piece: ArchivePiece) -> Page:
    return "archive", {"archive": piece, "meta": sample.meta(piece.title, piece.url)}


def _ranking(piece: RankingPiece) -> Page:
    return "ranking_page", {"ranking": piece, "meta": sample.meta("الأكثر…", piece.url)}


def _notice(name: str, title: str, path: str, **more: Any) -> Page:
    return name, {"meta": PageMeta(title=title, path=path, index=name == "about"), **more}


def pages(style: Digits = "latin") -> dict[str, Page]:
    """Every page with a head, in the paper's digits."""
    s = sample
    author = ListingPiece("author", s.WRITERS[0].name, "/author/1/", s.cards(1, 6), (), author=s.WRITERS[0])
    tag = ListingPiece("tag", "بنّ", "/tag/1/", s.cards(1, 4), ())
    return {
        "/": ("front", {"front": s.front(style), "meta": PageMeta(title=s.PAPER.name, description=s.PAPER.tagline)}),
        "/economy/1/": _article(s.article(style=style), s.comments(style)),
        "/economy/2/": _article(s.plain_article()),
        "/opinion/2/": _article(s.opinion()),
        "/texts/2/": _article(s.literary()),
        "/news/": _listing(s.listing(s.NEWS, s.cards(1, 12)), "/news/"),
        "/news/archive/9/": _listing(s.listing(s.NEWS, s.cards(1, 12), 9), "/news/archive/9/"),
        "/opinion/": _listing(s.listing(s.OPINION, s.columns() * 3), "/opinion/"),
        "/texts/": _listing(s.listing(s.TEXTS, s.texts() * 2), "/texts/"),
        "/author/1/": _listing(author, "/author/1/"),
        "/tag/1/": _listing(tag, "/tag/1/"),
        "/archive/": (_archive(s.archive_index())),
        "/archive/2026/11/": (_archive(s.archive_month(style))),
        "/archive/2026/11/24/": (_archive(s.archive_day())),
        "/most-read/day/": _ranking(s.ranking("read", "day", style=style)),
        "/most-commented/week/": _ranking(s.ranking("comment", "week")),
        "/about/": _notice("about", "عن الصحيفة", "/about/"),
        "/search/": _notice("search", "بحث", "/search/"),
        "/_/errors/404.html": _notice("not_found", "لا صفحة هنا", "/_/errors/404.html"),
        "/_/errors/410.html": _notice("gone", "أُزيلت هذه الصفحة", "/_/errors/410.html"),
        "/_/offline.html": _notice("offline", "لا اتصال بالشبكة", "/_/offline.html"),
        "/_/errors/503.html": _notice("unavailable", "ليس الآن", "/_/errors/503.html"),
        "/_/answer.html": _notice("answer", "جواب", "/_/answer.html"),
        "/_/comment-received.html": _notice("comment_received", "وصل تعليقك", "/_/comment-received.html"),
        "/news/9/": _notice(
            "retracted", s.text.HEADLINES[5], "/news/9/",
            headline=s.text.HEADLINES[5], reason="بُني الخبر على صورة قديمة لم نتحقق من تاريخها.",
            at=s.moment(3), section=s.NEWS,
        ),
    }  # fmt: skip


def others() -> dict[str, Page]:
    """What is no whole page: fragments, feeds, site maps."""
    s = sample
    items = tuple((card, s.body()) for card in s.cards(1, 3))
    rankings = {
        f"/_/ranking/{kind}/{window}.html": ("fragment_ranking.html", {"ranking": s.ranking(kind, window)})
        for kind in ("read", "comment")
        for window in ("day", "week", "month")
    }
    return {
        **rankings,
        "/_/breaking.html": ("fragment_breaking.html", {"breaking": s.front().breaking}),
        "/feed.rss": ("feed.rss.xml", {"title": s.PAPER.name, "home": "/", "path": "/feed.rss", "items": items}),
        "/sitemap.xml": ("sitemap_index.xml", {"paths": ("/sitemap/paper.xml", "/sitemap/2026-11.xml")}),
        "/sitemap/2026-11.xml": ("sitemap.xml", {"urls": (("/news/1/", sample.moment(1).iso), ("/about/", ""))}),
        "/robots.txt": ("robots.txt", {}),
        "/offline.js": ("offline.js", {}),
    }


def draw(page: Page, *, paper: Paper = sample.PAPER, style: Digits = "latin") -> str:
    """A page of these, rendered."""
    name, context = page
    template = name if "." in name else f"{name}.html"
    return render(f"newsroom/pages/{template}", paper=paper, digits=style, asset=assets.url, **context)
