"""A saved HTML page: the article's text by trafilatura, its facts from the mark-up, the rest listed by kind."""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from datetime import datetime, tzinfo
from typing import Final

import trafilatura
from lxml import etree, html
from lxml.html import HtmlElement

from warraq.intake.clean import web_address
from warraq.intake.errors import NoArticle, TooBig
from warraq.intake.material import LeftOut, Material, fingerprint
from warraq.intake.readers.body import assemble, part_of, text_of
from warraq.intake.readers.dates import prose_date
from warraq.intake.readers.furniture import why
from warraq.intake.readers.headlines import propose_headline
from warraq.intake.readers.lines import TEXT_KINDS, article_span, read_lines
from warraq.intake.readers.page_body import Found, captions_of, embed_host, read_body
from warraq.intake.readers.page_facts import Facts, date_in_address, read_facts
from warraq.intake.readers.page_headline import fits
from warraq.intake.readers.page_rest import rest_of_page, runs_of
from warraq.intake.readers.sources import each_once, find_sources
from warraq.language.messages import gettext as _
from warraq.language.normalise import words

LONGEST_PAGE: Final = 3_000_000
"""Characters of HTML without the pictures written into it. Pages of newspapers have under two million."""

LONGEST_SAID: Final = 500_000
"""Characters of text on a page, its menus too."""

MOST_ELEMENTS: Final = 10_000
"""Pages of newspapers have some two thousand."""

DEEPEST: Final = 200
"""Elements within one another. What only wraps is then taken off; trafilatura and libxml2 give up at 256."""

WRAPPERS: Final = ("div", "section", "span", "center", "font")

MOST_LINKED: Final = 0.6
"""Share of a text's words above which it is a menu or a list of links."""

MOST_EMBEDS: Final = 50
MOST_ATTRIBUTES: Final = 300
"""Of one element; the parser's time grows with their square."""

FEWEST_WORDS: Final = 20
LETTERS_A_WORD: Final = 8
"""Generously: for scripts that write no spaces."""

_PICTURE_DATA: Final = re.compile(
    r"data:[a-z0-9/+.-]{3,60}(?:;[a-z0-9=-]{1,40}){0,3},[A-Za-z0-9+/=%_-]+", re.IGNORECASE
)
_TAG_OPENS: Final = re.compile(r"<!--|<([a-zA-Z][a-zA-Z0-9]*)")
_IN_TAG: Final = re.compile(r">|=\s{0,9}([\"'])|[\s/\"'][^\s\"'<>/=]")

for _library in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_library).propagate = False  # what they discard is told by our own errors
    logging.getLogger(_library).addHandler(logging.NullHandler())


def read_page(text: str, *, zone: tzinfo, encoding: str = "utf-8") -> Material:
    """The article of an HTML page. What is not in the article is listed as left out with the reason."""
    tree = _parse(text)
    facts = read_facts(tree, zone=zone)
    _keep_embeds(tree, facts.origin_url)
    found = _body(tree, facts) if _depth(tree) <= DEEPEST else Found()
    if not _says_enough([part.text for part in found.parts]):
        found = _plain_body(tree)
    lede, body = assemble(found.parts)
    said = [*([lede] if lede else []), *text_of(body)]
    if not _says_enough(said) or _is_linked(tree, said):
        raise NoArticle(
            _("No article was found on this page: no run of paragraphs stands out. Nothing was taken in. "
              "Save the article's own page, or put its text alone into a text file.")
        )  # fmt: skip
    headline = facts.headline if fits(facts.headline, said, tree) else ""
    beside = [str(piece.value.get(name, "")) for piece in body for name in ("speaker", "url")]
    captions = [(text, "caption") for piece in body if piece.kind == "image" and (text := piece.value["caption"])]
    left_out = rest_of_page(tree, article=[*said, *beside], aside=[*found.aside, *captions], headline=headline)
    return Material(
        headline=headline or propose_headline(said[0]),
        headline_proposed=not headline,
        kicker="",
        standfirst=lede,
        body=body,
        sources=each_once([*find_sources("\n".join(said)), *found.sources]),
        authors=facts.authors or tuple(dict.fromkeys(found.authors)),
        published=_published(facts, found, left_out, zone),
        tags=facts.tags,
        origin_url=facts.origin_url,
        old_paths=facts.old_paths,
        left_out=(*left_out, *([LeftOut(None, facts.picture, why("picture"))] if facts.picture else [])),
        fingerprint=fingerprint(origin_url=facts.origin_url, text="\n".join(said)),
        picture=facts.picture,
        encoding=encoding,
    )


