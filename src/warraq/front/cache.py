"""Pages in memory, bounded in bytes. Hits take no lock: they only mark a page as used.

What is dropped is found by going round in the order of arrival: a page used since it was last passed gets another
round, one that was not goes. (The clock algorithm, Corbató 1968: nearly least-recently-used, and far cheaper.)
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from warraq.front.copies import Copy

OVERHEAD = 2048
"""Bytes that a page costs beside its own: headers, names, the entry."""
SHARE = 8
"""A page larger than this part of the whole is not kept."""


class Cache:
    def __init__(self, size: int) -> None:
        """`size` in bytes."""
        self._room = self._size = size
        self._copies: OrderedDict[str, Copy] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, file: str) -> Copy | None:
        copy = self._copies.get(file)
        if copy is not None:
            copy.used = True
        return copy

    def put(self, file: str, copy: Copy) -> None:
        cost = _cost(copy)
        with self._lock:
            self._drop(file)
            if cost > self._size // SHARE:
                return
            while self._room < cost:
                self._make_room()
            self._copies[file] = copy
            self._room -= cost

    def drop(self, file: str) -> None:
        with self._lock:
            self._drop(file)

    def _drop(self, file: str) -> None:
        old = self._copies.pop(file, None)
        if old is not None:
            self._room += _cost(old)

    def _make_room(self) -> None:
        file, copy = self._copies.popitem(last=False)
        if copy.used:
            copy.used = False
            self._copies[file] = copy
        else:
            self._room += _cost(copy)


def _cost(copy: Copy) -> int:
    return len(copy.whole.body) + OVERHEAD
