"""The article's body out of what trafilatura takes for it: its XML (p, head, list, quote, table, graphic, hi, ref, lb)
as parts, with what is no part of the text set aside by kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from warraq.intake.clean import as_html, as_text, safe_html, web_address, whole_line
from warraq.intake.material import Piece
from warraq.intake.readers.body import Part
from warraq.intake.readers.dates import is_date_line
from warraq.intake.readers.furniture import furniture
from warraq.intake.readers.lines import byline, line_kind
from warraq.intake.readers.sources import signature, source_line
from warraq.language.normalise import words

MOST_WORDS_OF_A_CAPTION: Final = 25
MOST_WORDS_OF_A_BOLD_HEADING: Final = 14
MOST_COLUMNS: Final = 20
MOST_ROWS: Final = 500

EMBEDS: Final = (
    "youtube.com", "youtube-nocookie.com", "youtu.be", "twitter.com", "x.com", "facebook.com", "instagram.com",
    "t.me", "tiktok.com", "vimeo.com", "soundcloud.com", "dailymotion.com",
)  # fmt: skip
"""Hosts of players and posts that stay in the text, as links."""

_BUTTON: Final = re.compile(r"/plugins/|/widgets/|button|/shar(?:e|er)\b|like\.php|follow", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?://\S{4,2000}")
_BREAK: Final = "\x1f"
"""A line break while a paragraph is put together; no page's text holds it, controls being gone."""

_BREAKS: Final = re.compile(rf"((?: ?{_BREAK})+)")
_STRONG: Final = re.compile(r"<strong>((?:(?!</?strong>).)*)</strong>")
_ONLY_LINK: Final = re.compile(r'(?:<strong>)?<a href="([^"]*)">((?:(?!</a>).)*)</a>(?:</strong>)?')
_ORNAMENT: Final = re.compile(r"icon|logo|pixel|spacer|blank|avatar|emoji|loading|placeholder", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]{0,300}>")
_SPACE: Final = re.compile(r"[^\S\x1f]+")


@dataclass
class Found:
    """A body's parts, and what was met on the way."""

    parts: list[Part] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)
    """(text, kind) of what is no text of the article."""
    dates: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


def read_body(body: etree._Element, *, base: str, headline: str, captions: Mapping[str, str]) -> Found:
    """`base` is the page's address, for links and pictures; `headline` is not said again; `captions` by address."""
    found = Found()
    title = words(headline)
    for element in body:
        parts = [_captioned(part, captions) for part in _parts(element, base)]
        _place_all(found, parts, title=title, base=base)
        if element.tail and element.tail.strip():
            _place_all(found, [_paragraph(as_html(element.tail))], title=title, base=base)
    return found


def _place_all(found: Found, parts: list[Part], *, title: list[str], base: str) -> None:
    """One element's parts; where all its text goes aside («تابعونا على …» beside an icon), its pictures go too."""
    start, aside, texts = len(found.parts), len(found.aside), sum(1 for part in parts if part.text)
    for part in parts:
        _place(found, part, title=title, base=base)
    if texts and len(found.aside) - aside == texts:
        images = [part.ready.value["url"] for part in found.parts[start:] if part.ready]
        found.aside += [(url, "picture") for url in images]
        del found.parts[start:]


def _parts(element: etree._Element, base: str) -> Iterator[Part]:
    tag = element.tag
    if tag == "head":
        yield Part(whole_line("".join(element.itertext())), "heading")
    elif tag == "list":
        yield from _points(element, base)
    elif tag == "table":
        yield from _table(element)
    elif tag == "graphic":
        yield from _image(element, base)
    elif tag == "quote":
        yield from _quote(element, base)
    elif isinstance(tag, str):
        for graphic in element.iter("graphic"):
            yield from _image(graphic, base)
        for markup in _lines(_inline(element, base)):
            yield _paragraph(markup)


