"""What a page says of itself in its mark-up: title, site, authors, date, addresses, tags, main picture.

Read from JSON-LD (schema.org NewsArticle and its kin), Open Graph, the usual meta names, microdata and links.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from warraq.intake.clean import old_path, web_address, whole_line
from warraq.intake.readers.dates import machine_date
from warraq.intake.readers.page_headline import MOST_WORDS_OF_A_SITE, headline_of, sites_on_the_page
from warraq.language.normalise import words

MOST_TAGS: Final = 12
"""More keywords than this are made for search engines, not for readers: none is taken."""

LONGEST_JSON: Final = 500_000
LONGEST_NAME: Final = 60

_ARTICLES: Final = (
    "Article", "NewsArticle", "ReportageNewsArticle", "OpinionNewsArticle", "AnalysisNewsArticle", "BlogPosting",
)  # fmt: skip
_DATES: Final = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date",
    "dc.date.issued", "dcterms.created", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
)  # fmt: skip
_SAVED_FROM: Final = re.compile(r"saved from url=\(\d{1,5}\)(https?://\S{4,2000})")
_DATE_IN_PATH: Final = re.compile(r"/((?:19|20)\d{2})[/-](?:[a-z_-]{2,40}/)?(\d{1,2})[/-](\d{1,2})(?:/|-|$)")
_FOR_AUTHORS: Final = re.compile(r"author|byline|writer|write-?by|kateb", re.IGNORECASE)
_WROTE: Final = re.compile(r"(?:كتبت|كتب|بقلم|إعداد|تقرير|by)(?:\s*[:/–-]\s*|\s)(\D{3,60})", re.IGNORECASE)
_NO_NAMES: Final = frozenset(words("admin editor محرر المحرر التحرير مدير الموقع وكالات متابعات خاص"))


@dataclass(frozen=True)
class Facts:
    headline: str
    sites: tuple[str, ...]
    """Names of the site, as it writes them."""
    authors: tuple[str, ...]
    published: datetime | None
    origin_url: str
    old_paths: tuple[str, ...]
    tags: tuple[str, ...]
    picture: str


def read_facts(tree: HtmlElement, *, zone: tzinfo) -> Facts:
    metas, articles = _metas(tree), list(_json_articles(tree))
    addresses = _addresses(tree, metas)
    origin = addresses[0] if addresses else ""
    sites = _sites(tree, metas, articles, origin)
    titles = [_text(article.get("headline")) for article in articles]
    titles += [_first(metas, "og:title"), _first(metas, "twitter:title")]
    return Facts(
        headline=headline_of(tree, titles, sites=sites),
        sites=sites,
        authors=_authors(tree, metas, articles, sites),
        published=_published(tree, metas, articles, origin, zone),
        origin_url=origin,
        old_paths=tuple(dict.fromkeys(path for address in addresses if (path := old_path(address)))),
        tags=_tags(metas, articles),
        picture=_picture(metas, articles, origin),
    )


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = whole_line((meta.get("content") or "")[:3000])
        if name and content:
            found.setdefault(name, []).append(content)
    return found


def _first(metas: dict[str, list[str]], *names: str) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _json_articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Article objects of the page's JSON-LD; broken JSON is passed over."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or len(script.text or "") > LONGEST_JSON:
            continue
        try:
            told = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(told):
            kinds = thing.get("@type")
            if any(kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield thing


def _things(told: Any) -> list[dict[str, Any]]:
    told = told if isinstance(told, list) else [told]
    things = [thing for thing in told if isinstance(thing, dict)]
    graphs = [thing["@graph"] for thing in things if isinstance(thing.get("@graph"), list)]
    return things + [thing for graph in graphs for thing in graph if isinstance(thing, dict)]


def _text(value: Any) -> str:
    """A JSON-LD value as a name: a string, or an object's `name`, or the first of a list."""
    if isinstance(value, list) and value:
        return _text(value[0])
    if isinstance(value, dict):
        return _text(value.get("name"))
    return whole_line(value[:1000]) if isinstance(value, str) else ""


def _addresses(tree: HtmlElement, metas: dict[str, list[str]]) -> list[str]:
    """Where the page was, the canonical address first, all of one host."""
    base = next((element.get("href") for element in tree.iter("base") if element.get("href")), "")
    links: dict[str, str] = {}
    for link in tree.iter("link"):
        for relation in (link.get("rel") or "").lower().split():
            links.setdefault(relation, link.get("href") or "")
    saved = next((match[1] for c in tree.xpath("//comment()")[:50] if (match := _SAVED_FROM.search(c.text or ""))), "")
    told = [links.get("canonical", ""), _first(metas, "og:url"), saved, links.get("shortlink", "")]
    found = [address for one in told if one and (address := web_address(one, base=base or saved))]
    host = urlsplit(found[0]).hostname if found else ""
    return [address for address in dict.fromkeys(found) if urlsplit(address).hostname == host]


