"""The pressed folder on a local disk.

Files are written aside in `pressed/.staging`, synced, renamed into place, and the folders synced. A page and its
encodings carry one stamp as their time of change (nanoseconds, never given twice): an encoding with another stamp than
its page is of another version, and is not served. So the rename of the page itself switches all of them at once: the
encodings come just before it, and go just after it. A kill leaves files in `.staging`, which the next landing removes,
and encodings that nobody reads, which the next landing of the page replaces.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings

from warraq.press import layout
from warraq.press.encoding import decoded, encodings
from warraq.press.errors import BadPath, StoreError
from warraq.press.processes import is_running
from warraq.press.store import Place, Put
from warraq.press.syncing import sync

SECOND = 10**9
SUFFIXES = tuple(layout.ENCODINGS.values())
_last_stamp = 0


def _stamp(file: Path) -> int:
    """A time of change for what comes to lie at `file`, nanoseconds since 1970: now, never one that was given before,
    and in a later second than what lies there. Other servers tell versions apart by their second and length alone."""
    global _last_stamp
    _last_stamp = max(time.time_ns(), _last_stamp + 1)
    try:
        next_second = (file.stat().st_mtime_ns // SECOND + 1) * SECOND
    except (FileNotFoundError, NotADirectoryError):
        return _last_stamp
    return _last_stamp if _last_stamp >= next_second else next_second + _last_stamp % SECOND


def _beside(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)


class FolderStore:
    """A pressed folder; `store.Store` says what its methods promise. Each writing process has its own staging."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._staging = root / ".staging" / str(os.getpid())

    def file(self, tree: str, path: str) -> Path:
        try:
            return layout.file_of(self.root / tree, path)
        except ValueError as error:
            raise BadPath(str(error)) from error

    def land(self, puts: Sequence[Put], removals: Sequence[Place]) -> None:
        try:
            try:
                self._prepare()
                self._put(puts)
                self._remove(removals)
            finally:
                self._tell()
                shutil.rmtree(self._staging, ignore_errors=True)  # on a full disk too: what lies there is in the way
        except OSError as error:
            raise StoreError(f"the pressed tree cannot be written: {error}") from error

    def _prepare(self) -> None:
        """The trees, and an empty staging; what killed processes left aside is removed."""
        for tree in layout.TREES:
            (self.root / tree).mkdir(parents=True, exist_ok=True)
        self._staging.parent.mkdir(exist_ok=True)
        for left in self._staging.parent.iterdir():
            if left == self._staging or not (left.name.isdecimal() and is_running(int(left.name))):
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        self._staging.mkdir()

    def _put(self, puts: Sequence[Put]) -> None:
        staged = [self._stage(number, put) for number, put in enumerate(puts)]
        sync([aside for files in staged for aside in files.values()])
        folders: dict[Path, None] = {}
        for put, files in zip(puts, staged, strict=True):
            self._place(self.file(put.tree, put.path), files, folders)
        sync(folders)

    def _tell(self) -> None:
        """Tell fronts that what they know may have changed. Where that fails they look for themselves, 50 ms later."""
        with contextlib.suppress(OSError):
            handle = os.open(self.root / layout.CHANGES, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                os.pwrite(handle, os.urandom(layout.CHANGES_BYTES), 0)
            finally:
                os.close(handle)

    def _stage(self, number: int, put: Put) -> dict[str, Path]:
        """Suffix → file aside, the page itself (suffix "") last."""
        stamp = _stamp(self.file(put.tree, put.path))
        files = {}
        for suffix, data in (*put.encodings.items(), ("", put.body)):
            aside = files[suffix] = self._staging / f"{number}{suffix}"
            aside.write_bytes(data)
            os.utime(aside, ns=(stamp, stamp))
        return files

    def _place(self, target: Path, files: dict[str, Path], folders: dict[Path, None]) -> None:
        self._make_folder(target.parent, folders)
        for suffix, aside in files.items():
            aside.replace(_beside(target, suffix))
        for suffix in SUFFIXES:
            if suffix not in files:
                _beside(target, suffix).unlink(missing_ok=True)
        folders[target.parent] = None

    def _make_folder(self, folder: Path, folders: dict[Path, None]) -> None:
        missing = []
        while not folder.is_dir():
            missing.append(folder)
            folder = folder.parent
        for new in reversed(missing):
            new.mkdir(exist_ok=True)
            folders[new.parent] = None

    def _remove(self, removals: Sequence[Place]) -> None:
        folders: dict[Path, None] = {}
        for tree, path in removals:
            target = self.file(tree, path)
            for suffix in ("", *SUFFIXES):  # without its page an encoding is nothing
                with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                    _beside(target, suffix).unlink()
                    folders[target.parent] = None
        for folder in folders:
            self._prune(folder)
        sync(list(dict.fromkeys(_standing(folder) for folder in folders)))

    def _prune(self, folder: Path) -> None:
        """Remove `folder` and those above it where they are empty now, up to the tree's root."""
        roots = {self.root / tree for tree in layout.TREES}
        with contextlib.suppress(OSError):  # not empty, or gone with another
            while folder not in roots:
                folder.rmdir()
                folder = folder.parent

    def read(self, tree: str, path: str) -> bytes | None:
        try:
            return self.file(tree, path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def holds(self, tree: str, path: str) -> bool:
        file = self.file(tree, path)
        return any(_beside(file, suffix).is_file() for suffix in ("", *SUFFIXES))

    def is_whole(self, tree: str, path: str, body: bytes) -> bool:
        file = self.file(tree, path)
        try:
            stamp = file.stat().st_mtime_ns
            if file.read_bytes() != body:
                return False
            found = {suffix: beside for suffix in SUFFIXES if (beside := _beside(file, suffix)).exists()}
            return all(
                beside.stat().st_mtime_ns == stamp and decoded(suffix, beside.read_bytes()) == body
                for suffix, beside in found.items()
            ) and (len(found) == len(SUFFIXES) or found.keys() == encodings(path, body, quality=1).keys())
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return False

    def places(self) -> Iterator[Place]:
        for tree in layout.TREES:
            base = self.root / tree
            seen = ""
            for file in sorted(base.rglob("*")):
                if not file.is_file():
                    continue
                name = file.relative_to(base).as_posix()
                name = name.removesuffix(file.suffix) if file.suffix in SUFFIXES else name
                if name != seen:
                    seen = name
                    yield Place(tree, layout.path_of(name))


def _standing(folder: Path) -> Path:
    """`folder`, or the nearest above it that is there."""
    while not folder.is_dir():
        folder = folder.parent
    return folder


def paper_store() -> FolderStore:
    """The paper's own pressed folder."""
    return FolderStore(settings.WARRAQ_PRESSED)