def _inline(element: etree._Element, base: str) -> str:
    """Inner content as HTML, line breaks as _BREAK; deeper than any real text is nested, it is flattened."""
    pieces = [as_html(element.text or "")]
    for child in element:
        inner = _inline(child, base) if child.tag not in {"lb", "graphic"} else ""
        if child.tag == "lb":
            pieces.append(_BREAK)
        elif child.tag == "hi" and inner.strip(f" {_BREAK}\n\t"):
            mark = {"#b": "strong", "#i": "em"}.get(child.get("rend", ""))
            pieces.append(f"<{mark}>{inner}</{mark}>" if mark and _BREAK not in inner else inner)
        elif child.tag == "ref":
            address = web_address(child.get("target") or "", base=base)
            whole = address and inner.strip() and _BREAK not in inner
            pieces.append(f'<a href="{as_html(address)}">{inner}</a>' if whole else inner)
        elif child.tag in {"p", "item", "row", "cell", "head", "quote"}:
            pieces.append(f"{_BREAK}{_BREAK}{inner}{_BREAK}{_BREAK}")
        else:
            pieces.append(inner)
        pieces.append(as_html(child.tail or ""))
    return "".join(pieces)


def _lines(markup: str) -> Iterator[str]:
    """Paragraphs of one element: parted by two breaks, or by one after a full stop; other breaks stay as <br>."""
    kept = ""
    for run in _BREAKS.split(_SPACE.sub(" ", markup)):
        breaks = run.count(_BREAK)
        if not breaks:
            kept += run
        elif breaks > 1 or _TAG.sub("", kept[-300:]).rstrip()[-1:] in {".", "؟", "!", ":", '"', "»", ""}:
            yield kept
            kept = ""
        else:
            kept = f"{kept.rstrip()}<br>"
    yield kept.removesuffix("<br>")


def _paragraph(markup: str) -> Part:
    html = safe_html(whole_line(markup))
    text = as_text(html)
    bold = _STRONG.fullmatch(html)
    if bold:  # all of it: a sub-heading, or a lede that the old site set in bold
        html = bold[1]
        if len(words(text)) <= MOST_WORDS_OF_A_BOLD_HEADING and not text.endswith((".", "،", "؛")):
            return Part(text, "heading")
    return Part(text, line_kind(text), html="" if html == as_html(text) else html)


def _points(element: etree._Element, base: str) -> Iterator[Part]:
    ordered = element.get("rend") == "ol"
    for item in element.iter("item"):
        html = safe_html(whole_line(_inline(item, base).replace(_BREAK, " ")))
        text = as_text(html)
        if text:
            yield Part(text, "point", html="" if html == as_html(text) else html, ordered=ordered)


def _table(element: etree._Element) -> Iterator[Part]:
    """A table of two columns or more; of one, its cells as paragraphs: it only held the layout."""
    rows = [[whole_line("".join(cell.itertext())) for cell in row.iter("cell")] for row in element.iter("row")]
    rows = [row[:MOST_COLUMNS] for row in rows[:MOST_ROWS] if any(row)]
    width = max((len(row) for row in rows), default=0)
    if width < 2:
        yield from (_paragraph(as_html(cell)) for row in rows for cell in row if cell)
        return
    rows = [row + [""] * (width - len(row)) for row in rows]
    headed = any(cell.get("role") == "head" for cell in next(element.iter("row")).iter("cell"))
    head, rest = (rows[0], rows[1:]) if headed and len(rows) > 1 else ([""] * width, rows)
    value = {"caption": "", "head": tuple(head), "rows": tuple(tuple(row) for row in rest)}
    yield Part(" ".join(cell for row in rows for cell in row), "ready", ready=Piece("table", value))


def _image(element: etree._Element, base: str) -> Iterator[Part]:
    url = web_address(element.get("src") or "", base=base)
    alt = whole_line(element.get("alt") or element.get("title") or "")
    if url and not _ORNAMENT.search(url.rpartition("/")[2]):
        yield Part("", "ready", ready=Piece("image", {"url": url, "alt": alt[:300], "caption": ""}))


