"""The passage of an article that answers a query best, with the words that answer it marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from warraq.language.normalise import fold, word_spans
from warraq.language.reading import ELLIPSIS
from warraq.search.analysis import words_of

Run = tuple[str, bool]
"""A piece of text, and whether it is marked."""

WORDS: Final = 30
READ: Final = 2_000
"""Words of an article that are looked at: the time of an answer is bounded."""

_BEFORE: Final = 5
"""Words shown before the first marked one."""
_TRIES: Final = 300
"""Marked words from which a passage is tried."""
_PIECES: Final = re.compile(r"\S+|\s+")
_LONGEST: Final = 60
"""Letters shown of one word: a page without a space is no passage."""


class Marker:
    """Finds and marks the words that have one of `keys` (see `analysis.Word`)."""

    def __init__(self, keys: frozenset[str]) -> None:
        self._keys = keys
        # A light stem stands within its word: pieces without one are passed over at the speed of the pattern.
        self._perhaps = re.compile("|".join(sorted(re.escape(key.removeprefix("=")) for key in keys)) or r"(?!)")

    def snippet(self, text: str) -> tuple[Run, ...]:
        """About WORDS words of `text` as runs that join to a line; its beginning where nothing answers."""
        pieces = [piece[:_LONGEST] for piece in text.split(maxsplit=READ)[:READ]]
        start = _best_start(self._places(pieces), len(pieces))
        before = f"{ELLIPSIS} " if start else ""
        after = f" {ELLIPSIS}" if start + WORDS < len(pieces) else ""
        return self.line(before + " ".join(pieces[start : start + WORDS]) + after)

    def line(self, line: str) -> tuple[Run, ...]:
        """`line` as runs that join to it."""
        runs: list[Run] = []
        plain = ""
        pieces = _PIECES.findall(line)
        places = {at for at, _ in self._places(pieces)}
        for at, piece in enumerate(pieces):
            done = 0
            for span in word_spans(piece) if at in places else ():
                if span.start >= done and self._keys & _keys(piece[span.start : span.end]):
                    runs += [(plain + piece[done : span.start], False), (piece[span.start : span.end], True)]
                    plain, done = "", span.end
            plain += piece[done:]
        return tuple(run for run in [*runs, (plain, False)] if run[0])

    def _places(self, pieces: Sequence[str]) -> list[tuple[int, frozenset[str]]]:
        """Where words that answer stand, and with which keys. A piece is white space or has none."""
        folded = fold("\n".join(" " if piece.isspace() else piece for piece in pieces))
        places: list[tuple[int, frozenset[str]]] = []
        at = counted = 0
        while perhaps := self._perhaps.search(folded, counted):
            at += folded.count("\n", counted, perhaps.start())
            if found := self._keys & _keys(pieces[at]):
                places.append((at, found))
            counted = folded.find("\n", perhaps.end())
            if counted < 0:
                break
        return places


@lru_cache(maxsize=2_000)
def _keys(piece: str) -> frozenset[str]:
    return frozenset(word.key for word in words_of(piece))


def _best_start(places: Sequence[tuple[int, frozenset[str]]], length: int) -> int:
    """Where the passage begins that has most of the wanted words; then, that has them most often; then, the first."""
    best, start = (0, 0), 0
    for number, (at, _) in enumerate(islice(places, _TRIES)):
        within = [found for place, found in places[number : number + WORDS] if place < at + WORDS - _BEFORE]
        worth = (len(frozenset().union(*within)), len(within))
        if worth > best:
            best, start = worth, at - _BEFORE
    return 0 if start <= _BEFORE else min(start, max(0, length - WORDS))
