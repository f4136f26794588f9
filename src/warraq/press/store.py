"""A store: where pressed files lie. `folder.FolderStore` is the paper's own folder, `bucket.BucketStore` a copy of it.

What a store promises: a file is whole or not there; a page and its encodings come, change and go as one; when `land`
returns, what it was given survives a power cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from django.conf import settings

from warraq.press.encoding import encodings


class Place(NamedTuple):
    """A public path in one of the trees (layout.PAGES, GONE or MOVED)."""

    tree: str
    path: str


class Put(NamedTuple):
    """A file to land: its bytes, and of its encodings suffix → bytes."""

    tree: str
    path: str
    body: bytes
    encodings: Mapping[str, bytes]


class Store(Protocol):
    def land(self, puts: Sequence[Put], removals: Sequence[Place]) -> None:
        """Put, then remove. Raises StoreError; what landed by then is whole, the rest is as it was."""

    def read(self, tree: str, path: str) -> bytes | None:
        """The bytes of a file; None where it is not there."""

    def holds(self, tree: str, path: str) -> bool:
        """Whether the file or a part of it, such as an encoding, is there."""

    def is_whole(self, tree: str, path: str, body: bytes) -> bool:
        """Whether the file is there with these bytes, and so is each of its encodings."""

    def places(self) -> Iterator[Place]:
        """Every file of every tree; an encoding without its page counts as its page."""


class Batch:
    """Files to land and files to remove, together; nothing touches the store before `land`."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._puts: dict[Place, Put] = {}
        self._removals: dict[Place, None] = {}

    def put(self, tree: str, path: str, body: bytes, packed: Mapping[str, bytes] | None = None) -> None:
        """`body` at public `path`; `packed` are its encodings where they were made already."""
        if packed is None:
            packed = encodings(path, body, settings.WARRAQ_BROTLI_QUALITY)
        self._puts[Place(tree, path)] = Put(tree, path, body, packed)

    def remove(self, tree: str, path: str) -> None:
        self._removals[Place(tree, path)] = None

    def places(self) -> tuple[list[Place], list[Place]]:
        """What is put, and what is removed: what comes to a path that another leaves stays."""
        return list(self._puts), [place for place in self._removals if place not in self._puts]

    def land(self) -> None:
        """Put, then remove. Raises StoreError."""
        _puts, removals = self.places()
        if self._puts or removals:
            self.store.land(list(self._puts.values()), removals)
