"""Paragraphs that end in somebody's own words: «وأضافت الحركة في بيان لها: "…"».

Such a paragraph becomes two: its beginning, and the quotation, with the speaker and the source that the beginning
names. The quotation is what stands between its marks, no more. No word is lost but «إن», «أن» and «بأن» before the
mark: a sentence cannot break off after them, so a colon stands there. Anything doubtful stays one paragraph: words
quoted in the middle, no more than a phrase, less than what introduces them, a speaker that the text does not name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Final

from warraq.intake.readers.sources import find_sources
from warraq.language.normalise import words

FEWEST_WORDS: Final = 5
"""Fewer quoted words are a name or a phrase, not a statement."""

LONGEST_PARAGRAPH: Final = 6000
"""Characters; a longer paragraph is not looked into."""

MOST_WORDS_BEFORE: Final = 45
MOST_WORDS_OF_A_SPEAKER: Final = 7
LONGEST_NAME: Final = 160
"""Characters; the newsroom's field for a speaker or a source."""

_CLOSING: Final = {'"': '"', "»": "«", "”": "“"}
_THAT: Final = frozenset(words("إن أن بأن"))
_DATA: Final = tomllib.loads((files(__package__) / "speech.toml").read_text(encoding="utf-8"))
_SAID: Final = frozenset(words(_DATA["said"]))
_RELAYED: Final = frozenset(words(_DATA["relayed"]))
_STOPS: Final = frozenset(words(_DATA["stops"]))
_PASSED_OVER: Final = frozenset(words(_DATA["passed_over"]))
_THROUGH: Final = {word: name for name in _DATA["through"] for word in words(f"{name} ال{name}")}
_BODIES: Final = frozenset(words(_DATA["bodies"]))
_LETTERS: Final = frozenset(words("سي تي إن بي"))
"""Names of Latin letters: «سي إن إن» is a station."""

_TO_WHOM: Final = re.compile(
    "ل(?:ل|ال)?(?:صحيفه|جريده|وكاله|قناه|موقع|مجله|اذاعه|شبكه|تلفزيون|برنامج|صحفيين|صحافيين|رويترز|فرانس|سكاي)"
)


@dataclass(frozen=True)
class Quotation:
    before: str
    """The paragraph up to the quotation mark; it ends with a colon."""
    text: str
    speaker: str
    source: str


def split_quotation(
    paragraph: str, *, earlier: Sequence[str] = (), just_above: Quotation | None = None
) -> Quotation | None:
    """The paragraph in two, or None. `earlier` are the paragraphs above, to name a speaker in full; `just_above` is the
    quotation that the last of them became: «وأضاف: "…"» goes on with its speaker."""
    quoted = _last_words(paragraph) if len(paragraph) <= LONGEST_PARAGRAPH else None
    if quoted is None:
        return None
    before, text = quoted
    said = words(before)
    if not _introduces(before, said) or len(words(text)) < FEWEST_WORDS:
        return None
    if not before.endswith(":") and len(words(text)) < len(words(_last_sentence(before))) - 1:
        return None  # the sentence is mainly what stands before: it would be torn apart
    speaker = _speaker(_last_sentence(before), earlier)
    if not speaker and just_above and _feminine(before) == _feminine(just_above.before):
        speaker = just_above.speaker
    source = _through(before)[:LONGEST_NAME]
    return Quotation(_with_colon(before), text, speaker[:LONGEST_NAME], source) if speaker else None


def _with_colon(before: str) -> str:
    """«وقال لوكالة انترفاكس إن» as «وقال لوكالة انترفاكس:»."""
    return before if before.endswith(":") else f"{before.rpartition(' ')[0].rstrip(' ،')}:"


def _last_words(paragraph: str) -> tuple[str, str] | None:
    """What stands before the quotation that ends the paragraph, and what stands within its marks."""
    bare = paragraph.rstrip(" .،؛…!؟")
    closing = bare[-1:]
    opening = _CLOSING.get(closing)
    if opening is None:
        return None
    start = _opens_at(bare, opening)
    if start < 0:
        return None
    inner = bare[start + 1 : -1].strip()
    if inner.count(opening) % 2 if opening == closing else inner.count(opening) != inner.count(closing):
        return None
    if opening != closing and _closes_within(inner, opening, closing):
        return None
    if opening == closing and not _pairs_inside(inner):
        return None
    return bare[:start].rstrip(), inner


def _opens_at(text: str, opening: str) -> int:
    """Index of the first mark that follows a colon, or «إن» and its kin; -1 for none."""
    at = text.find(opening)
    while 0 <= at < len(text) - 1:
        before = text[:at].rstrip()
        if before.endswith(":") or (words(before[-12:]) or [""])[-1] in _THAT:
            return at
        at = text.find(opening, at + 1)
    return -1


def _closes_within(inner: str, opening: str, closing: str) -> bool:
    depth = 1
    for character in inner:
        depth += (character == opening) - (character == closing)
        if depth == 0:
            return True
    return False


