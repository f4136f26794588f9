"""From an article to the words that are indexed, and from a reader's query to the words that are looked for.

Two fields. `stems` holds the light stems, with positions, particles left out. `forms` holds each word as normalised
and, where it differs, as written: it prefers the exact form and tells كرة from كره, and it is the vocabulary that
typing errors are corrected by. A particle is there by its own key, so that the name علي does not find every على.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from warraq.language.normalise import surface, words
from warraq.language.particles import PARTICLES
from warraq.language.stem import LONGEST, stem

FORMAT: Final = "warraq-search 1"
"""Raised with every change of the fields or of the analysis: an index of another format is written anew."""

STEMS: Final = "stems"
FORMS: Final = "forms"

WEIGHTS: Final = {"title": 4, "kicker": 2, "standfirst": 2, "names": 3, "body": 1}
"""How often a part counts. Repeating it weighs its words before BM25 dampens them (BM25F; Robertson, Zaragoza and
Taylor, "Simple BM25 extension to multiple weighted fields", 2004)."""

_BREAK: Final = "|"
"""Between parts, so that no phrase runs over them; no word is spelt like it."""


class Word(NamedTuple):
    normal: str
    """As `normalise.words` gives it."""
    written: str
    """As `normalise.surface` gives it."""

    @property
    def is_particle(self) -> bool:
        return self.written in PARTICLES

    @property
    def key(self) -> str:
        """What makes it the same as another word: its stem; of a particle, itself."""
        return f"={self.normal}" if self.is_particle else stem(self.normal)


def words_of(text: str) -> Iterator[Word]:
    """The words of `text`, in order, over-long ones cut."""
    return (Word(n[:LONGEST], w[:LONGEST]) for n, w in zip(words(text), surface(text), strict=True))


def index_words(parts: dict[str, str]) -> dict[str, str]:
    """The contents of both fields, words apart by spaces; `parts` has the keys of WEIGHTS."""
    stems: list[str] = []
    forms: list[str] = []
    for part, text in parts.items():
        found = list(words_of(text))
        told = [word for word in found if not word.is_particle]
        stems += [*(stem(word.normal) for word in told), _BREAK] * WEIGHTS[part]
        forms += [word.normal for word in told] * WEIGHTS[part]
        forms += [word.written for word in told if word.written != word.normal] * WEIGHTS[part]
        forms += [word.key for word in found if word.is_particle]
    return {STEMS: " ".join(stems), FORMS: " ".join(forms)}
