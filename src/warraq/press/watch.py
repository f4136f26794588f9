"""Followers: what else changes when a key changes.

A room that keeps lists (which articles stand in a section) registers a follower for the keys that may move an
article in or out. It brings its own tables up to date and returns the membership keys that changed. The press calls
it inside the transaction that turns Changes into due sheets, so a kill in between loses nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence, Set
from contextlib import suppress

from django.db import transaction

from warraq.press.errors import told

log = logging.getLogger("warraq.press")

Follower = Callable[[Sequence[str]], Iterable[str]]
_followers: dict[str, Follower] = {}


def follow(prefix: str, follower: Follower) -> None:
    """Call `follower(rests)` for the changed keys `prefix:rest`, many at a time."""
    _followers[prefix] = follower


def followed(keys: Sequence[str]) -> tuple[set[str], dict[str, str]]:
    """`keys` and all keys that follow from them, directly or through others; and key → error of each of `keys` from
    which what follows could not be found, so that one bad row never keeps the whole paper from being pressed."""
    with suppress(Exception), transaction.atomic():
        return _followed(keys), {}
    found: set[str] = set()
    failed: dict[str, str] = {}
    for key in keys:  # one by one: which of them is it?
        try:
            with transaction.atomic():
                found |= _followed([key], known=found)
        except Exception as error:
            log.exception("what follows from a change of %s could not be found; it is looked for again later", key)
            failed[key] = told(error)
            found.add(key)
    return found, failed


def _followed(keys: Sequence[str], *, known: Set[str] = frozenset()) -> set[str]:
    """`keys` and what follows from them, but for what follows from `known` ones."""
    found, todo = set(keys), set(keys)
    while todo:
        rests: dict[str, list[str]] = {}
        for key in sorted(todo, key=lambda key: (len(key), key)):  # numbers in their order
            prefix, _sep, rest = key.partition(":")
            rests.setdefault(prefix, []).append(rest)
        new = {key for prefix, some in rests.items() if prefix in _followers for key in _followers[prefix](some)}
        todo = new - found - known
        found |= todo
    return found
