"""The light stem of an Arabic word: its article, endings and particles taken off, its inside left alone.

After Larkey, Ballesteros and Connell, "Light stemming for Arabic information retrieval" (2007), with three changes that
known-item search on news asked for. Attached pronouns go too. Endings go before the particles of one letter, which are
the less certain: «لبنان» and «اللبنانية» meet. And a letter that may be a particle goes wherever it comes to stand
first: «البلاد» has no preposition, «بلاد» looks as if it had one, and what is done to one must be done to the other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from warraq.language.normalise import words

LONGEST: Final = 40
"""Letters kept, at most: the longest word in use has 15, and an index has no room for a page without a space."""

_ARTICLE: Final = re.compile(r"و?(?:[بكفو]?ال|لل)(?=.{3})")
_ENDINGS: Final = re.compile(
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
_PARTICLES: Final = re.compile(
    r"""
    (?: و(?=.{3}) | ف(?=.{6}) )?            # and, then; many words begin with ف themselves
    (?: ك(?=.{4}) | س(?=[يتنا].{3}) )?      # like; the future, before a verb of the present
    (?: [وبل](?=.{3}) )*                    # and, in, for
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
    if article := _ARTICLE.match(word):
        word = word[article.end() :]
    if ended := _ENDINGS.fullmatch(word):
        word = ended[1]
    particles = _PARTICLES.match(word)
    return word[particles.end() :] if particles else word
