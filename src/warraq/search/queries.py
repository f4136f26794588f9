"""From a reader's query to an engine's: any of the words, best first by BM25.

Three things lift an article: its words are written as in the query, it has all of them, it has them as a phrase. A word
that no article has is taken for a typing error and replaced by its most frequent neighbour at one edit (Norvig, "How to
write a spelling corrector", 2007). The weights were found by known-item search on 18,000 news items.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from tantivy import Occur, Query, Schema, Searcher

from warraq.language.stem import stem
from warraq.search.analysis import FORMS, STEMS, Word, words_of

CHARACTERS: Final = 200
WORDS: Final = 16
CORRECTIONS: Final = 3
"""Words corrected in one query: each costs about a thousand look-ups."""

_WEIGHT_AS_TYPED: Final = 0.2
_WEIGHT_AS_WRITTEN: Final = 0.05
_WEIGHT_ALL: Final = 0.15
_WEIGHT_PHRASE: Final = 0.2
_PHRASE_GAP: Final = 1
"""Words that may stand between those of a phrase."""

_ALPHABET: Final = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_CORRECTABLE: Final = range(3, 16)
"""Letters of a word that is corrected: shorter ones have too many neighbours, longer ones are no words."""


@dataclass(frozen=True)
class Wanted:
    """What a query asks for. `stems` is empty where it has only particles."""

    stems: tuple[str, ...]
    words: tuple[Word, ...]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the words that answer it."""
        return frozenset(self.stems or (word.key for word in self.words))


def read(text: str, searcher: Searcher) -> Wanted:
    """The words of a query, bounded, particles left out unless there is nothing else, typing errors corrected."""
    every = tuple(islice(dict.fromkeys(words_of(text[:CHARACTERS])), WORDS))
    told = tuple(word for word in every if not word.is_particle)
    stems: dict[str, None] = {}
    corrections = 0
    for word in told:
        found: str | None = word.key
        if not searcher.doc_freq(STEMS, word.key):
            corrections += 1
            found = _corrected(word.normal, searcher) if corrections <= CORRECTIONS else None
        if found:
            stems[found] = None
    return Wanted(tuple(stems), told or every)


def build(wanted: Wanted, schema: Schema) -> Query:
    """The engine's query for `wanted`, which has at least one word."""
    stems = [Query.term_query(schema, STEMS, name) for name in wanted.stems]
    any_of = [*stems]
    for word in wanted.words:
        form = word.key if word.is_particle else word.normal
        any_of.append(Query.boost_query(Query.term_query(schema, FORMS, form), _WEIGHT_AS_TYPED))
        if word.written != form:
            any_of.append(Query.boost_query(Query.term_query(schema, FORMS, word.written), _WEIGHT_AS_WRITTEN))
    if len(stems) > 1:
        all_of = Query.boolean_query([(Occur.Must, query) for query in stems])
        phrase = Query.phrase_query(schema, STEMS, list(wanted.stems), slop=_PHRASE_GAP)
        any_of += [Query.boost_query(all_of, _WEIGHT_ALL), Query.boost_query(phrase, _WEIGHT_PHRASE)]
    return Query.boolean_query([(Occur.Should, query) for query in any_of])


def _corrected(word: str, searcher: Searcher) -> str | None:
    """The stem of the most frequent word at one edit from `word`; None where there is none."""
    if len(word) not in _CORRECTABLE:
        return None
    frequencies = {near: searcher.doc_freq(FORMS, near) for near in _neighbours(word)}
    best = max(frequencies, key=lambda near: (frequencies[near], near))
    return stem(best) if frequencies[best] else None


def _neighbours(word: str) -> Iterator[str]:
    letters = _LATIN if word.isascii() else _ALPHABET
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in letters)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters if letter != after[0])
        if len(after) > 1 and after[0] != after[1]:
            yield before + after[1] + after[0] + after[2:]
