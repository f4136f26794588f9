"""What of a page is not in the article: every run of text, told by where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from warraq.intake.clean import whole_line
from warraq.intake.material import LeftOut
from warraq.intake.readers.dates import is_date_line
from warraq.intake.readers.furniture import furniture, why
from warraq.intake.readers.page_facts import signed_by
from warraq.language.messages import gettext as _
from warraq.language.normalise import words
from warraq.language.reading import excerpt

LONGEST_ENTRY: Final = 240
"""Characters; neighbours of one kind are listed together up to this."""

MOST_ENTRIES: Final = 2000
LONGEST_LISTED: Final = 3000
"""Characters of one run: enough to know it by."""

LONGEST_SEARCHED: Final = 300_000
"""Characters of an article that runs are looked for in: the time is this by their number."""

SURE_WORDS: Final = 6
"""A run of so many words that the article says too is the article's own."""

_UNSEEN: Final = frozenset(
    {"script", "style", "noscript", "template", "head", "iframe", "object", "embed", "svg", "canvas"}
)
_FRAMES: Final = ("script", "iframe", "object", "embed")
_INLINE: Final = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins",
     "kbd", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
     "wbr")
)  # fmt: skip
_BY_TAG: Final = {
    "nav": "nav", "footer": "footer", "aside": "aside", "form": "form", "button": "form", "select": "form",
    "textarea": "form", "figcaption": "caption",
}  # fmt: skip
_BY_NAME: Final = (
    ("comments", re.compile(r"comment|disqus|respond", re.I)),
    ("tool", re.compile(r"share|social|print|addtoany|sharing", re.I)),
    ("nav", re.compile(r"\bnav|menu|breadcrumb|pagination|\btags?\b", re.I)),
    ("footer", re.compile(r"footer|copyright", re.I)),
    ("header", re.compile(r"site-?header|page-?header|top-?bar|masthead|logo", re.I)),
    ("aside", re.compile(r"related|sidebar|widget|most-?(?:read|view)|popular|latest|ticker|recommend", re.I)),
    ("ad", re.compile(r"\bads?\b|advert|banner|sponsor", re.I)),
    ("caption", re.compile(r"caption|\bimg-?cap\b|photo-?desc", re.I)),
)


@dataclass(frozen=True)
class Run:
    """Text between two block boundaries."""

    text: str
    line: int
    zone: str
    """Kind of the innermost part of the page that tells one; empty for none."""
    parent: int
    """Number of the block that it stands in."""
    linked: bool
    """All of it is links."""


def rest_of_page(
    tree: HtmlElement, *, article: list[str], aside: list[tuple[str, str]], headline: str
) -> tuple[LeftOut, ...]:
    """`article`: its paragraphs; `aside`: (text, kind) of what its body held and does not keep."""
    runs = list(runs_of(tree))
    said = Counter(key for line in (*article, headline) if (key := _key(line)))
    kinds = {_key(text): kind for text, kind in aside}
    folded = [_key(run.text) for run in runs]
    own = _own(runs, folded, said)
    first = next((at for at, mine in enumerate(own) if mine), len(runs))
    parents = {run.parent for run, mine, text in zip(runs, own, folded, strict=True) if mine and _is_long(text)}
    left = [
        (run, _kind_of(run, text, kinds, headline, inside=run.parent in parents, before=at < first))
        for at, (run, text, mine) in enumerate(zip(runs, folded, own, strict=True))
        if text and not mine
    ]
    page = f" {' '.join(folded)} "[:LONGEST_SEARCHED]  # a caption may be several runs, each listed above
    others = [(text, kind) for text, kind in aside if _key(text) in kinds]
    others = [(text, kind) for text, kind in others if kind != "caption" or f" {_key(text)} " not in page]
    entries = [*_together(left), *(LeftOut(None, text, why(kind)) for text, kind in others)]
    return (*entries[:MOST_ENTRIES], *_not_listed(len(entries) - MOST_ENTRIES), *_frames(tree))