def _pairs_inside(inner: str) -> bool:
    """Straight marks do not say which way they turn: inside, each opens after a space and closes before one."""
    for number, part in enumerate(inner.split('"')[:-1]):
        opens = number % 2 == 0
        if opens and part and not part.endswith((" ", "(", "ال", "و", "ب", "ل", "ـ")):
            return False
    return True


def _introduces(before: str, said: list[str]) -> bool:
    if not 0 < len(said) <= MOST_WORDS_BEFORE:
        return False
    if before.endswith(":"):
        return any(_verb(word) for word in words(_last_sentence(before)))
    if said[-2:-1] and said[-2] in _LETTERS:
        return False
    return said[-1] in _THAT and any(_verb(word) for word in words(_last_sentence(before))[:3])


def _verb(word: str) -> str:
    """The verb of saying in «وأضافت», «فقال»; empty for another word."""
    return word if word in _SAID else word[1:] if word[:1] in "وف" and word[1:] in _SAID else ""


def _feminine(before: str) -> bool:
    """Whether she or they said it: «وأضافت»."""
    verbs = [verb for verb in map(_verb, words(_last_sentence(before))) if verb]
    return bool(verbs) and verbs[-1].endswith("ت")


def _last_sentence(text: str) -> str:
    return text[max(text.rfind(mark + " ", 0, len(text) - 1) for mark in ".؟!") + 1 :].strip()


def _through(before: str) -> str:
    outlets = find_sources(before)
    if outlets:
        return outlets[0]
    return next((_THROUGH[word] for word in words(before) if word in _THROUGH), "")


def _speaker(sentence: str, earlier: Sequence[str]) -> str:
    tokens = sentence.split()
    verbs = [at for at, token in enumerate(tokens) if any(_verb(word) for word in words(token))]
    if not verbs:
        return ""
    start = verbs[-1] + 1
    if any(_verb(word).removeprefix("و") in _RELAYED for word in words(tokens[verbs[0]])):
        about = next((at for at, token in enumerate(tokens) if words(token) == ["عن"]), None)
        if about is None:
            return ""
        start = about + 1
    named = _name(tokens[start:])
    return _in_full(named, earlier) if named else _who_spoke_last(earlier)


def _name(tokens: list[str]) -> str:
    """The subject after a verb: up to a preposition, a day, or a comma that opens no name in apposition."""
    taken: list[str] = []
    for at, token in enumerate(tokens):
        said = words(token)
        if not said or (said[0] in _PASSED_OVER and not taken):
            continue
        if said[0] in _STOPS or _TO_WHOM.match(said[0]):
            if said[0] == "علي" and len(taken) > 1 and taken[-1].startswith("ال"):
                taken.pop()  # «الباحثة المشرفة على الدراسة»: what is cut off after على leaves its participle hanging
            break
        if token.startswith("("):
            break
        taken.append(token)
        if token.endswith(("،", ",")) and not _apposition(tokens[at + 1 : at + 6]):
            break
        if token.endswith(":"):
            break
    name = " ".join(taken).strip(' :،,"«»“”()')
    return name if len(taken) <= MOST_WORDS_OF_A_SPEAKER else ""


def _apposition(following: list[str]) -> bool:
    """Whether a name closed by a comma follows: «، جيمس ماتيس،»."""
    length = next((n for n, token in enumerate(following, 1) if token.endswith(("،", ",", ":"))), 0)
    return length > 0 and not any((words(token) or [""])[0] in _STOPS for token in following[:length])


def _in_full(name: str, earlier: Sequence[str]) -> str:
    """«كابولوف» named earlier as «"زامير كابولوف"»; «الحركة» where all the text above says «حركة طالبان»."""
    said = words(name)
    if len(said) != 1:
        return name
    if said[0] in _BODIES:
        return _noun_in_full(said[0].removeprefix("ال"), earlier) or name
    for paragraph in reversed(earlier):
        for quoted in _quoted_names(paragraph):
            if len(quoted.split()) > 1 and words(quoted)[-1:] == said:
                return quoted
    return name


def _noun_in_full(noun: str, earlier: Sequence[str]) -> str:
    pairs: dict[str, str] = {}
    for paragraph in earlier:
        tokens = paragraph.split()
        for token, following in pairwise(tokens):
            if words(token) == [noun] and words(following):
                full = f"{token} {following}".strip(' :،,."«»“”()')
                pairs[" ".join(words(full))] = full
    return next(iter(pairs.values())) if len(pairs) == 1 else ""


def _who_spoke_last(earlier: Sequence[str]) -> str:
    """Of the paragraph just above: the one name in quotation marks beside a verb of saying."""
    if not earlier:
        return ""
    found = []
    for name in _quoted_names(earlier[-1]):
        at = earlier[-1].find(name)
        beside = words(earlier[-1][max(0, at - 20) : at])[-1:] + words(earlier[-1][at + len(name) :][:20])[:1]
        if any(_verb(word) for word in beside):
            found.append(name)
    return found[0] if len(found) == 1 else ""


def _quoted_names(paragraph: str) -> list[str]:
    parts = paragraph.replace("«", '"').replace("»", '"').replace("“", '"').replace("”", '"').split('"')
    return [part.strip() for part in parts[1::2] if 0 < len(part.split()) <= 4]
