"""Text from outside made fit to print: nothing in it may reorder, hide or break what stands around it.

Removed: embeddings, overrides and isolates (U+202A-202E, U+2066-2069; CVE-2021-42574, Unicode TR 36), their deprecated
kin, C0 and C1 controls, byte order marks, noncharacters and lone surrogates (no XML feed and no UTF-8 file takes them).
Kept: ZWNJ, ZWJ, LRM, RLM, ALM and marks, which Arabic, Persian and emoji need. The result is NFC and idempotent.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

MOST_MARKS: Final = 8
"""Marks kept on one letter. A vocalised Quran has five; hundreds would climb over the lines above, and NFC takes time
quadratic in a run of them."""

_REMOVED: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_MAYBE_MARKS: Final = re.compile(rf"[^\w\s\x00-\x7f]{{{MOST_MARKS + 1}}}")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_ZWJ: Final = "\u200d"


Direction = Literal["rtl", "ltr"]


def direction_of(language: str) -> Direction:
    """Where lines of a language of the paper's begin."""
    return "rtl" if language == "ar" else "ltr"


def clean_line(text: str, limit: int) -> str:
    """One line (headline, name, title) of at most `limit` characters; empty where nothing would be seen."""
    return _bounded(" ".join(_fit(text).split()), limit)


def clean_text(text: str, limit: int) -> str:
    """Lines and paragraphs kept, at most one blank line between them, spaces collapsed, at most `limit` characters."""
    lines = (" ".join(line.split()) for line in _fit(text).replace("\u2029", "\n\n").splitlines())
    return _bounded(_BLANK_LINES.sub("\n\n", "\n".join(lines)).strip(), limit)


def _fit(text: str) -> str:
    composed = unicodedata.normalize("NFC", _with_few_marks(_REMOVED.sub("", text)))
    return _with_few_marks(composed)  # again: NFC writes some marks as two


def _with_few_marks(text: str) -> str:
    if not _MAYBE_MARKS.search(text):
        return text
    kept, run = [], 0
    for character in text:
        run = run + 1 if unicodedata.category(character).startswith("M") else 0
        if run <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _bounded(text: str, limit: int) -> str:
    end = min(len(text), limit)
    while 0 < end < len(text) and _belongs_to_the_one_before(text, end):
        end -= 1
    cut = text[:end].rstrip()
    return cut if any(_is_seen(character) for character in cut) else ""


def _belongs_to_the_one_before(text: str, at: int) -> bool:
    character = text[at]
    return (
        unicodedata.category(character).startswith("M")
        or character == _ZWJ
        or text[at - 1] == _ZWJ
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # a hand's colour of skin
    )


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in {"Cf", "Mn", "Me", "Mc", "Zs", "Cc"}
