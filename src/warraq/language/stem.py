"""The light stem of an Arabic word: its particles, article and endings taken off, its inside left alone.

After Larkey, Ballesteros and Connell, "Light stemming for Arabic information retrieval" (2007), with two changes that
known-item search on news asked for: attached pronouns go too, and a letter that may be a particle goes also after the
article or another particle. «البلاد» has no preposition, but «بلاد» looks as if it had one: what is done to the bare
word must be done wherever it stands, or they part.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from warraq.language.normalise import words

LONGEST: Final = 40
"""Letters kept, at most: the longest word in use has 15, and an index has no room for a page without a space."""

_BEFORE: Final = re.compile(
    r"""
    (?: و(?=.{3}) | ف(?=.{6}) )?                          # and, then; many words begin with ف themselves
    (?:
        (?: بال | كال | فال | وال | لل | ال ) (?=.{3})      # the article
      | [بل](?=.{3})                                      # in, for
      | ك(?=.{4})                                         # like
      | س(?=[يتنا].{3})                                   # the future, before a verb of the present
    )?
    (?: [وبل](?=.{3}) )?                                  # as if nothing had stood before it
    """,
    re.VERBOSE,
)
_STEM: Final = re.compile(
    r"""
    (.{3,}?)                                                # Arabic roots have three letters
    (?:
        ت? (?: هما | كما | تما | هم | هن | كم | كن | نا | ها )    # pronouns; ة is ت before them
      | تين | تان | ات | ان | ون | ين | وا | يه | ته | تي        # number, gender, relation
      | [هيا]
    ){0,3}                                                  # مسؤول+ي+ات+هم
    """,
    re.VERBOSE,
)


def analyse(text: str) -> list[str]:
    """The stems of the words of `text`, in order."""
    return [stem(word) for word in words(text)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of one normalised word (as `words` gives it); a word not in Arabic letters is its own stem."""
    word = word[:LONGEST]
    if not "ء" <= word[:1] <= "ي":
        return word
    before = _BEFORE.match(word)
    bare = word[before.end() :] if before else word
    found = _STEM.fullmatch(bare)
    return found[1] if found else bare
