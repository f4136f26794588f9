"""From an article to the words that are indexed, and from a reader's query to the words that are looked for.

Two fields. `stems` holds the light stems, with positions, particles left out. `forms` holds each word as normalised
and, where it differs, as written: it prefers the exact form and tells كرة from كره, and it is the vocabulary that
typing errors are corrected by.
"""

from __future__ import annotations

from typing import Final

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


def index_words(parts: dict[str, str]) -> dict[str, str]:
    """The contents of both fields, words apart by spaces; `parts` has the keys of WEIGHTS."""
    stems: list[str] = []
    forms: list[str] = []
    for part, text in parts.items():
        normal = [word[:LONGEST] for word in words(text)]
        written = [word[:LONGEST] for word in surface(text)]
        pairs = list(zip(normal, written, strict=True))
        stems += [*(stem(word) for word, as_written in pairs if as_written not in PARTICLES), _BREAK] * WEIGHTS[part]
        forms += normal * WEIGHTS[part]
        forms += [as_written for word, as_written in pairs if as_written != word] * WEIGHTS[part]
    return {STEMS: " ".join(stems), FORMS: " ".join(forms)}
