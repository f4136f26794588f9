"""Finding a page in the pressed tree: in memory, where nothing changed since it was looked at; else one stat, of the
page itself, and where it is another than in memory one reading of one file. An encoding counts where it bears the
page's stamp (`press.layout`)."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Final

from warraq.front import answers, copies
from warraq.front.cache import Cache
from warraq.front.changes import Changes
from warraq.front.copies import Copy
from warraq.front.headers import Dress
from warraq.front.negotiate import IDENTITY
from warraq.press import layout

STATUSES: Final = {layout.PAGES: answers.OK, layout.GONE: answers.GONE}
NAMES_KEPT: Final = 4096
"""Paths whose files' names are remembered."""


class Tree:
    """The pressed folder, read only. Paths given to it are public paths (`layout.is_public_path`).

    Raises OSError where a file is there and cannot be read.
    """

    def __init__(self, root: Path, cache: Cache, dress: Dress) -> None:
        self._root = root
        self._cache = cache
        self._dress = dress
        self._changes = Changes(root)
        self._files = lru_cache(maxsize=NAMES_KEPT)(self._name_files)

    def page(self, path: str, codings: tuple[str, ...]) -> Copy | None:
        """The page at `path` in the first of `codings` that it lies in; None where there is none."""
        return self._find(layout.PAGES, path, codings)

    def gone(self, path: str, codings: tuple[str, ...]) -> Copy | None:
        """What is said of a page that was withdrawn."""
        return self._find(layout.GONE, path, codings)

    def moved(self, path: str) -> str | None:
        """The new path of a page that moved."""
        (file, _coding) = self._files(layout.MOVED, path, (IDENTITY,))[0]
        try:
            with open(file, encoding="utf-8") as handle:  # noqa: PTH123  see _find
                text = handle.read(2 * layout.MAX_PATH).strip()
        except (*copies.NOT_THERE, UnicodeDecodeError):
            return None
        return text if layout.is_public_path(text) else None

    def has(self, path: str) -> bool:
        """Whether `path` is a page or a page that is gone."""
        files = [self._files(tree, path, (IDENTITY,))[0][0] for tree in STATUSES]
        return any(os.path.isfile(file) for file in files)  # noqa: PTH113  see _find

    def _find(self, tree: str, path: str, codings: tuple[str, ...]) -> Copy | None:
        files = self._files(tree, path, codings)
        copy = self._cache.get(files[0][0])
        if copy is not None and self._changes.is_fresh(copy.seen):
            return copy
        sight = self._changes.sight()
        try:
            page = os.stat(files[-1][0])  # noqa: PTH116  a Path would cost more than all the rest
        except copies.NOT_THERE:
            return None
        for file, coding in files[:-1]:
            copy = self._cache.get(file)
            if copy is not None and copy.signature == copies.signature_of(page):
                copy.seen = sight
                return copy
            copy = copies.read(file, path, coding, self._dress, STATUSES[tree], page if coding != IDENTITY else None)
            if copy is None:
                continue
            if copy.is_young:
                self._cache.drop(file)
            else:
                copy.seen = sight
                self._cache.put(file, copy)
            return copy
        return None

    def _name_files(self, tree: str, path: str, codings: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Files that may hold `path`, best first, each with its coding; then the page itself once more."""
        file = f"{self._root}/{tree}/{layout.name_of(path)}"  # a Path takes as long as reading the file
        if layout.suffix_of(path) not in layout.COMPRESSIBLE:
            codings = (IDENTITY,)
        return (*((file + layout.ENCODINGS.get(coding, ""), coding) for coding in codings), (file, IDENTITY))
