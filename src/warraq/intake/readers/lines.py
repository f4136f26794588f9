"""The lines of a saved page's text, each with what it looks like, and the run of them that is the article."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from warraq.intake.clean import whole_line
from warraq.intake.readers.dates import is_date_line
from warraq.intake.readers.furniture import furniture
from warraq.intake.readers.sources import signature, source_line
from warraq.language.normalise import words

MOST_LINES: Final = 20_000

PROSE_WORDS: Final = 22
"""A line of so many words is a paragraph, however it ends."""

SENTENCE_WORDS: Final = 6
"""A line of so many words with a full stop is a paragraph."""

QUESTION_WORDS: Final = 16
"""A line of so many words that ends as a headline may end too is a paragraph."""

SHORT_WORDS: Final = 9
"""A line of no more words may be a sub-heading."""

MOST_WORTH: Final = 60
"""What one paragraph counts for at most: one endless line must not outweigh everything."""

_BULLET: Final = re.compile(r"\s*(?:[-–—•·▪►●○*‣»]|\d{1,2}[.)])\s+(?=\S)")
_NUMBERED: Final = re.compile(r"\s*\d{1,2}[.)]\s")
_MARKED: Final = re.compile(r"\s*#{1,6}\s+(?=\S)")
_COLUMNS: Final = re.compile(r"(?<=\S)(?:[ \u00a0]{4,}|\t+)(?=\S)")
_URL: Final = re.compile(r"(?:[^\W\d_]{2,12}\s*:\s*)?(https?://\S{4,2000})")
_BYLINE: Final = re.compile(
    r"(?:كتب|كتبت|بقلم|إعداد|تقرير|ترجمة|حاوره|حاورته|تحقيق|by)\s*(?:[-–:/ـ]\s*|(?<=بقلم)\s|(?<=by)\s)\s*(.{3,80}?)\s*[:.]?",
    re.IGNORECASE,
)
_TEXT: Final = frozenset({"prose", "medium", "short"})
TEXT_KINDS: Final = _TEXT | {"point", "signature"}
"""Kinds of lines that are an article's words where they stand inside it."""

_STOPS: Final = (".", ":", "؛", '."', ".»", ".”", ".)")
_OTHER_ENDS: Final = tuple('؟?!…"»”)]')
ENOUGH: Final = 40
"""Worth of a run that is an article already: what stands below the readers' comments is then no part of it."""

_WORTH: Final = {
    "rank": -10, "menu": -8, "comments": -60, "related": -12, "more": -40, "legal": -20, "follow": -6, "signature": 2,
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    number: int
    """From 1, in the file."""
    text: str
    """Without bullet or mark, spaces collapsed."""
    kind: str
    """prose, medium, short, point (of a list that a colon opened), signature (of an agency), date, byline, source,
    url, or a kind of `furniture`."""
    bullet: str = ""
    """How the line was marked as a point of a list: empty, `-` or `1`."""
    marked: bool = False
    """Written with # as a heading."""
    size: int = 0
    """Words."""


def read_lines(text: str) -> list[Line]:
    """Every line that is not blank, up to one more than MOST_LINES; one that holds several things side by side gives a
    line for each."""
    found: list[Line] = []
    for number, raw in enumerate(text.splitlines(), 1):
        if len(found) > MOST_LINES:
            break
        for part in _COLUMNS.split(raw.strip(), MOST_LINES):
            line = _line(number, part)
            if line and found and line.kind in {"short", "medium"} and _goes_on(found[-1], line):
                line = replace(line, kind="point")
            found += [line] if line else []
    return found


def _goes_on(above: Line, line: Line) -> bool:
    """Whether the line is a point of a list that a colon opened above."""
    if above.kind == "point":
        return above.bullet == line.bullet
    return above.kind in _TEXT and not above.bullet and above.size > 2 and above.text.endswith(":")


def _line(number: int, raw: str) -> Line | None:
    bullet, mark = _BULLET.match(raw), _MARKED.match(raw)
    start = bullet or mark
    text = whole_line(raw[start.end() :] if start else raw)
    if not text:
        return None
    size = len(words(text))
    sign = "" if not bullet else "1" if _NUMBERED.match(raw) else "-"
    return Line(number, text, _kind(text, size, bullet=bool(sign)), sign, mark is not None, size)


def _kind(text: str, size: int, *, bullet: bool) -> str:
    if _URL.fullmatch(text):
        return "url"
    if is_date_line(text):
        return "date"
    if size <= 12 and byline(text):
        return "byline"
    if kind := furniture(text):
        return kind
    if source_line(text):
        return "source"
    if signature(text):
        return "signature"
    return line_kind(text, bullet=bullet)


def line_kind(text: str, *, bullet: bool = False) -> str:
    """prose, medium or short, of a line that is nothing else."""
    size, stops = len(words(text)), text.endswith(_STOPS)
    enough = SENTENCE_WORDS if stops else QUESTION_WORDS if text.endswith(_OTHER_ENDS) else PROSE_WORDS
    if size >= enough and (stops or not bullet):
        return "prose"
    return "short" if size <= SHORT_WORDS else "medium"


def byline(text: str) -> str:
    """The name in «كتب - محمد علي:» or «بقلم: محمد علي»; empty where the line is no such line."""
    match = _BYLINE.fullmatch(text)
    name = match[1].strip(" -–:/ـ،") if match else ""
    return name if 0 < len(name.split()) <= 5 else ""


def address_in(text: str) -> str:
    match = _URL.fullmatch(text)
    return match[1] if match else ""


def article_span(lines: list[Line]) -> tuple[int, int] | None:
    """First and one past the last line of the article: the run worth most, paragraphs counting for it and menus against
    it (Kadane's maximum subarray). None where there is no paragraph at all."""
    best = total = start = 0
    span = None
    for at, line in enumerate(lines):
        if line.kind == "comments" and best >= ENOUGH:
            break
        if total <= 0:
            total, start = 0, at
        total += _worth(lines, at)
        if total > best and line.kind in {"prose", "medium", "point", "signature"}:
            best, span = total, (start, at + 1)
    return span and (_signed_start(lines, span[0]), span[1])


def _signed_start(lines: list[Line], start: int) -> int:
    """Up over lines without a full stop to the date or byline that stands above them: the text begins below it."""
    at = start
    while at and lines[at - 1].kind == "medium" and not lines[at - 1].bullet:
        at -= 1
    return at if at and lines[at - 1].kind in {"date", "byline"} else start


def _worth(lines: list[Line], at: int) -> int:
    line = lines[at]
    if line.kind == "prose":
        return min(line.size, MOST_WORTH) // (2 if line.bullet else 1)
    if line.kind == "point":
        return max(3, line.size // 3)
    if line.bullet:
        return _WORTH.get(line.kind, -6)
    if line.kind == "medium" and at and _is_text(lines[at - 1]):
        ends_the_text = "،" in line.text or line.size >= QUESTION_WORDS
        return line.size // 3 if ends_the_text or (at + 1 < len(lines) and _is_text(lines[at + 1])) else -2
    return _WORTH.get(line.kind, -2)


def _is_text(line: Line) -> bool:
    return line.kind == "prose" and not line.bullet
