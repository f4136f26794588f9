"""The index on disk.

    <folder>/format    what wrote the index; written last, so that a half-made index counts as none
    <folder>/index/    the engine's own files
    <folder>/lock      held by the one writer

A damaged file can make the engine ask for all memory there is, and so end the process that answers readers. Therefore
the checksum that the engine leaves in each file is verified before it is opened.
"""

from __future__ import annotations

import fcntl
import json
import mmap
import os
import shutil
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, Final

from tantivy import Index, Schema, SchemaBuilder

from warraq.language.messages import gettext as _
from warraq.search.analysis import FORMAT, FORMS, STEMS
from warraq.search.errors import IndexBusy, IndexDamaged, IndexOutdated, IndexUnreadable, IndexUnwritable

STORED_TEXTS: Final = ("url", "title", "section", "section_slug", "text")
_META: Final = "meta.json"
_FOOTER: Final = struct.Struct("<II")
"""The end of each of the engine's files: length of the JSON before it, and a mark."""
_FOOTER_MARK: Final = 1337


def schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_integer_field("id", stored=True, indexed=True)
    builder.add_integer_field("published", stored=True)
    for name in STORED_TEXTS:
        builder.add_bytes_field(name, stored=True)
    builder.add_text_field(STEMS, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(FORMS, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def stamp(folder: Path) -> tuple[int, ...]:
    """Changes with every commit; empty where there is no index."""
    try:
        found = [(folder / "format").stat(), (folder / "index" / _META).stat()]
    except FileNotFoundError:
        return ()
    return tuple(number for stat in found for number in (stat.st_ino, stat.st_mtime_ns, stat.st_size))


def has_index(folder: Path) -> bool:
    return (folder / "format").exists()


def open_index(folder: Path) -> Index:
    """The index in `folder`, verified. Raises IndexOutdated, IndexDamaged or IndexUnreadable."""
    _check_format(folder)
    try:
        for file in _files(folder / "index"):
            if not _is_sound_or_gone(file):
                raise _damaged(folder, file.name)
        index = Index.open(str(folder / "index"))
        index.config_reader("manual")
        index.reload()
        for field in (STEMS, FORMS):
            index.searcher().doc_freq(field, "")  # opens what is otherwise opened at the first search
    except PermissionError as error:
        raise _unreadable(folder, error) from error
    except (OSError, ValueError, KeyError, TypeError, struct.error) as error:
        if "PermissionDenied" in str(error):  # the engine's own words for its lock file
            raise _unreadable(folder, error) from error
        raise _damaged(folder, str(error)) from error
    return index


def make_index(folder: Path) -> Index:
    """An empty index in the place of whatever was there."""
    (folder / "format").unlink(missing_ok=True)
    shutil.rmtree(folder / "index", ignore_errors=True)
    (folder / "index").mkdir()
    index = Index(schema(), str(folder / "index"))
    aside = folder / "format.new"
    with aside.open("w", encoding="utf-8") as file:
        file.write(FORMAT)
        file.flush()
        os.fsync(file.fileno())
    aside.rename(folder / "format")
    return index


def lock(folder: Path) -> IO[str]:
    """The writer's lock, held until it is closed or the process ends. Raises IndexBusy."""
    file = (folder / "lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise IndexBusy(
            _("Another process is writing the search index %s; nothing was changed. Try again when it is done.")
            % folder
        ) from None
    return file


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """The engine's ValueError, which it raises for whatever the disk refuses, becomes IndexUnwritable."""
    try:
        yield
    except ValueError as error:
        raise IndexUnwritable(
            _(
                "The search index %(folder)s could not be written (%(why)s). It is as it was last committed, articles "
                "are not touched. See that there is room on the disk and the right to write, and index again."
            )
            % {"folder": folder, "why": str(error)[:300]}
        ) from error


def _check_format(folder: Path) -> None:
    there = (folder / "format").read_text(encoding="utf-8", errors="replace")[:80]
    if there != FORMAT:
        raise IndexOutdated(
            _(
                "The search index %(folder)s is of format “%(there)s”, this version reads “%(here)s”. Articles are not "
                "touched; have the index built anew."
            )
            % {"folder": folder, "there": there, "here": FORMAT}
        )


def _unreadable(folder: Path, error: Exception) -> IndexUnreadable:
    return IndexUnreadable(
        _("The search index %(folder)s may not be read (%(why)s). Run all parts of Warraq as one user.")
        % {"folder": folder, "why": error}
    )


def _damaged(folder: Path, why: str) -> IndexDamaged:
    return IndexDamaged(
        _("The search index %(folder)s is damaged (%(why)s). Articles are not touched; have the index built anew.")
        % {"folder": folder, "why": why[:300]}
    )


def _files(index: Path) -> list[Path]:
    """The files that the engine would open; not those that a writer is just writing."""
    meta = json.loads((index / _META).read_text(encoding="utf-8"))
    names = {segment["segment_id"].replace("-", ""): segment["deletes"] for segment in meta["segments"]}
    wanted = {f"{name}.{deletes['opstamp']}.del" for name, deletes in names.items() if deletes}
    return [file for file in index.iterdir() if file.name in wanted or file.stem in names]


def _is_sound_or_gone(file: Path) -> bool:
    """Gone: the writer merged its segment meanwhile, and the engine will not ask for it."""
    try:
        stat = file.stat()
        return _is_sound(file, stat.st_size, stat.st_mtime_ns)
    except FileNotFoundError:
        return True


@lru_cache(maxsize=4_096)
def _is_sound(file: Path, size: int, changed: int) -> bool:
    """Whether `file` has the CRC-32 that its footer says. The engine never changes a file: what else did, is seen."""
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data:
        length, mark = _FOOTER.unpack(data[-_FOOTER.size :])
        if mark != _FOOTER_MARK:
            return False
        end = size - _FOOTER.size - length
        footer = json.loads(data[end : size - _FOOTER.size])
        with memoryview(data) as view, view[:end] as body:
            return bool(zlib.crc32(body) == footer["crc"])
