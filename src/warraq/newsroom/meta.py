"""What goes into a page's head, and its structured data (schema.org)."""

from __future__ import annotations

import json
from typing import Any

from warraq.language.reading import excerpt
from warraq.newsroom.pieces import ArticlePiece, PageMeta, Paper

DESCRIPTION = 160
"""Characters of a description that search engines show."""


def json_ld(value: dict[str, Any]) -> str:
    """JSON that may stand inside a script element: no `<` in it."""
    text = json.dumps({"@context": "https://schema.org", **value}, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def page_meta(title: str, path: str, *, description: str = "", index: bool = True, feed: str = "") -> PageMeta:
    return PageMeta(title, excerpt(description, DESCRIPTION), path, index=index, feed=feed)


def article_meta(article: ArticlePiece, paper: Paper) -> PageMeta:
    """Head of an article, with NewsArticle and its path of sections."""
    crumbs = [*article.parents, article.section]
    graph = {
        "@graph": [
            {
                "@type": "OpinionNewsArticle" if article.section.kind == "opinion" else "NewsArticle",
                "headline": article.headline,
                "description": article.standfirst,
                "datePublished": article.published.iso,
                "dateModified": (article.updated or article.published).iso,
                "inLanguage": paper.language,
                "mainEntityOfPage": paper.origin + article.url,
                "image": [paper.origin + path for path, _width in article.picture.sources[-1:]]
                if article.picture
                else [],
                "author": [
                    {"@type": "Person", "name": author.name, "url": paper.origin + author.url}
                    for author in article.authors
                ],
                "publisher": {"@type": "NewsMediaOrganization", "name": paper.name, "url": f"{paper.origin}/"},
                "articleSection": article.section.title,
                "wordCount": article.word_count,
            },
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": number, "name": crumb.title, "item": paper.origin + crumb.url}
                    for number, crumb in enumerate(crumbs, start=1)
                ],
            },
        ]
    }
    return PageMeta(
        title=article.headline,
        description=excerpt(article.standfirst or article.headline, DESCRIPTION),
        path=article.url,
        picture=article.picture,
        kind="article",
        json_ld=json_ld(graph),
    )
