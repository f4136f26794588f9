"""A saved page's text: plain lines, the article somewhere among menus, rankings and other stories' headlines."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Final

from warraq.intake.clean import old_path, web_address
from warraq.intake.errors import NoArticle, TooBig
from warraq.intake.material import LeftOut, Material, fingerprint
from warraq.intake.readers.body import assemble, part_of
from warraq.intake.readers.dates import prose_date
from warraq.intake.readers.furniture import why
from warraq.intake.readers.headlines import LONGEST_HEADLINE, bare_title, overlap, propose_headline, roots
from warraq.intake.readers.lines import MOST_LINES, TEXT_KINDS, Line, address_in, article_span, byline, read_lines
from warraq.intake.readers.sources import each_once, find_sources, signature, source_line
from warraq.language.messages import gettext as _
from warraq.language.normalise import words

LONGEST_TEXT: Final = 1_000_000
"""Characters; a saved page's text is rarely over a twentieth of it."""

FEWEST_WORDS: Final = 20
"""An article has at least so many."""

MOST_RELATED: Final = 20
"""Other headlines under one «اقرأ أيضاً», at most."""

NEAR: Final = 12
"""A headline, a date or a byline stands at most so many lines above the text."""

HEADLINE_LINES: Final = 8
"""The beginning of the text that a headline is compared with, in lines."""

LIKE: Final = 0.6
"""Share of a headline's words in the text above which it is this article's, wherever it stands."""

LIKE_NEARBY: Final = 0.5
LIKE_ABOVE: Final = 0.25


@dataclass
class _Draft:
    """What is gathered on the way down the page."""

    headline: str = ""
    authors: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    address: str = ""
    text: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def leave(self, line: Line, kind: str) -> None:
        self.left_out.append(LeftOut(line.number, line.text, why(kind)))


def read_text(text: str, *, zone: tzinfo, encoding: str = "utf-8") -> Material:
    """The article in a saved page's text. Every line is in the article, or is listed as left out with the reason."""
    if len(text) > LONGEST_TEXT:
        raise TooBig(
            _("The text is longer than {limit} characters: no page of a newspaper is. Nothing was taken in. "
              "Cut it into one file an article.").format(limit=f"{LONGEST_TEXT:,}")
        )  # fmt: skip
    lines = read_lines(text)
    if len(lines) > MOST_LINES:
        raise TooBig(
            _("The text has more than {limit} lines: no page of a newspaper has. Nothing was taken in. "
              "Cut it into one file an article.").format(limit=f"{MOST_LINES:,}")
        )  # fmt: skip
    span = article_span(lines)
    if span is None or sum(line.size for line in lines[span[0] : span[1]] if line.kind == "prose") < FEWEST_WORDS:
        raise NoArticle(
            _("No article was found: no paragraphs stand together among the lines. Nothing was taken in. "
              "Save the page as HTML, or put the article's text alone into the file.")
        )  # fmt: skip
    draft = _Draft()
    own = _own_headline(lines, span)
    _go_through(draft, lines, span, own)
    return _material(draft, zone=zone, encoding=encoding)


def _own_headline(lines: list[Line], span: tuple[int, int]) -> int | None:
    """Index of the line that is the article's headline; None where the page's text has none."""
    start = span[0]
    if _stands_over(lines, start):
        return 0
    said = roots(" ".join(line.text for line in lines[start : start + HEADLINE_LINES]))
    best, found, between = 0.0, None, False
    for at in range(start - 1, -1, -1):
        line = lines[at]
        if line.kind not in {"short", "medium", "prose"} or line.size < 3 or len(line.text) > LONGEST_HEADLINE:
            continue
        near = not line.bullet and start - at <= NEAR
        sure = near and (line.marked or _signed_below(lines, at, start))
        likeness = overlap(bare_title(line.text), said) + (1 if sure else 0)
        needed = LIKE if not near else LIKE_NEARBY if between else LIKE_ABOVE
        if likeness >= needed and likeness > best:
            best, found = likeness, at
        between = True
    return found


