"""What stands around an article on a page: menus, rankings, share lines, notices. The words are in `furniture.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from warraq.language.messages import gettext as _
from warraq.language.normalise import words

MOST_WORDS: Final = 60
"""No notice is longer; a longer line is never furniture."""

MOST_WORDS_OF_A_CALL: Final = 30
MOST_WORDS_OF_A_SHORT_CALL: Final = 8


@dataclass(frozen=True)
class _Rules:
    whole: frozenset[str]
    starts: tuple[str, ...]
    holds: tuple[tuple[str, ...], ...]

    def match(self, said: str, bare: str) -> bool:
        return (
            bare in self.whole
            or f"{said} ".startswith(self.starts)
            or any(all(part in f" {said} " for part in parts) for parts in self.holds)
        )


def _fold(phrase: str) -> str:
    return " ".join(words(phrase))


def _spaced(phrases: list[str]) -> tuple[str, ...]:
    return tuple(f"{_fold(phrase)} " for phrase in phrases)


_DATA: Final = tomllib.loads((files(__package__) / "furniture.toml").read_text(encoding="utf-8"))
_FOLLOW: Final = _DATA.pop("follow")
_CALLS: Final = _spaced(_FOLLOW["calls"])
_SHORT_CALLS: Final = _spaced(_FOLLOW["short_calls"])
_PLACES: Final = tuple(f" {place}" for place in _spaced(_FOLLOW["places"]))
_RULES: Final = {
    kind: _Rules(
        frozenset(_fold(phrase) for phrase in data.get("whole", [])),
        _spaced(data.get("starts", [])),
        tuple(tuple(f" {part}" for part in _spaced(parts)) for parts in data.get("holds", [])),
    )
    for kind, data in _DATA.items()
}


def furniture(text: str) -> str:
    """Which kind of furniture a line is: a table of `furniture.toml`, `follow` or `number`; empty for none."""
    said = words(text[: MOST_WORDS * 30])
    if len(said) > MOST_WORDS:
        return ""
    bare = [word for word in said if not word.isdecimal()]
    if not bare:
        return "number"
    if _asks_to_follow(" ".join(said) + " ", len(said)):
        return "follow"
    line, whole = " ".join(said), " ".join(bare)
    return next((kind for kind, rules in _RULES.items() if rules.match(line, whole)), "")


def _asks_to_follow(said: str, count: int) -> bool:
    calls = _CALLS if count > MOST_WORDS_OF_A_SHORT_CALL else _CALLS + _SHORT_CALLS
    return count <= MOST_WORDS_OF_A_CALL and said.startswith(calls) and any(place in f" {said}" for place in _PLACES)


def why(kind: str) -> str:
    """Why a line or block of this kind is no part of the article, in the user's language."""
    return {
        "rank": _("A ranking's or a list's name."),
        "menu": _("An entry of the site's menu."),
        "legal": _("A notice about the site or its rights."),
        "tool": _("A button or a share link."),
        "ad": _("Marks an advertisement."),
        "related": _("Leads to another article."),
        "more": _("Leads to another article."),
        "comments": _("Readers' comments, or a notice about them."),
        "opinion": _("The site's notice about opinions."),
        "end": _("An agency's mark for the end."),
        "count": _("A count of readers, or a reading time."),
        "follow": _("Asks readers to share, like or follow."),
        "number": _("A number or a sign alone."),
        "headline": _("Another article's headline."),
        "title": _("The article's own headline, said again."),
        "twice": _("Said twice."),
        "byline": _("The author's line; kept as the author."),
        "source": _("The source's line; kept as a source."),
        "date": _("The date's line; kept as the date of publication."),
        "clock": _("A date that is not the article's."),
        "url": _("The page's address; kept as where it came from."),
        "caption": _("A picture's caption; the picture is not here."),
        "picture": _("A picture's address. Pictures are not fetched: add it by hand."),
        "nav": _("The site's menu."),
        "header": _("The site's head."),
        "footer": _("The site's foot."),
        "aside": _("Beside the article: other stories or boxes."),
        "links": _("A list of links to other pages."),
        "form": _("A form or a button."),
        "frame": _("A frame or a program of the page; never taken in."),
        "before": _("Stands before the article."),
        "after": _("Stands after the article."),
        "doubt": _("Stands in the article's frame but was judged not to be its text: look at it."),
    }[kind]
