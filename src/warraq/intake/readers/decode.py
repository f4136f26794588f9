"""Bytes to text, and which encoding was taken.

In this order: a byte order mark; UTF-16 by its pattern; UTF-8 where the bytes are valid UTF-8 (text in another encoding
practically never is, whatever it declares); the charset an HTML page declares; the Arabic encoding under which the most
letters are Arabic; what charset-normalizer guesses; UTF-8 with the broken bytes marked.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

import charset_normalizer

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([a-z0-9_:.-]{2,40})", re.IGNORECASE
)
_WHERE_DECLARED: Final = 4096
"""Bytes; HTML wants the declaration in the first 1024, pages put it later."""

_AS_BROWSERS_DO: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874"}
"""WHATWG Encoding Standard, section 4.2: what these labels mean on the web."""

_OF_PAGES: Final = ("cp", "iso8859", "mac", "koi8", "gb", "big5", "euc", "shift", "tis")
_ARABIC: Final = ("cp1256", "iso8859-6")
_ENOUGH_ARABIC: Final = 0.8
_NAMES: Final = {"cp1256": "windows-1256", "cp1252": "windows-1252", "cp1254": "windows-1254", "cp1255": "windows-1255"}
_SAMPLE: Final = 200_000
"""Bytes looked at when guessing."""

_FEW: Final = 0.002
"""Share of broken bytes up to which a text is UTF-8 that was damaged, not another encoding."""


@dataclass(frozen=True)
class Decoded:
    text: str
    encoding: str
    """As people write it: utf-8, windows-1256."""
    broken: int = 0
    """Bytes that make no character in it; U+FFFD stands for them."""


def decode(data: bytes) -> Decoded:
    """The text of `data`; never fails. NUL and byte order marks are gone, line ends are `\\n`."""
    found = _by_mark(data) or _as_utf16(data) or _as_utf8(data) or _as_declared(data) or _as_arabic(data)
    found = found or _as_damaged_utf8(data) or _as_guessed(data)
    text = found.text.removeprefix("\ufeff").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, found.encoding, found.broken)


def _by_mark(data: bytes) -> Decoded | None:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is None:
        return None
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, text.count("\ufffd"))


def _try(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), _NAMES.get(encoding, encoding))
    except (UnicodeDecodeError, LookupError):
        return None


def _as_utf8(data: bytes) -> Decoded | None:
    return _try(data, "utf-8")


def _as_utf16(data: bytes) -> Decoded | None:
    """Without a mark: every second byte is 00 (Latin) or 06 (Arabic)."""
    head = data[:2000]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = head[first::2]
        if len(high) > 8 and sum(byte in {0, 6} for byte in high) > 0.85 * len(high):
            return _try(data[: len(data) // 2 * 2], encoding)
    return None


def _as_declared(data: bytes) -> Decoded | None:
    match = _DECLARED.search(data[:_WHERE_DECLARED])
    if not match:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None
    if not name.startswith(_OF_PAGES):
        return None  # UTF-8 it is not, as was seen above, and Python knows codecs that are no charset of a page
    name = _AS_BROWSERS_DO.get(name, name)
    if name == "cp1252" and (arabic := _as_arabic(data)):
        return arabic  # declared by a server that knew no better
    return _try(data, name)


def _as_arabic(data: bytes) -> Decoded | None:
    sample = data[:_SAMPLE]
    best, best_share = "", _ENOUGH_ARABIC
    for encoding in _ARABIC:
        share = _arabic_share(sample.decode(encoding, "replace"))
        if share > best_share:
            best, best_share = encoding, share
    if not best:
        return None
    text = data.decode(best, "replace")
    return Decoded(text, _NAMES.get(best, best), text.count("\ufffd"))


def _arabic_share(text: str) -> float:
    """Share of Arabic letters among all characters that are not ASCII or common punctuation."""
    foreign = [c for c in text if c > "\x7f" and c not in "«»“”‘’–—…\u00a0\u00ab\u00bb©®·•"]
    arabic = sum("\u0621" <= c <= "\u0652" or "\u0671" <= c <= "\u06d3" or c in "،؛؟" for c in foreign)
    common = sum(c in "المنيوتره" for c in foreign)
    # In running Arabic these nine letters are about 60 % of all; a wrong table puts rare letters in their place.
    return arabic / len(foreign) if foreign and common > 0.4 * len(foreign) else 0.0


def _as_damaged_utf8(data: bytes) -> Decoded | None:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    letters = sum(c > "\x7f" for c in text[:_SAMPLE]) - broken
    return Decoded(text, "utf-8", broken) if broken <= max(2, _FEW * len(data)) and letters > broken else None


def _as_guessed(data: bytes) -> Decoded:
    if sum(byte > 0x7F for byte in data[:_SAMPLE]) < 0.2 * len(data[:_SAMPLE]) and (western := _try(data, "cp1252")):
        return western  # Latin letters with a few accents: the guesser takes French for Baltic
    guess = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    if guess and (found := _try(data, guess.encoding)):
        return found
    text = data.decode("utf-8", "replace")
    return Decoded(text, "utf-8", text.count("\ufffd"))