def _stands_over(lines: list[Line], start: int) -> bool:
    """Whether the file begins with one line, a blank one, and the text: that line is its headline, whatever it says."""
    if start != 1 or lines[0].bullet or lines[1].number - lines[0].number < 2:
        return False
    return (
        lines[0].kind in {"short", "medium", "prose"} and lines[0].size > 1 and len(lines[0].text) <= LONGEST_HEADLINE
    )


def _signed_below(lines: list[Line], at: int, start: int) -> bool:
    """Whether nothing but the article's date, its byline and buttons stand between this line and its text."""
    between = {line.kind for line in lines[at + 1 : start]}
    return bool(between & {"date", "byline"}) and between <= {"date", "byline", "tool", "count", "ad", "number"}


def _go_through(draft: _Draft, lines: list[Line], span: tuple[int, int], own: int | None) -> None:
    start, end = span
    if own is not None:
        draft.headline = bare_title(lines[own].text)[:LONGEST_HEADLINE]
    for at, line in enumerate(lines):
        if at == own:
            continue
        if draft.headline and words(line.text) == words(draft.headline):
            draft.leave(line, "title")
        elif start <= at < end:
            _inside(draft, lines, at)
        else:
            _outside(draft, line, before=at < start, near=-NEAR <= at - start < 0 or 0 <= at - end < 4)


def _inside(draft: _Draft, lines: list[Line], at: int) -> None:
    line = lines[at]
    if line.kind in {"byline", "source", "url", "date"}:
        _note(draft, line)
    elif line.kind == "menu" and not line.bullet:
        draft.text.append(replace(line, kind="short"))  # «اقتصاد» between two paragraphs heads the second
    elif line.kind in TEXT_KINDS:
        if _follows_related(lines, at):
            draft.leave(line, "headline")
        else:
            draft.text.append(line)
    else:
        draft.leave(line, line.kind)


def _follows_related(lines: list[Line], at: int) -> bool:
    """Whether the line stands under «اقرأ أيضاً», with nothing but other headlines between."""
    if lines[at].kind not in {"short", "medium"}:
        return False
    top = max(0, at - MOST_RELATED)
    while at > top and lines[at].kind in {"short", "medium"}:
        at -= 1
    return lines[at].kind in {"related", "more"} and lines[at].size <= 4


def _outside(draft: _Draft, line: Line, *, before: bool, near: bool) -> None:
    if line.kind in {"byline", "source", "url"} or (line.kind == "date" and near):
        _note(draft, line)
    elif line.kind == "date":
        draft.leave(line, "clock")
    elif line.kind in TEXT_KINDS:
        looks_like_one = line.bullet or (line.size > 3 and line.kind != "prose")
        draft.leave(line, "headline" if looks_like_one else "before" if before else "after")
    else:
        draft.leave(line, line.kind)


def _note(draft: _Draft, line: Line) -> None:
    """A line that says something about the article: kept in its field, and listed."""
    if line.kind == "byline":
        draft.authors.append(byline(line.text))
    elif line.kind == "source":
        draft.sources += source_line(line.text)
    elif line.kind == "url":
        draft.address = draft.address or web_address(address_in(line.text))
    else:
        draft.dates.append(line.text)
    draft.leave(line, line.kind)


def _material(draft: _Draft, *, zone: tzinfo, encoding: str) -> Material:
    lede, body = assemble([part_of(line) for line in draft.text])
    all_text = "\n".join(line.text for line in draft.text)
    signed = [name for line in draft.text if line.kind == "signature" for name in signature(line.text)]
    return Material(
        headline=draft.headline or propose_headline(draft.text[0].text),
        headline_proposed=not draft.headline,
        kicker="",
        standfirst=lede,
        body=body,
        sources=each_once([*find_sources(all_text), *signed, *draft.sources]),
        authors=tuple(dict.fromkeys(draft.authors)),
        published=next((date for text in draft.dates if (date := prose_date(text, zone=zone))), None),
        tags=(),
        origin_url=draft.address,
        old_paths=(old_path(draft.address),) if old_path(draft.address) else (),
        left_out=tuple(draft.left_out),
        fingerprint=fingerprint(origin_url=draft.address, text=all_text),
        encoding=encoding,
    )
