"""What goes into a page's head, and its structured data (schema.org)."""

from __future__ import annotations

import json
from typing import Any

from warraq.design import assets, cards
from warraq.design.cards import CardText
from warraq.language.reading import excerpt
from warraq.newsroom.pieces import ArticlePiece, PageMeta, Paper
from warraq.press.recording import wants

DESCRIPTION = 160
"""Characters of a description that search engines show."""
LOGO = "icon-512.png"


def json_ld(value: dict[str, Any]) -> str:
    """JSON that may stand inside a script element: no `<` in it."""
    text = json.dumps({"@context": "https://schema.org", **value}, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def organisation(paper: Paper) -> dict[str, Any]:
    """The paper as a publisher."""
    wants("asset", LOGO)
    found = {"@type": "NewsMediaOrganization", "@id": f"{paper.origin}/#paper", "name": paper.name}
    logo = {"@type": "ImageObject", "url": paper.origin + assets.url(LOGO), "width": 512, "height": 512}
    return found | {"url": f"{paper.origin}/", "logo": logo}


def front_meta(paper: Paper) -> PageMeta:
    """Head of the front: who publishes, and how the paper is searched."""
    graph = [
        organisation(paper) | {"sameAs": [channel.url for channel in paper.channels if channel.kind != "rss"]},
        {
            "@type": "WebSite",
            "name": paper.name,
            "url": f"{paper.origin}/",
            "inLanguage": paper.language,
            "publisher": {"@id": f"{paper.origin}/#paper"},
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": f"{paper.origin}/search/?q={{words}}"},
                "query-input": "required name=words",
            },
        },
    ]
    return PageMeta(
        title=paper.name, description=paper.tagline, path="/", feed="/feed.rss", json_ld=json_ld({"@graph": graph})
    )


def _card(article: ArticlePiece, paper: Paper) -> str:
    """The path of the picture of an article's headline; empty where a photo stands for it, or nobody could find it."""
    text = CardText(article.headline, article.section.title, paper.name, paper.language)
    if article.picture or not paper.origin or not cards.can_draw(text):
        return ""
    wants("card", str(article.id))
    return cards.path_of(text)


def page_meta(title: str, path: str, *, description: str = "", index: bool = True, feed: str = "") -> PageMeta:
    return PageMeta(title, excerpt(description, DESCRIPTION), path, index=index, feed=feed)


def article_meta(article: ArticlePiece, paper: Paper) -> PageMeta:
    """Head of an article, with NewsArticle and its path of sections."""
    crumbs = [*article.parents, article.section]
    card = _card(article, paper)
    images = [path for path, _width in article.picture.sources[-1:]] if article.picture else [card] if card else []
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
                "image": [paper.origin + path for path in images],
                "author": [
                    {"@type": "Person", "name": author.name, "url": paper.origin + author.url}
                    for author in article.authors
                ],
                "publisher": organisation(paper),
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
        card=card,
        kind="article",
        json_ld=json_ld(graph),
    )