def _sites(
    tree: HtmlElement, metas: dict[str, list[str]], articles: list[dict[str, Any]], origin: str
) -> tuple[str, ...]:
    host = urlsplit(origin).hostname or ""
    told = [_first(metas, name) for name in ("og:site_name", "application-name", "twitter:site", "publisher")]
    told += [_text(article.get("publisher")) for article in articles]
    told += [host, host.removeprefix("www."), *[label for label in host.split(".")[:-1] if len(label) > 3]]
    on_page = (whole_line(name) for name in sites_on_the_page(tree, origin))
    told += [name for name in on_page if len(words(name)) <= MOST_WORDS_OF_A_SITE]
    return tuple(dict.fromkeys(name.lstrip("@") for name in told if name and len(name) <= LONGEST_NAME))


def _authors(
    tree: HtmlElement, metas: dict[str, list[str]], articles: list[dict[str, Any]], sites: tuple[str, ...]
) -> tuple[str, ...]:
    told: list[str] = []
    for article in articles:
        told += [_text(person) for person in _listed(article.get("author"))]
    marked = tree.xpath("//*[@itemprop='author']//*[@itemprop='name'] | //a[@rel='author']")[:5]
    told += [whole_line(element.text_content()[:200]) for element in marked]
    # A meta name says its author of the whole site as often as of the page; the title then ends with the same name.
    parts = re.split(r"\s[-–—|:]\s", whole_line(tree.xpath("string(//title)")[:500]))
    metas_told = metas.get("author", []) + metas.get("article:author", []) + metas.get("dc.creator", [])
    told += [name for name in metas_told if all(words(name) != words(part) for part in parts)]
    names = dict.fromkeys(name for one in told if (name := _person(one, sites)))
    return tuple(names)[:5] or _signed(tree, sites)


def _signed(tree: HtmlElement, sites: tuple[str, ...]) -> tuple[str, ...]:
    """Of an element named for it: «كتبت أسماء نصار»."""
    for element in tree.xpath("//*[@class or @id]"):
        if not _FOR_AUTHORS.search(f"{element.get('class') or ''} {element.get('id') or ''}"[:300]):
            continue
        name = signed_by(whole_line(element.text_content()[:120]))
        if name and (name := _person(name, sites)):
            return (name,)
    return ()


def signed_by(text: str) -> str:
    """The name in «كتبت أسماء نصار»; only to be asked of a place that is for it, as a sentence may begin so too."""
    match = _WROTE.fullmatch(text)
    return match[1].strip(" :") if match and len(match[1].split()) <= 5 else ""


def _person(name: str, sites: tuple[str, ...]) -> str:
    """A person's name; empty for the site itself, an address, a place, a desk."""
    said = words(name)
    if "://" in name or "@" in name or any(c.isdigit() for c in name) or name.startswith("("):
        return ""
    if not 1 < len(said) <= 5 or set(said) & _NO_NAMES:
        return ""
    folded, site_names = " ".join(said), (" ".join(words(site)) for site in sites)
    return "" if any(site and site in folded for site in site_names) else name[:LONGEST_NAME]


def _published(
    tree: HtmlElement, metas: dict[str, list[str]], articles: list[dict[str, Any]], origin: str, zone: tzinfo
) -> datetime | None:
    told = [article.get("datePublished") for article in articles] + [_first(metas, name) for name in _DATES]
    told += [e.get("datetime") or e.get("content") for e in tree.xpath("//*[@itemprop='datePublished']")[:3]]
    told += [e.get("datetime") for e in tree.xpath("//time[@pubdate]|//article//time|//h1/following::time")[:3]]
    return next((date for one in told if isinstance(one, str) and (date := machine_date(one, zone=zone))), None)


def date_in_address(origin: str, *, zone: tzinfo) -> datetime | None:
    """`/2020/11/09/…`, and `/2013/middle_east/8/3/…`: the last resort."""
    match = _DATE_IN_PATH.search(urlsplit(origin).path)
    return machine_date(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}", zone=zone) if match else None


def _tags(metas: dict[str, list[str]], articles: list[dict[str, Any]]) -> tuple[str, ...]:
    for told in (
        metas.get("article:tag", []),
        metas.get("news_keywords", []),
        [_text(one) for article in articles for one in _listed(article.get("keywords"))],
        metas.get("keywords", []),
    ):
        tags = dict.fromkeys(tag.strip() for one in told for tag in re.split("[,،;]", one) if tag.strip())
        if 0 < len(tags) <= MOST_TAGS and all(len(tag) <= LONGEST_NAME for tag in tags):
            return tuple(tags)
    return ()


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _picture(metas: dict[str, list[str]], articles: list[dict[str, Any]], origin: str) -> str:
    told: list[Any] = [_first(metas, "og:image", "og:image:url", "twitter:image")]
    for article in articles:
        image = _listed(article.get("image"))[0] if article.get("image") else None
        told.append(image.get("url") if isinstance(image, dict) else image)
    return next((url for one in told if isinstance(one, str) and one and (url := web_address(one, base=origin))), "")
