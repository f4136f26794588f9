"""The whole paper in one file, while it runs."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from warraq.config import postgresql, sqlite
from warraq.config.paper import FILE, PaperConfig
from warraq.language.messages import gettext as _
from warraq.operations import archive, files, locks, snapshot, transfer
from warraq.operations.children import empty_database
from warraq.operations.errors import BadBackup

TRIES = 3
"""How often a backup begins anew because an editor removed a picture while it was being read."""
LAST = "last-backup.json"
CURSORS = ("warraq_comments_spoolcursor", "warraq_readership_spoolcursor")
"""The tables of how far each spool was taken in."""


@dataclass(frozen=True)
class Saved:
    """A backup that is on disk, synced. `bytes` is the file's own size."""

    articles: int
    bytes: int


def backup(config: PaperConfig, file: Path, *, tick: Callable[[], None] = lambda: None) -> Saved:
    """Write the paper into the new or old `file`, whole or not at all.

    Database, spools and media are of one moment: a read or comment that was acknowledged by then is in the backup,
    once. Raises BadBackup for a name of unknown ending, a folder that is not there, or a damaged database.
    """
    compression = archive.compression_of(file)
    if not file.absolute().parent.exists():
        raise BadBackup(
            _("The folder {folder} is not there; is its disk mounted? Nothing was written. Make it first.").format(
                folder=file.absolute().parent
            )
        )
    with locks.held(config.run, "backup", wait=True):
        for left_by_a_kill in config.run.glob(".backup-*"):
            shutil.rmtree(left_by_a_kill, ignore_errors=True)
        for left in reversed(range(TRIES)):
            try:
                saved = _try(config, file, compression, tick)
            except _PictureRemoved:
                if not left:
                    raise
            else:
                break
    stamp = {"file": str(file.absolute()), "at": time.time(), "bytes": saved.bytes}
    (config.run / LAST).write_text(json.dumps(stamp, ensure_ascii=False), encoding="utf-8")
    return saved


class _PictureRemoved(BadBackup):
    pass


def _try(config: PaperConfig, file: Path, compression: str, tick: Callable[[], None]) -> Saved:
    aside = file.with_name(f".{file.name}.new-{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=config.run) as name:
            pictures = _freeze(config, Path(name))
            with files.new_file(aside) as stream:  # closed to others: the secret is in it
                with archive.open_new(stream, compression) as tar:
                    manifest = _pack(archive.Packer(tar), config, Path(name), pictures, tick)
                stream.flush()
                os.fsync(stream.fileno())
        size = aside.stat().st_size
        aside.replace(file)
        files.sync(file.parent)
    finally:
        aside.unlink(missing_ok=True)
    return Saved(manifest.articles, size)


def _freeze(config: PaperConfig, folder: Path) -> list[Path]:
    """Copy database and spools as of one moment into `folder`, and list the media of that moment.

    The writers' lock is held while the spools are copied: what the pressroom has taken out of a spool by then is in
    the database's copy, and what it takes later is in the spools' copy. The database is copied after the lock is let
    go, from a reader that began under it: editors wait for the spools only.
    """
    if config.database.url:
        return _freeze_postgresql(config, folder)
    which = config.database.sqlite
    with closing(sqlite.connect(config.database_file, which=which)) as reader:
        with _no_writer(config, which):
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
            _copy_spools(config.spool, folder / "spool")
            pictures = _pictures(config)
        snapshot.copy_open(reader, folder / "paper.sqlite3", which=which)
    return pictures


def _freeze_postgresql(config: PaperConfig, folder: Path) -> list[Path]:
    """The same from PostgreSQL, into a database of SQLite's: a backup has one form, whatever it was made from.

    The lock is on the spools' cursors alone, which the pressroom moves in the transaction that takes records in; no
    editor waits for it. A picture that goes meanwhile is in one of the two lists, and missed when it is packed.
    """
    copy = empty_database(folder / "scratch")
    before = _pictures(config)
    with closing(postgresql.connect(config.database)) as reader:
        with closing(postgresql.connect(config.database)) as lock, lock.transaction():
            lock.execute(f"LOCK TABLE {', '.join(CURSORS)} IN SHARE MODE".encode())
            reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            reader.execute("SELECT count(*) FROM django_migrations")  # from here on it sees this moment
            _copy_spools(config.spool, folder / "spool")
            pictures = sorted({*before, *_pictures(config)})
        transfer.to_sqlite(reader, copy)
    copy.rename(folder / "paper.sqlite3")
    snapshot.check_integrity(folder / "paper.sqlite3")
    files.sync(folder / "paper.sqlite3")
    return pictures


def _pictures(config: PaperConfig) -> list[Path]:
    return [path for path in sorted(config.media.rglob("*")) if path.is_file()]


def _copy_spools(spools: Path, target: Path) -> None:
    """A segment that goes away meanwhile was taken in before: its records are in the database."""
    for file in spools.rglob("*"):
        copy = target / file.relative_to(spools)
        with contextlib.suppress(FileNotFoundError):
            if file.is_file():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)


@contextlib.contextmanager
def _no_writer(config: PaperConfig, which: str) -> Iterator[None]:
    with closing(sqlite.connect(config.database_file, which=which, read_only=False)) as connection:
        connection.execute(f"PRAGMA busy_timeout={int(config.database.timeout_seconds * 1000)}")
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")


def _pack(
    packer: archive.Packer, config: PaperConfig, frozen: Path, pictures: list[Path], tick: Callable[[], None]
) -> archive.Manifest:
    copy = frozen / "paper.sqlite3"
    packer.add(archive.DATABASE, copy)
    for name in (FILE, "secret"):
        packer.add(name, config.folder / name)
    for file in sorted((frozen / "spool").rglob("*")):
        if file.is_file():
            packer.add(f"spool/{file.relative_to(frozen / 'spool').as_posix()}", file)
    for picture in pictures:
        try:
            packer.add(f"media/{picture.relative_to(config.media).as_posix()}", picture)
        except FileNotFoundError as error:
            raise _PictureRemoved(
                _("Pictures are being removed while the backup reads them. Nothing was written. Try again.")
            ) from error
        tick()
    with closing(sqlite.connect(copy, which=config.database.sqlite)) as connection:
        articles = connection.execute("SELECT count(*) FROM newsroom_article").fetchone()[0]
        rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    return packer.close(articles=articles, migrations=tuple(f"{app}.{name}" for app, name in rows))
