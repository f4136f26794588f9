"""Followers: what else changes when a key changes.

A room that keeps lists (which articles stand in a section) registers a follower for the keys that may move an
article in or out. It brings its own tables up to date and returns the membership keys that changed. The press calls
it inside the transaction that turns Changes into due sheets, so a kill in between loses nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from django.db import transaction

log = logging.getLogger("warraq.press")

Follower = Callable[[str], Iterable[str]]
_followers: dict[str, Follower] = {}


def follow(prefix: str, follower: Follower) -> None:
    """Call `follower(rest)` for each changed key `prefix:rest`."""
    _followers[prefix] = follower


def followed(keys: Iterable[str]) -> set[str]:
    """`keys` and all keys that follow from them, directly or through others."""
    todo = list(keys)
    found = set(todo)
    while todo:
        prefix, _sep, rest = todo.pop().partition(":")
        follower = _followers.get(prefix)
        new = _follow(follower, rest) - found if follower else set()
        found |= new
        todo += new
    return found


def _follow(follower: Follower, rest: str) -> set[str]:
    """What follows; nothing where it raises, so that one bad row never keeps the whole paper from being pressed."""
    try:
        with transaction.atomic():
            return set(follower(rest))
    except Exception:
        log.exception("what follows from a change of %s could not be found; its own pages are pressed", rest)
        return set()
