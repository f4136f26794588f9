"""The pressed tree on a local disk: every file lands whole, with its encodings, or not at all.

A batch is written aside in `pressed/.staging`, synced, and renamed into place; each folder that changed is synced
once. Only then is the batch done. A kill leaves files in `.staging` alone, which the next batch removes.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import brotli
from django.conf import settings

from warraq.press import layout
from warraq.press.errors import BadPath, StoreError

SMALLEST = 256
"""Bytes under which encodings are not worth a file."""


def digest_of(body: bytes) -> str:
    """SHA-256 of a page's bytes, hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def encodings(path: str, body: bytes, quality: int) -> dict[str, bytes]:
    """Suffix → bytes of every file that `path` lands as: itself ("") and encodings smaller than it."""
    found = {"": body}
    if len(body) >= SMALLEST and layout.suffix_of(path) in layout.COMPRESSIBLE:
        packed = {".br": brotli.compress(body, quality=quality), ".gz": gzip.compress(body, 6, mtime=0)}
        found |= {suffix: data for suffix, data in packed.items() if len(data) < len(body)}
    return found


@dataclass
class Batch:
    """Files to land and files to remove, in order; nothing touches the tree before `land`."""

    store: Store
    puts: list[tuple[str, str, bytes]] = field(default_factory=list)
    removals: list[tuple[str, str]] = field(default_factory=list)

    def put(self, tree: str, path: str, body: bytes) -> None:
        """`body` at public `path` in `tree` (layout.PAGES, GONE or MOVED)."""
        self.puts.append((tree, path, body))

    def remove(self, tree: str, path: str) -> None:
        self.removals.append((tree, path))

    def land(self) -> None:
        """Put, sync, remove, sync. Raises StoreError; what landed by then is whole, the rest is as it was."""
        try:
            self._land()
        except OSError as error:
            raise StoreError(f"the pressed tree cannot be written: {error}") from error

    def _land(self) -> None:
        staged = [self._stage(number, *put) for number, put in enumerate(self.puts)]
        for files in staged:
            for aside, _target in files:
                with aside.open("rb") as handle:
                    os.fsync(handle.fileno())
        folders: set[Path] = set()
        for (tree, path, _body), files in zip(self.puts, staged, strict=True):
            self._place(tree, path, files, folders)
        for folder in folders:
            _sync_folder(folder)
        self._remove()

    def _stage(self, number: int, tree: str, path: str, body: bytes) -> list[tuple[Path, Path]]:
        target = self.store.file(tree, path)
        files = []
        for suffix, data in encodings(path, body, self.store.quality).items():
            aside = self.store.staging / f"{number}{suffix}"
            aside.write_bytes(data)
            files.append((aside, target.with_name(target.name + suffix)))
        return files

    def _place(self, tree: str, path: str, files: list[tuple[Path, Path]], folders: set[Path]) -> None:
        target = self.store.file(tree, path)
        self._make_folder(target.parent, folders)
        # Encodings first, the page itself last: whoever sees the new page finds its siblings new as well.
        for aside, final in reversed(files):
            aside.replace(final)
        for suffix in set(layout.ENCODINGS.values()) - {final.suffix for aside, final in files if aside.suffix}:
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        folders.add(target.parent)

    def _make_folder(self, folder: Path, folders: set[Path]) -> None:
        missing = []
        while not folder.is_dir():
            missing.append(folder)
            folder = folder.parent
        for new in reversed(missing):
            new.mkdir(exist_ok=True)
            folders.add(new.parent)

    def _remove(self) -> None:
        folders: set[Path] = set()
        landed = {(tree, path) for tree, path, _body in self.puts}
        for tree, path in dict.fromkeys(self.removals):
            if (tree, path) in landed:
                continue  # one sheet left this path, another came to it
            target = self.store.file(tree, path)
            for suffix in (*layout.ENCODINGS.values(), ""):  # a kill in between leaves the whole page, for everybody
                with contextlib.suppress(FileNotFoundError):
                    target.with_name(target.name + suffix).unlink()
                    folders.add(target.parent)
        for folder in folders:
            self._prune(folder)

    def _prune(self, folder: Path) -> None:
        """Sync `folder`, or where it is empty now remove it, up to its tree's root."""
        roots = {self.store.root / tree for tree in (layout.PAGES, layout.GONE, layout.MOVED)}
        while folder not in roots and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
        if folder.is_dir():
            _sync_folder(folder)


class Store:
    """A pressed folder. One process at a time writes it."""

    def __init__(self, root: Path, *, quality: int = 5) -> None:
        self.root = root
        self.quality = quality
        self.staging = root / ".staging"

    def file(self, tree: str, path: str) -> Path:
        try:
            return layout.file_of(self.root / tree, path)
        except ValueError as error:
            raise BadPath(str(error)) from error

    def batch(self) -> Batch:
        """A new batch; what an earlier one left aside is removed."""
        try:
            shutil.rmtree(self.staging, ignore_errors=True)
            for tree in (layout.PAGES, layout.GONE, layout.MOVED):
                (self.root / tree).mkdir(parents=True, exist_ok=True)
            self.staging.mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(f"the pressed tree cannot be written: {error}") from error
        return Batch(self)

    def read(self, tree: str, path: str) -> bytes | None:
        """The bytes of a file of the tree; None where it is not there."""
        try:
            return self.file(tree, path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def has(self, tree: str, path: str) -> bool:
        return self.file(tree, path).is_file()

    def everything(self) -> dict[tuple[str, str], bytes]:
        """Each file of each tree without encodings: (tree, public path) → bytes. For comparisons; reads it all."""
        found = {}
        for tree in (layout.PAGES, layout.GONE, layout.MOVED):
            base = self.root / tree
            for file in sorted(base.rglob("*")):
                if file.is_file() and file.suffix not in layout.ENCODINGS.values():
                    path = "/" + file.relative_to(base).as_posix()
                    path = path.removesuffix(layout.INDEX) if file.name == layout.INDEX else path
                    found[tree, path] = file.read_bytes()
        return found


def paper_store() -> Store:
    """The paper's own pressed folder."""
    return Store(settings.WARRAQ_PRESSED, quality=settings.WARRAQ_BROTLI_QUALITY)
