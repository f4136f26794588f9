"""The picture that stands for a page where it is shared: the headline, set by HarfBuzz, in the paper's own face.

1200 by 630 px, as Open Graph's readers crop it nowhere. Pillow shapes Arabic where the system has FriBidi
(Debian: libfribidi0); where it has not, letters would stand apart and in reverse, so nothing is drawn.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont, features

from warraq.design import assets
from warraq.language.bidi import Direction, direction_of

WIDTH, HEIGHT = 1200, 630
VERSION: Final = 1
"""One more with each change of how it looks: the pictures' paths change with it."""
EDGE: Final = 80
ROOM: Final = WIDTH - 2 * EDGE
SIZES: Final = (84, 72, 62, 54)
"""Of the headline, px: the largest in which it fits."""
LEADING: Final = 1.42
"""Line height: Arabic has deep descenders, and marks above."""
MOST_HEIGHT: Final = 350
SMALL: Final = 38
PAPER, INK, ACCENT = (251, 249, 244), (27, 24, 20), (160, 28, 31)
SHADES: Final = 8
"""Of ink and of accent on the paper, for smooth edges; with them a card is some 20 kB."""
_JOINERS: Final = "\u200c\u200d\u200e\u200f"
_UNSEEN: Final = {"Cf", "Cc", "Cs", "Co", "Cn"}
"""Categories (Unicode) of what is not seen; then of what a headline loses nothing without, but for some signs; then of
what its plain letters say as well: é, ﻻ, ﷲ, Ⅳ, and neither ½ nor ²."""
_ORNAMENT: Final = {"Mn", "Me", "Mc", "So", "Sk"}
_SIGNS: Final = "°©®™№℃℉"
_PLAIN: Final = {"Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"}


@dataclass(frozen=True)
class CardText:
    headline: str
    above: str
    """The section."""
    below: str
    """The paper."""
    language: str = "ar"

    @property
    def direction(self) -> Direction:
        return direction_of(self.language)


@cache
def can_shape() -> bool:
    """Whether this system shapes Arabic."""
    return bool(features.check("raqm") and features.check("fribidi"))


def can_draw(text: CardText) -> bool:
    """Whether the picture would say what was written: the system shapes Arabic, and the face has every letter, number
    and sign. Emoji may be missing."""
    written = text.headline + text.above + text.below
    return can_shape() and bool(text.headline.strip()) and all(_in_the_face(one) is not None for one in written)


def path_of(text: CardText) -> str:
    """The picture's public path: other words, other path."""
    facts = f"{VERSION}\0{text.headline}\0{text.above}\0{text.below}\0{text.language}"
    return f"/_/media/{hashlib.sha256(facts.encode('utf-8', 'ignore')).hexdigest()[:12]}-card.png"


def draw(text: CardText) -> bytes:
    """The picture, PNG; the same bytes each time."""
    image = Image.new("P", (WIDTH, HEIGHT), 0)
    image.putpalette(_palette())
    pen = _Pen(image, text)
    pen.line(_fitted(_printable(text.above), SMALL, text), EDGE, _font(SMALL), accent=True)
    size, lines = _set(_printable(text.headline), text)
    top = EDGE + 72
    for number, line in enumerate(lines):
        pen.line(line, top + round(number * size * LEADING), _font(size))
    pen.rule(HEIGHT - EDGE - 50)
    pen.line(_fitted(_printable(text.below), SMALL, text), HEIGHT - EDGE - 24, _font(SMALL))
    out = io.BytesIO()
    image.save(out, "PNG", bits=4, compress_level=6)
    return out.getvalue()


class _Pen:
    def __init__(self, image: Image.Image, text: CardText) -> None:
        self._image = image
        self._text = text

    def line(self, words: str, top: int, font: ImageFont.FreeTypeFont, *, accent: bool = False) -> None:
        """One line, from the side where its language begins."""
        if not words:
            return
        at, anchor = (WIDTH - EDGE, "ra") if self._text.direction == "rtl" else (EDGE, "la")
        mask = Image.new("L", self._image.size, 0)
        ImageDraw.Draw(mask).text(
            (at, top),
            words,
            font=font,
            fill=255,
            anchor=anchor,
            direction=self._text.direction,
            language=self._text.language,
        )
        box = mask.getbbox()
        if box is None:
            return
        first = SHADES if accent else 0
        shades = mask.crop(box).point([first + level * (SHADES - 1) // 255 for level in range(256)])
        self._image.paste(
            shades, box, mask.crop(box).point([255 if level > 255 // SHADES else 0 for level in range(256)])
        )

    def rule(self, top: int) -> None:
        ImageDraw.Draw(self._image).rectangle((EDGE, top, WIDTH - EDGE, top + 3), fill=2 * SHADES - 1)


def _palette() -> list[int]:
    return [
        round(paper + (ink - paper) * step / (SHADES - 1))
        for colour in (INK, ACCENT)
        for step in range(SHADES)
        for paper, ink in zip(PAPER, colour, strict=True)
    ]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    face = io.BytesIO(assets.read("head.woff2"))
    return ImageFont.truetype(face, size, layout_engine=ImageFont.Layout.RAQM)


def _set(words: str, text: CardText) -> tuple[int, list[str]]:
    """Size and lines of a headline; one too long for the smallest size ends in an ellipsis."""
    for size in SIZES:
        lines = _broken(words, size, text)
        if len(lines) * size * LEADING <= MOST_HEIGHT:
            return size, lines
    kept = lines[: int(MOST_HEIGHT // (size * LEADING))]
    return size, [*kept[:-1], _fitted(f"{kept[-1]}…", size, text)]


def _fitted(line: str, size: int, text: CardText) -> str:
    """A line that ends in an ellipsis where it is too long."""
    words = line.removesuffix("…")
    while words and _length(line, size, text) > ROOM:
        words = words[:-1].rstrip()
        line = f"{words}…"
    return line


def _broken(words: str, size: int, text: CardText) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        if lines and _length(f"{lines[-1]} {word}", size, text) <= ROOM:
            lines[-1] = f"{lines[-1]} {word}"
            continue
        while _length(word, size, text) > ROOM:
            cut = next(end for end in range(len(word) - 1, 0, -1) if _length(word[:end], size, text) <= ROOM)
            lines.append(word[:cut])
            word = word[cut:]
        lines.append(word)
    return lines


def _length(words: str, size: int, text: CardText) -> float:
    return _font(size).getlength(words, direction=text.direction, language=text.language)


def _printable(text: str) -> str:
    """A text as the face prints it, on one line: of a letter with a foreign accent the letter, of emoji nothing."""
    return " ".join("".join(_in_the_face(one) or "" for one in unicodedata.normalize("NFC", text)[:300]).split())


@lru_cache(maxsize=2000)
def _in_the_face(character: str) -> str | None:
    """How it is printed; None where leaving it out, or writing it plainly, would say something else."""
    kind = unicodedata.category(character)
    if character.isspace():
        return " "
    if character in _JOINERS or (kind not in _UNSEEN and _has(character)):
        return character
    if kind in _UNSEEN or (kind in _ORNAMENT and character not in _SIGNS):
        return ""
    if kind not in _PLAIN:
        return None
    whole = unicodedata.normalize("NFKC", character)
    bare = [one for one in unicodedata.normalize("NFKD", character) if unicodedata.category(one) != "Mn"]
    return next(("".join(way) for way in (whole, bare) if all(one.isspace() or _has(one) for one in way)), None)


def _has(character: str) -> bool:
    font = _font(SMALL)
    return bytes(font.getmask(character)) != bytes(font.getmask("\uffff"))
