"""The outlets that a text draws on: «كشفت صحيفة "صاندي تايمز"», «لوكالة الأنباء الروسية انترفاكس», «(رويترز)».

Only what the text itself names is taken, spelt as the text spells it: the word of the kind, then its name in quotation
marks, in Latin letters, or known to `outlets.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Final

from warraq.language.normalise import Span, word_spans, words

MOST_SOURCES: Final = 12
MOST_WORDS_OF_A_NAME: Final = 4
LONGEST_SIGNATURE: Final = 50
LONGEST_TEXT: Final = 100_000
"""Characters; ten long articles."""

_KINDS: Final = {
    "صحيفه": "صحيفة", "جريده": "جريدة", "وكاله": "وكالة", "قناه": "قناة", "فضائيه": "قناة", "موقع": "موقع",
    "مجله": "مجلة", "اذاعه": "إذاعة", "راديو": "راديو", "شبكه": "شبكة", "تلفزيون": "تلفزيون", "منصه": "منصة",
}  # fmt: skip
_KIND_WORD: Final = re.compile(rf"[وف]?(?:[بلك]|لل|ال|بال)?({'|'.join(_KINDS)})")
_OF_NEWS: Final = frozenset(words("الأنباء أنباء للأنباء الأخبار الإخبارية الإخباري إخباري إخبارية الرسمية"))
_DATA: Final = tomllib.loads((files(__package__) / "outlets.toml").read_text(encoding="utf-8"))


def _names(*tables: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words(name)) for table in tables for name in _DATA[table])


_AGENCIES: Final = _names("agencies")
_IN_BRACKETS: Final = _names("agencies", "agencies_in_brackets")
_PRINT: Final = _names("papers", "magazines")
_SCREEN: Final = _names("channels")
_KNOWN: Final = {
    "صحيفة": _PRINT, "جريدة": _PRINT, "مجلة": _PRINT, "وكالة": _names("agencies", "other_agencies"), "قناة": _SCREEN,
    "إذاعة": _SCREEN, "راديو": _SCREEN, "شبكة": _SCREEN | _AGENCIES, "تلفزيون": _SCREEN, "منصة": _names("sites"),
    "موقع": _names("sites") | _SCREEN | _PRINT,
}  # fmt: skip

_QUOTED: Final = re.compile(r"\W{0,2}?[\"«“]\s?([^\"«»“”\n]{2,60}?)\s?[\"»”]")
_LATIN: Final = re.compile(r"\s?[(«\"“]?([A-Za-z][A-Za-z0-9.&'-]*(?: [A-Za-z0-9][A-Za-z0-9.&'-]*){0,3})")
_BRACKETS: Final = re.compile(r"\(([^()\n]{2,30})\)")
_SOURCE_LINE: Final = re.compile(r"\s*(?:المصدر|المصادر|نقلا عن|نقلاً عن|source)\s*[:：/]\s*(.{2,120})$", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*(?:\+|،|,|/|؛|\s-\s|\sو(?=\S))\s*")


def find_sources(text: str) -> tuple[str, ...]:
    """Outlets named in the first LONGEST_TEXT characters of `text`, each once, in order."""
    text = text[:LONGEST_TEXT]
    spans = word_spans(text)
    found: list[tuple[int, str]] = []
    for at, span in enumerate(spans):
        if match := _KIND_WORD.fullmatch(span.word):
            name = _name_after(text, spans, at, _KINDS[match[1]])
            found += [(span.start, f"{_KINDS[match[1]]} {name}")] if name else []
        elif name := _agency(text, spans, at):
            found.append((span.start, f"وكالة {name}"))
    for match in _BRACKETS.finditer(text):
        if tuple(words(match[1])) in _IN_BRACKETS:
            found.append((match.start(), _with_kind(match[1].strip())))
    return each_once(name for _start, name in sorted(found))


def source_line(text: str) -> tuple[str, ...]:
    """What a line like «المصدر: رويترز + وكالات» names; empty where the line is none such."""
    match = _SOURCE_LINE.match(text)
    return () if not match or match[1].lstrip().startswith("http") else _listed(match[1])


def signature(text: str) -> tuple[str, ...]:
    """The agencies of a line that is nothing but their names: «فرانس24/ أ ف ب», «--(بترا)»."""
    names = _listed(text.strip(" .-–—/()[]")) if len(text) <= LONGEST_SIGNATURE else ()
    return names if any(name.startswith("وكالة ") for name in names) else ()


def _listed(text: str) -> tuple[str, ...]:
    named = [part.strip(" .()[]") for part in _BETWEEN.split(text)]
    if not all(0 < len(words(name)) <= MOST_WORDS_OF_A_NAME for name in named):
        return ()  # a sentence, not names
    return each_once(_with_kind(name) for name in named)


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """Names without repeats, whether or not one says its kind: «وكالة رويترز» and «رويترز» are one."""
    kept: dict[tuple[str, ...], str] = {}
    for name in names:
        key = tuple(words(name))
        kept.setdefault(key[1:] if key and key[0] in _KINDS and len(key) > 1 else key, name)
    return tuple(kept.values())[:MOST_SOURCES]


def _with_kind(name: str) -> str:
    return f"وكالة {name}" if tuple(words(name)) in _IN_BRACKETS - {("وكالات",)} else name


def _name_after(text: str, spans: list[Span], at: int, kind: str) -> str:
    next_words = at + 1
    while next_words < len(spans) and next_words <= at + 3 and _describes(spans[next_words].word):
        next_words += 1
    for start in dict.fromkeys((at + 1, next_words)):
        end_of_before = spans[start - 1].end
        if match := _QUOTED.match(text, end_of_before):
            return match[1] if len(match[1].split()) <= MOST_WORDS_OF_A_NAME else ""
        if name := _known(text, spans, start, _KNOWN[kind]):
            return name
        if match := _LATIN.match(text, end_of_before):
            return match[1].rstrip(".-'&")
    return _national(text, spans, at) if kind == "وكالة" else ""


def _describes(word: str) -> bool:
    """Whether a word only describes the outlet: «الأنباء», then «الروسية»."""
    return word in _OF_NEWS or (word.startswith("ال") and word.endswith(("يه", "ي")) and len(word) > 4)


def _national(text: str, spans: list[Span], at: int) -> str:
    """«الأنباء السعودية» of «وكالة الأنباء السعودية»."""
    if at + 2 < len(spans) and spans[at + 1].word in _OF_NEWS and _describes(spans[at + 2].word):
        return text[spans[at + 1].start : spans[at + 2].end]
    return ""


def _known(text: str, spans: list[Span], start: int, names: frozenset[tuple[str, ...]]) -> str:
    for length in range(min(MOST_WORDS_OF_A_NAME, len(spans) - start), 0, -1):
        if tuple(span.word for span in spans[start : start + length]) in names:
            return text[spans[start].start : spans[start + length - 1].end]
    return ""


def _agency(text: str, spans: list[Span], at: int) -> str:
    """A name known by itself, also with a preposition before it: «لرويترز»."""
    if name := _known(text, spans, at, _AGENCIES):
        return name
    word, start = spans[at].word, spans[at].start
    if word[:1] in "لبوف" and (word[1:],) in _AGENCIES:
        return text[start + 1 : spans[at].end]
    return ""
