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


def followed(keys: Iterable[str]) -> tuple[set[str], dict[str, str]]:
    """`keys` and all keys that follow from them, directly or through others; and key → error of each of `keys` from
    which what follows could not be found, so that one bad row never keeps the whole paper from being pressed."""
    found: set[str] = set()
    failed: dict[str, str] = {}
    for key in keys:
        try:
            with transaction.atomic():
                found |= _followed_one(key, found)
        except Exception as error:
            log.exception("what follows from a change of %s could not be found; it is looked for again later", key)
            failed[key] = f"{type(error).__name__}: {error}"[:2000]
            found.add(key)
    return found, failed


def _followed_one(key: str, known: set[str]) -> set[str]:
    todo, found = [key], {key}
    while todo:
        prefix, _sep, rest = todo.pop().partition(":")
        follower = _followers.get(prefix)
        new = set(follower(rest)) - found - known if follower else set()
        found |= new
        todo += new
    return found