def _quote(element: etree._Element, base: str) -> Iterator[Part]:
    """A block quotation; «— فلان» in its last line is the speaker."""
    said = [as_text(safe_html(line)) for line in _lines(_inline(element, base))]
    said = [line for line in said if line]
    speaker = ""
    if len(said) > 1 and said[-1].startswith(("—", "–", "- ")) and len(said[-1].split()) <= 10:
        speaker = said.pop().lstrip("—–- ")[:160]
    for line in said:
        value = {"text": line.strip('"«»“”'), "speaker": speaker, "source": ""}
        yield Part(line, "ready", ready=Piece("quotation", value))


def _place(found: Found, part: Part, *, title: list[str], base: str) -> None:
    """Into the body, or aside."""
    text = part.text
    if not text and not part.ready:
        return
    if text and words(text) == title:
        return  # it is the headline
    if part.kind in {"prose", "medium", "short", "heading"} and (kind := _no_text(found, part, base)):
        found.aside.append((text, kind))
    elif _is_caption(found, part):
        _caption(found, text)
    elif link := _embed(part):
        found.parts.append(link)
    else:
        found.parts.append(part)


def _no_text(found: Found, part: Part, base: str) -> str:
    """Kind of what a paragraph is instead; what it says of the article is kept."""
    text = part.text
    if is_date_line(text):
        found.dates.append(text)
        return "date"
    if len(words(text)) <= 12 and (name := byline(text)):
        found.authors.append(name)
        return "byline"
    kind = furniture(text)
    if kind and not (kind == "menu" and part.kind == "heading"):
        return kind
    if names := source_line(text):
        found.sources += names
        return "source"
    found.sources += signature(text)
    only = _ONLY_LINK.fullmatch(part.html)
    same_host = only and urlsplit(only[1]).hostname == urlsplit(base).hostname
    return "headline" if only and (same_host or not base) and not text.endswith(".") else ""


def _is_caption(found: Found, part: Part) -> bool:
    above = found.parts[-1].ready if found.parts else None
    if above is None or above.kind != "image" or above.value["caption"] or part.html:
        return False
    return part.kind in {"short", "medium"} and len(words(part.text)) <= MOST_WORDS_OF_A_CAPTION


def _caption(found: Found, text: str) -> None:
    image: dict[str, Any] = found.parts[-1].ready.value  # type: ignore[union-attr]
    found.parts[-1] = Part("", "ready", ready=Piece("image", {**image, "caption": text}))


def _embed(part: Part) -> Part | None:
    """A paragraph that is nothing but the address of a player or a post, as a link card."""
    only = _ONLY_LINK.fullmatch(part.html)
    address = only[1] if only else part.text
    host = embed_host(address)
    if not host or (only and part.text.endswith(".")):
        return None
    title = host if part.text.startswith("http") else part.text
    return Part(part.text, "ready", ready=Piece("link", {"title": title, "url": address, "host": host, "text": ""}))


def embed_host(address: str) -> str:
    """The host of a player's or a post's address, `www.` aside; empty for any other text."""
    if not _ADDRESS.fullmatch(address):
        return ""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    known = any(host == one or host.endswith(f".{one}") for one in EMBEDS)
    return host if known and not _BUTTON.search(address) else ""


def captions_of(tree: HtmlElement, *, base: str) -> dict[str, str]:
    """What stands under each picture of a figure."""
    captions = {}
    for figure in tree.iter("figure"):
        text = whole_line(" ".join(caption.text_content() for caption in figure.iter("figcaption"))[:2000])
        for image in figure.iter("img"):
            captions[web_address(image.get("src") or "", base=base)] = text[:300]
    return captions


def _captioned(part: Part, captions: Mapping[str, str]) -> Part:
    caption = captions.get(part.ready.value["url"]) if part.ready and part.ready.kind == "image" else ""
    if not caption or not part.ready:
        return part
    return Part("", "ready", ready=Piece("image", {**part.ready.value, "caption": caption}))
