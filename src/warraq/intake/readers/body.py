"""A body put together from parts: which is the lede, which head others, which are somebody's own words."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from warraq.intake.clean import as_html, as_text
from warraq.intake.errors import TooBig
from warraq.intake.material import Piece
from warraq.intake.readers.lines import Line
from warraq.intake.readers.quotations import Quotation, split_quotation
from warraq.language.messages import gettext as _

LONGEST_STANDFIRST: Final = 600
"""Characters; the newsroom's field. A longer lede stays the first paragraph."""

SHORTEST_STANDFIRST_WORDS: Final = 8

LONGEST_HEADING: Final = 90
"""Characters of a line that may be a sub-heading without being marked as one."""

MOST_PARTS: Final = 3000
"""Of one article; no more than that could be edited."""

MOST_QUOTATIONS: Final = 200
REMEMBERED: Final = 60
"""Paragraphs above that may tell who a speaker is."""

LONGEST_MARKED_HEADING: Final = 160
"""Characters; the newsroom's field. A longer one becomes a paragraph."""

_ENDS_A_SENTENCE: Final = tuple('.،…"»”):؛')


@dataclass(frozen=True)
class Part:
    """A paragraph or a block on its way into a body."""

    text: str
    kind: str = "prose"
    """prose, medium (a paragraph without a full stop), short (may be a sub-heading), heading, point, or ready."""
    html: str = ""
    """The same with its links and emphasis; empty where it has none."""
    ordered: bool = False
    """Of a point: the list is numbered."""
    ready: Piece | None = None


def part_of(line: Line) -> Part:
    """A line of plain text."""
    if line.bullet:
        return Part(line.text, "point", ordered=line.bullet == "1")
    return Part(line.text, "heading" if line.marked else "medium" if line.kind in {"point", "signature"} else line.kind)


def assemble(parts: list[Part]) -> tuple[str, tuple[Piece, ...]]:
    """The standfirst, empty where the lede has to stay in the body, and the body."""
    if len(parts) > MOST_PARTS:
        raise TooBig(
            _("The article has more than {limit} paragraphs. Nothing was taken in. "
              "Divide it into several files.").format(limit=f"{MOST_PARTS:,}")
        )  # fmt: skip
    lede = _lede(parts)
    body = _Body(said=[parts[lede].text] if lede is not None else [])
    rest = [part for at, part in enumerate(parts) if at != lede]
    for at, part in enumerate(rest):
        if part.kind == "point":
            body.point(part)
        elif part.ready:
            body.add(part.ready)
        elif _is_heading(rest, at):
            body.add(Piece("heading", {"text": part.text}))
        else:
            body.paragraph(part)
    return (parts[lede].text if lede is not None else ""), tuple(body.pieces)


def text_of(pieces: Iterable[Piece]) -> list[str]:
    """The plain words of every piece, in order. A picture has none: it is not fetched, nor is its caption kept."""
    said: list[str] = []
    for piece in pieces:
        value = piece.value
        if piece.kind == "paragraph":
            said.append(as_text(value["html"]))
        elif piece.kind == "list":
            said += [as_text(item) for item in value["items"]]
        elif piece.kind == "table":
            said += [value["caption"], *value["head"], *(cell for row in value["rows"] for cell in row)]
        elif piece.kind != "image":
            said += [value[name] for name in ("text", "title") if name in value]
    return [line for line in said if line]


class _Body:
    """Pieces as they come; what was said so far tells who a speaker is."""

    def __init__(self, *, said: list[str]) -> None:
        self.pieces: list[Piece] = []
        self.said = deque(said, maxlen=REMEMBERED)
        self.quotations = 0
        self.last: Quotation | None = None
        self.points: tuple[bool, list[str]] | None = None

    def add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.last, self.points = None, None

    def point(self, part: Part) -> None:
        item = part.html or as_html(part.text)
        if self.points and self.points[0] == part.ordered:
            self.points[1].append(item)
        else:
            self.points = (part.ordered, [item])
            self.pieces.append(Piece("list", {}))
        self.pieces[-1] = Piece("list", {"items": tuple(self.points[1]), "ordered": part.ordered})
        self.last = None

    def paragraph(self, part: Part) -> None:
        quotation = None
        if not part.html and self.quotations < MOST_QUOTATIONS:
            quotation = split_quotation(part.text, earlier=tuple(self.said), just_above=self.last)
        if quotation:
            self.quotations += 1
            self.add(Piece("paragraph", {"html": as_html(quotation.before)}))
            self.add(Piece("quotation", {
                "text": quotation.text, "speaker": quotation.speaker, "source": quotation.source
            }))  # fmt: skip
        else:
            self.add(Piece("paragraph", {"html": part.html or as_html(part.text)}))
        self.said.append(part.text)
        self.last = quotation


def _lede(parts: list[Part]) -> int | None:
    """Index of the part that becomes the standfirst: the first paragraph, where others follow it."""
    texts = [at for at, part in enumerate(parts) if part.ready is None or part.ready.kind != "image"]
    if len(texts) < 2:
        return None
    first = parts[texts[0]]
    fits = first.kind in {"prose", "medium"} and not first.html and len(first.text) <= LONGEST_STANDFIRST
    return texts[0] if fits and len(first.text.split()) >= SHORTEST_STANDFIRST_WORDS else None


def _is_heading(parts: list[Part], at: int) -> bool:
    """Marked as one, or a short line without a full stop, alone between paragraphs, the next of them below it."""
    part = parts[at]
    if part.kind == "heading":
        return len(part.text) <= LONGEST_MARKED_HEADING
    if part.kind != "short" or part.html or len(part.text) > LONGEST_HEADING or part.text.endswith(_ENDS_A_SENTENCE):
        return False
    alone = at == 0 or parts[at - 1].kind != "short"
    return alone and at + 1 < len(parts) and parts[at + 1].kind in {"prose", "medium"}
