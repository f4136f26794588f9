"""How long a text takes to read, and its beginning."""

from __future__ import annotations

from typing import Final

WORDS_A_MINUTE: Final = 200
"""A round figure for silent reading of Arabic news, for all kinds of readers."""

ELLIPSIS: Final = "…"


def reading_minutes(words: int) -> int:
    """Whole minutes, rounded up; never less than one."""
    return max(1, -(-words // WORDS_A_MINUTE))


def excerpt(text: str, limit: int) -> str:
    """The beginning of `text` on one line, at most `limit` characters with its ellipsis, cut between words.

    A first word longer than the limit is cut within.
    """
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    room = max(0, limit - len(ELLIPSIS))
    whole, space, _ = line[: room + 1].rpartition(" ")
    kept = whole if space else line[:room]
    return (kept.rstrip(" ،,؛;:.-–—«(") + ELLIPSIS)[:limit]
