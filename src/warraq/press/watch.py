"""Followers: what else changes when a key changes.

A room that keeps lists (which articles stand in a section) registers a follower for the keys that may move an
article in or out. It brings its own tables up to date and returns the membership keys that changed. The press calls
it inside the transaction that turns Changes into due sheets, so a kill in between loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

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
        new = set(follower(rest)) - found if follower else set()
        found |= new
        todo += new
    return found
