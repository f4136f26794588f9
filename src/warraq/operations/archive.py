"""The backup's file: a tar of the paper's own files, closed by a manifest with the SHA-256 of each.

    database/paper.sqlite3   one consistent moment
    media/…                  pictures and documents that editors uploaded
    spool/…                  reads and comments that were acknowledged and not yet taken in
    warraq.toml, secret
    manifest.json            last: what the file must hold, so that a cut or changed one is known before it is used

Pressed pages and the search index are not in it: they are made anew from these.
"""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import re
import tarfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

import warraq
from warraq.language.messages import gettext as _
from warraq.operations.errors import BadBackup

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database/paper.sqlite3"
COMPRESSIONS = {".tar": "", ".tar.gz": "gz", ".tgz": "gz", ".tar.xz": "xz"}
"""Suffix → tarfile's name of the compression."""
MANIFEST_BYTES = 256 * 2**20
"""Longest manifest that is read: some two million files."""
_NAME = re.compile(r"(?:media|spool)/[^\0]{1,900}|database/paper\.sqlite3|warraq\.toml|secret")


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. `files`: name → (bytes, SHA-256 in hexadecimal); `made_at` is UTC."""

    articles: int
    migrations: tuple[str, ...]
    files: dict[str, tuple[int, str]]
    format: int = FORMAT
    version: str = warraq.__version__
    made_at: str = ""

    @property
    def bytes(self) -> int:
        """What the paper's files take when they are unpacked."""
        return sum(size for size, _digest in self.files.values())


def compression_of(file: Path) -> str:
    """Raises BadBackup for a name whose ending says nothing that is known."""
    for suffix, name in COMPRESSIONS.items():
        if file.name.endswith(suffix):
            return name
    raise BadBackup(
        _("{file}: a backup's name ends in one of {suffixes}. Nothing was written.").format(
            file=file, suffixes=", ".join(COMPRESSIONS)
        )
    )


def open_new(stream: IO[bytes], compression: str) -> tarfile.TarFile:
    """An empty archive that is written to `stream`; `compression` as `compression_of` says."""
    opening: Any = tarfile.open  # its overloads list each mode as a literal
    tar: tarfile.TarFile = opening(fileobj=stream, mode=f"w:{compression}", format=tarfile.PAX_FORMAT)
    return tar


class Packer:
    """Adds files to a new archive and keeps count of them."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.files: dict[str, tuple[int, str]] = {}

    def add(self, name: str, source: Path) -> None:
        """Add `source` as `name`, exactly as many bytes as it has now: it may be growing."""
        with source.open("rb") as stream:
            info = self._tar.gettarinfo(arcname=name, fileobj=stream)
            counted = _Counted(stream, info.size)
            self._put(info, cast(IO[bytes], counted))
        self.files[name] = (info.size, counted.digest.hexdigest())

    def close(self, *, articles: int, migrations: tuple[str, ...]) -> Manifest:
        """Add the manifest; nothing may follow it."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        manifest = Manifest(articles, migrations, self.files, made_at=stamp)
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=0).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mtime = len(text), time.time()
        self._put(info, io.BytesIO(text))
        return manifest

    def _put(self, info: tarfile.TarInfo, stream: IO[bytes]) -> None:
        info.mode, info.uid, info.gid, info.uname, info.gname = 0o600, 0, 0, "", ""
        self._tar.addfile(info, stream)


class _Counted(io.RawIOBase):
    """A stream that sums what is read of it, and gives no more than `size` bytes."""

    def __init__(self, stream: IO[bytes], size: int = -1) -> None:
        self._stream, self._left = stream, size
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size if self._left < 0 else min(size, self._left))
        self._left -= len(data) if self._left >= 0 else 0
        self.digest.update(data)
        return data


def check(file: Path, *, tick: Callable[[], None] = lambda: None) -> Manifest:
    """Read a backup through without writing anything; its manifest.

    Raises BadBackup where it is no backup, cut, changed by one bit, or holds anything that a backup does not.
    """
    found: dict[str, tuple[int, str]] = {}
    manifest = None
    with reading(file) as members:
        for member, stream in members:
            if manifest is not None:
                raise _damaged(file, _("something follows its manifest"))
            if member.name == MANIFEST:
                manifest = _manifest(file, member, stream)
                continue
            counted = _Counted(stream)
            while counted.read(2**20):
                pass
            found[member.name] = (member.size, counted.digest.hexdigest())
            tick()
    if manifest is None:
        raise _damaged(file, _("it ends before its manifest"))
    wrong = sorted(name for name in found.keys() | manifest.files.keys() if found.get(name) != manifest.files.get(name))
    if wrong:
        raise _damaged(file, _("{name} is not as it was written").format(name=wrong[0]))
    if DATABASE not in found:
        raise _damaged(file, _("it holds no database"))
    return manifest


@contextmanager
def reading(file: Path) -> Iterator[Iterator[tuple[tarfile.TarInfo, IO[bytes]]]]:
    """The members of a backup in order, each checked by name and kind; BadBackup for whatever is wrong."""
    try:
        with tarfile.open(file, "r:*") as tar:
            yield _members(file, tar)
    except (tarfile.TarError, EOFError, ValueError, zlib.error, lzma.LZMAError) as error:
        raise _damaged(file, str(error).partition(":\n")[0]) from error
    except OSError as error:
        if error.errno is None:  # gzip's own complaints about what it reads; the system's have a number
            raise _damaged(file, str(error).partition(":\n")[0]) from error
        raise


def _members(file: Path, tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for member in tar:
        stream = tar.extractfile(member) if member.isreg() and is_allowed(member.name) else None
        if stream is None:
            raise BadBackup(
                _("{file} holds {name}, which no backup of Warraq holds. Nothing was written.").format(
                    file=file, name=repr(member.name)
                )
            )
        yield member, stream


def is_allowed(name: str) -> bool:
    """Whether a member may have this name: below the paper's folder, nothing hidden in the path's parts."""
    return name == MANIFEST or (
        _NAME.fullmatch(name) is not None and not any(part in {"", ".", ".."} for part in name.split("/"))
    )


def _manifest(file: Path, member: tarfile.TarInfo, stream: IO[bytes]) -> Manifest:
    if member.size > MANIFEST_BYTES:
        raise _damaged(file, _("its manifest is too long"))
    try:
        values: dict[str, Any] = json.loads(stream.read())
        if values["format"] != FORMAT:
            raise BadBackup(
                _("{file} was made by Warraq {version}, in a form that this version does not read.").format(
                    file=file, version=values["version"]
                )
            )
        values["files"] = {str(name): (int(size), str(digest)) for name, (size, digest) in values["files"].items()}
        values["migrations"] = tuple(map(str, values["migrations"]))
        values["articles"] = int(values["articles"])
        return Manifest(**values)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(file, _("its manifest is not readable")) from error


def _damaged(file: Path, why: str) -> BadBackup:
    return BadBackup(
        _("{file} is no whole backup of Warraq: {why}. Nothing was written. Use another one.").format(
            file=file, why=why
        )
    )