def _own(runs: list[Run], folded: list[str], said: Counter[str]) -> list[bool]:
    """Which runs are the article's. It says each of its words once: what a page says twice, in a caption and in a
    paragraph, is the article's in the one place only."""
    whole: list[bool] = []
    for text in folded:
        whole.append(said[text] > 0)
        said[text] -= whole[-1]
    rest = f" {' / '.join(said.elements())} "[:LONGEST_SEARCHED]
    own = list(whole)
    parents = {run.parent for run, mine, text in zip(runs, own, folded, strict=True) if mine and _is_long(text)}
    for sure in (True, False):
        for at, text in enumerate(folded):
            looked_for = text and not own[at] and (_is_long(text) if sure else runs[at].parent in parents)
            if looked_for and f" {text} " in rest:
                rest = rest.replace(f" {text} ", " / ", 1)
                own[at] = True
                parents |= {runs[at].parent} if sure else set()
    return own


def _key(text: str) -> str:
    return " ".join(words(text))


def _not_listed(count: int) -> Iterator[LeftOut]:
    if count > 0:
        yield LeftOut(None, str(count), _("So many more pieces of the page, not listed."))


def _frames(tree: HtmlElement) -> Iterator[LeftOut]:
    counts = [(tag, sum(1 for _element in tree.iter(tag))) for tag in _FRAMES]
    if any(count for _tag, count in counts):
        yield LeftOut(None, ", ".join(f"{tag} × {count}" for tag, count in counts if count), why("frame"))


def _is_long(text: str) -> bool:
    return text.count(" ") >= SURE_WORDS - 1


def runs_of(tree: HtmlElement) -> Iterator[Run]:
    """Every run of text in order, one pass over the tree."""
    zones: list[str] = []
    parents = [0]
    text: list[str] = []
    line = free = unseen = links = blocks = 0

    def flush() -> Iterator[Run]:
        nonlocal free
        said = whole_line("".join(text))
        if any(c.isalnum() for c in said):
            zone = next((zone for zone in reversed(zones) if zone), "")
            yield Run(said, line, zone, parents[-1], linked=free == 0)
        text.clear()
        free = 0

    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"}:
            if not unseen and element.tail:
                text.append(element.tail)
                free += 0 if links else len(element.tail.strip())
            continue
        tag = element.tag
        is_block = tag not in _INLINE or (tag == "span" and _zone(element) == "caption")
        if event == "start":
            unseen += tag in _UNSEEN
            links += tag == "a"
            if is_block:
                yield from flush()
                zones.append(_zone(element))
                blocks += 1
                parents.append(blocks)
            if not unseen and element.text:
                line = line if text else element.sourceline or 0
                text.append(element.text)
                free += 0 if links else len(element.text.strip())
        else:
            if is_block:
                yield from flush()
                zones.pop()
                parents.pop()
            unseen -= tag in _UNSEEN
            links -= tag == "a"
            if not unseen and element.tail:
                line = line if text else element.sourceline or 0
                text.append(element.tail)
                free += 0 if links else len(element.tail.strip())


def _zone(element: HtmlElement) -> str:
    if element.tag in _BY_TAG:
        return _BY_TAG[element.tag]
    if element.tag in {"html", "body", "article", "main"}:
        return ""
    name = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    return next((kind for kind, pattern in _BY_NAME if pattern.search(name)), "") if name.strip() else ""


def _kind_of(run: Run, text: str, kinds: dict[str, str], headline: str, *, inside: bool, before: bool) -> str:
    if kind := kinds.pop(text, ""):
        return kind
    return "title" if text == _key(headline) else _kind(run, inside=inside, before=before)


def _kind(run: Run, *, inside: bool, before: bool) -> str:
    kind = furniture(run.text)
    if kind and not (run.zone and kind in {"menu", "number"}):
        return kind
    if run.zone:
        return run.zone
    if is_date_line(run.text):
        return "clock"
    if signed_by(run.text):
        return "byline"
    if run.linked:
        return "headline" if len(words(run.text)) > 3 else "links"
    return "doubt" if inside else "before" if before else "after"


def _together(left: list[tuple[Run, str]]) -> Iterator[LeftOut]:
    """Neighbours of one kind as one entry."""
    open_kind, open_line, texts = "", 0, [""]
    for run, kind in left:
        joined = " · ".join([*texts, run.text])
        if kind == open_kind and len(joined) <= LONGEST_ENTRY:
            texts.append(run.text)
            continue
        if open_kind:
            yield LeftOut(open_line or None, " · ".join(texts), why(open_kind))
        open_kind, open_line, texts = kind, run.line, [excerpt(run.text, LONGEST_LISTED)]
    if open_kind:
        yield LeftOut(open_line or None, " · ".join(texts), why(open_kind))
