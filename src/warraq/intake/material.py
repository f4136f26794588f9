"""What a reader found: an article's parts in the newsroom's own words, and everything it left out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from warraq.language.normalise import words


@dataclass(frozen=True)
class Piece:
    """A body block, with the kinds and values of `warraq.newsroom.pieces.Block`; a reader makes these:

    paragraph   html (safe HTML, `clean.TAGS`)
    heading     text
    quotation   text, speaker, source (both may be empty)
    list        items: tuple[str safe html, ...], ordered: bool
    table       caption, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]; rows are as wide as the head
    link        title, url, host, text
    image       url (absolute, not fetched), alt, caption; the one value that is not the newsroom's yet
    """

    kind: str
    value: dict[str, Any]


@dataclass(frozen=True)
class LeftOut:
    """Something of the file that is not in the article. `line` counts from 1; None where it stands on no one line."""

    line: int | None
    text: str
    why: str
    """A short sentence in the user's language."""


@dataclass(frozen=True)
class Material:
    """An article as a file has it. Every `str` is plain text on one line; words are never altered or lost, but that a
    colon stands for «إن» before a quotation that became a block."""

    headline: str
    headline_proposed: bool
    """The file had no headline: this one is made from the lede, for an editor to judge."""
    kicker: str
    standfirst: str
    """The lede. It is not said again in `body`."""
    body: tuple[Piece, ...]
    sources: tuple[str, ...]
    """Outlets that the text draws on, «صحيفة صاندي تايمز», in order."""
    authors: tuple[str, ...]
    published: datetime | None
    """Aware; None where the file does not say."""
    tags: tuple[str, ...]
    origin_url: str
    """Absolute http(s) address, or empty."""
    old_paths: tuple[str, ...]
    """Paths with query that led here on the old site, percent-encoded, so that they can redirect."""
    left_out: tuple[LeftOut, ...]
    fingerprint: str
    """Of the address where there is one, else of the words: the same material taken in twice has the same."""
    picture: str = ""
    """Absolute address of the main picture, not fetched; or empty."""
    encoding: str = field(default="utf-8", compare=False)
    """Which encoding the bytes were read in."""


def fingerprint(*, origin_url: str, text: str) -> str:
    """32 hex digits: of the address (whatever its scheme), else of the normalised words."""
    said = origin_url.partition("://")[2].rstrip("/") if origin_url else " ".join(words(text))
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
