"""The one Arabic normaliser: two spellings of a word become one, for search, tags, duplicates and watched words.

Folded: compatibility forms, case, marks and accents, tatweel, zero-width and bidi controls, the alefs, the seats of
hamza (مسؤول and مسئول), ى and Persian letters, ة, digits of every script. `surface` folds less, so that كرة may be
preferred to كره; what it keeps apart still has the same normal form.

Every character is folded by itself: time is linear in the text (`unicodedata.normalize` is quadratic in a run of
marks), and offsets can be followed back.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

LONGEST: Final = 18
"""No character becomes longer than this: U+FDFA, the longest, is four words."""

_FOLDED: Final = {
    "ٱ": "ا",
    **dict.fromkeys("ىیےېۍ", "ي"),
    **dict.fromkeys("کڪ", "ك"),
    **dict.fromkeys("ةۃہەھ", "ه"),
}
"""Letters that Unicode does not decompose and that are typed for one another."""

_HAMZA_SEATS: Final = "ؤئ"
_AS_WRITTEN: Final = "أإآؤئةى"
"""What `surface` keeps."""

_SILENT_LETTERS: Final = "ـۥۦٴ"
"""Tatweel, Quranic small waw and yeh, and the high hamza: letters by category, marks by use."""

_SILENT_CATEGORIES: Final = frozenset({"Mn", "Mc", "Me", "Cf", "Cs"})
"""Marks, format controls, and lone surrogates, which no encoder takes."""

_HAMZA_MARKS: Final = "\u0653\u0654\u0655"
_APART: Final = re.compile(f"([اوي])([\u064b-\u0652\u0670]{{0,8}})([{_HAMZA_MARKS}])")
"""A letter and its hamza or madda typed as two characters, marks between them or not."""

_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Span:
    """A normalised word and where it stood: `text[start:end]`, marks and tatweel included."""

    word: str
    start: int
    end: int


class _Table(dict[int, str]):
    """For `str.translate`, filled as characters are met."""

    ROOM: Final = 20_000
    """Entries kept: more than any alphabet needs, less than a hostile text can name."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self.fold = fold

    def __missing__(self, code: int) -> str:
        folded = self.fold(chr(code))
        if len(self) < self.ROOM:
            self[code] = folded
        return folded


def _is_silent(character: str) -> bool:
    return character in _SILENT_LETTERS or unicodedata.category(character) in _SILENT_CATEGORIES


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _compatible(character: str) -> str:
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
    # A mark's isolated form carries a space of its own, also in the middle of a word.
    return plain.lstrip(" ") if len(plain) > 1 and all(map(_is_silent, plain[1:])) else plain


def _fold(character: str) -> str:
    seated = "".join("ء" if c in _HAMZA_SEATS else c for c in _compatible(character))
    bare = (c for c in unicodedata.normalize("NFKD", seated) if not _is_silent(c))
    return "".join(_FOLDED.get(c, _digit(c)) for c in bare)


def _tidy(character: str) -> str:
    return "".join(c if c in _AS_WRITTEN else _fold(c) for c in _compatible(character))


_FOLD: Final = _Table(_fold)
_TIDY: Final = _Table(_tidy)

_OFTEN: Final = {
    character: _FOLD[ord(character)] for character in "أإآىةؤئـ\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
}
"""Most of what is folded in Arabic text: replaced one after another, in a third of the time of a look at each."""
_USUAL: Final = [chr(code) for code in (*range(0x80), *range(0x600, 0x700), *b"\xab\xbb")]
_FOLDED_TEXT: Final = re.compile(f"[{re.escape(''.join(c for c in _USUAL if _FOLD[ord(c)] == c))}]*")


def _composed(text: str) -> str:
    """Hamza and madda on their letters; a tatweel stands where they stood, so that offsets stay."""
    if not any(mark in text for mark in _HAMZA_MARKS):  # nearly always, and ten times as fast
        return text
    return _APART.sub(_seated, text)


def _seated(found: re.Match[str]) -> str:
    letter = unicodedata.normalize("NFC", found[1] + found[3])
    return letter + found[2] + "ـ" if len(letter) == 1 else found[0]


def fold(text: str) -> str:
    """`text` with every character folded and its white space as it was."""
    text = _composed(text)
    for character, folded in _OFTEN.items():
        text = text.replace(character, folded)
    return text if _FOLDED_TEXT.fullmatch(text) else text.translate(_FOLD)


def normalise(text: str) -> str:
    """`text` folded, words apart by one space, punctuation kept. Idempotent; at most LONGEST × its length."""
    return " ".join(fold(text).split())


def words(text: str) -> list[str]:
    """The normalised words of letters and digits, in order."""
    return _WORD.findall(fold(text))


def word_spans(text: str) -> list[Span]:
    """The same words with their offsets in `text` as given."""
    composed = _composed(text)
    ends = list(accumulate((len(_FOLD[ord(c)]) for c in composed), initial=0))  # ends[i]: length of the first i folded
    spans = []
    for found in _WORD.finditer(composed.translate(_FOLD)):
        start, end = found.span()
        last = max(bisect_left(ends, end), bisect_right(ends, end) - 1)  # the silent characters after it are its own
        spans.append(Span(found.group(), bisect_right(ends, start) - 1, last))
    return spans


def surface(text: str) -> list[str]:
    """The words as written, only tidied: hamza, ة and ى stay; marks, tatweel, case and Persian keys do not."""
    return _WORD.findall(_composed(text).translate(_TIDY))