def _parse(text: str) -> HtmlElement:
    text = _PICTURE_DATA.sub("", text)
    if len(text) > LONGEST_PAGE:
        raise TooBig(
            _("The page is longer than {limit} characters. Nothing was taken in. "
              "Pictures inside the file make pages so big: save it without them.").format(limit=f"{LONGEST_PAGE:,}")
        )  # fmt: skip
    if _has_endless_tag(text):
        raise TooBig(
            _("An element of this page has more than {limit} attributes: it is broken, or made to harm. "
              "Nothing was taken in. Save the page again.").format(limit=f"{MOST_ATTRIBUTES:,}")
        )  # fmt: skip
    # Bytes with the encoding told, so that a charset declared wrongly in the page is not believed.
    # `huge_tree`, or everything below 256 elements within one another is lost; the sizes are bounded here.
    parser = html.HTMLParser(encoding="utf-8", collect_ids=False, no_network=True, huge_tree=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError as error:
        raise NoArticle(
            _("The file begins like a page, but nothing is in it. Nothing was taken in. Save the page again.")
        ) from error
    elements = said = 0
    for element in tree.iter():
        elements += 1
        said += len(element.tail or "") + (0 if element.tag in {"script", "style"} else len(element.text or ""))
    if elements > MOST_ELEMENTS or said > LONGEST_SAID:
        raise TooBig(
            _("The page has more than {elements} elements, or more than {characters} characters of text. "
              "Nothing was taken in. Save the article's own page, not a list of everything.").format(
                elements=f"{MOST_ELEMENTS:,}", characters=f"{LONGEST_SAID:,}"
            )
        )  # fmt: skip
    _unwrap(tree)
    return tree


def _depth(tree: HtmlElement) -> int:
    depth = deepest = 0
    for event, _element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _unwrap(tree: HtmlElement) -> None:
    """Of a page that is nested deeper than anybody's, take off the elements that hold one other and nothing else."""
    if _depth(tree) <= DEEPEST:
        return
    for element in list(tree.iter(*WRAPPERS)):
        inner = element[0] if len(element) == 1 else None
        if inner is not None and not (element.text or "").strip() and not (inner.tail or "").strip():
            element.drop_tag()


def _has_endless_tag(text: str) -> bool:
    """Counted over the text, before the parser sees it; each character is looked at once."""
    at = 0
    while opened := _TAG_OPENS.search(text, at):
        at, raw = opened.end(), (opened[1] or "").lower()
        if opened[0] == "<!--":
            at = text.find("-->", at) + 3
        else:
            at, count = _end_of_tag(text, at)
            if count > MOST_ATTRIBUTES:
                return True
            if raw in {"script", "style"}:
                closed = re.compile(rf"</{raw}", re.IGNORECASE).search(text, at)
                at = closed.end() if closed else 0
        if at < opened.end():
            return False  # never closed
    return False


def _end_of_tag(text: str, at: int) -> tuple[int, int]:
    """Where the tag ends, and how many attributes it has."""
    count = 0
    while token := _IN_TAG.search(text, at):
        at = token.end()
        if token[0] == ">":
            break
        if token[1]:
            at = text.find(token[1], at) + 1
            if not at:
                return len(text), count
        else:
            count += 1
    return at if token else len(text), count


def _keep_embeds(tree: HtmlElement, base: str) -> None:
    """Frames of players and posts become paragraphs that say their address, and stay where they stood."""
    for frame in list(tree.iter("iframe"))[:MOST_EMBEDS]:
        address = web_address(frame.get("src") or frame.get("data-src") or "", base=base)
        parent = frame.getparent()
        if parent is not None and embed_host(address):
            paragraph = html.Element("p")
            paragraph.text, paragraph.tail = address, frame.tail
            parent.replace(frame, paragraph)


def _body(tree: HtmlElement, facts: Facts) -> Found:
    document = trafilatura.bare_extraction(
        deepcopy(tree),
        include_comments=False,
        include_tables=True,
        include_images=True,
        include_links=True,
        include_formatting=True,
    )
    body = getattr(document, "body", None)
    if body is None:
        return Found()
    captions = captions_of(tree, base=facts.origin_url)
    found = read_body(body, base=facts.origin_url, headline=facts.headline, captions=captions)
    _set_captions_aside(found, tree)
    return found


def _set_captions_aside(found: Found, tree: HtmlElement) -> None:
    """What the page itself marks as a caption is no paragraph of the text."""
    marked = {" ".join(words(run.text)) for run in runs_of(tree) if run.zone == "caption"}
    captions = [part for part in found.parts if part.text and " ".join(words(part.text)) in marked]
    if 2 * len(captions) > len(found.parts):
        return  # the whole text stands in something that is only named so
    found.aside += [(part.text, "caption") for part in captions]
    found.parts = [part for part in found.parts if part not in captions]


def _plain_body(tree: HtmlElement) -> Found:
    """For a page without any structure: its visible text, read as text is."""
    lines = read_lines("\n".join(run.text for run in runs_of(tree) if not run.zone and not run.linked))
    start, end = article_span(lines) or (0, 0)
    return Found(parts=[part_of(line) for line in lines[start:end] if line.kind in TEXT_KINDS])


def _is_linked(tree: HtmlElement, said: list[str]) -> bool:
    """Whether most of what would be the article is the text of links."""
    whole = f" {' '.join(' '.join(words(line)) for line in said)} "
    linked = dict.fromkeys(" ".join(words(run.text)) for run in runs_of(tree) if run.linked)
    return sum(len(text.split()) for text in linked if f" {text} " in whole) > MOST_LINKED * len(whole.split())


def _says_enough(said: list[str]) -> bool:
    return sum(max(len(words(line)), len(line) // LETTERS_A_WORD) for line in said) >= FEWEST_WORDS


def _published(facts: Facts, found: Found, left_out: tuple[LeftOut, ...], zone: tzinfo) -> datetime | None:
    if facts.published:
        return facts.published
    in_prose = (prose_date(text, zone=zone) for text in found.dates)
    return next((date for date in in_prose if date), None) or date_in_address(facts.origin_url, zone=zone)
