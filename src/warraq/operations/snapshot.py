"""A consistent copy of a database that others are writing."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from warraq.config import sqlite
from warraq.language.messages import gettext as _
from warraq.operations.errors import BadBackup
from warraq.operations.files import sync


def copy_database(source: Path, target: Path, *, which: str = "bundled") -> None:
    """Copy `source` to the new file `target`; see `copy_open`."""
    with closing(sqlite.connect(source, which=which)) as original:
        copy_open(original, target, which=which)


def copy_open(original: sqlite3.Connection, target: Path, *, which: str = "bundled") -> None:
    """Copy an open database to the new file `target` by SQLite's online backup, check the copy and sync it.

    The copy is one moment of the database, however much is written meanwhile: the moment that a transaction open on
    `original` sees, or else now. Raises BadBackup where the database is damaged.
    """
    target.touch(mode=0o600)
    with closing(sqlite.connect(target, which=which, read_only=False)) as copy:
        original.backup(copy)
        # A copy is one file: without this it would ask for its own -wal and -shm beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
    check_integrity(target, which=which)
    sync(target)


def check_integrity(file: Path, *, which: str = "bundled") -> None:
    """Raises BadBackup where SQLite's own check finds a fault in `file`."""
    found = faults(file, which=which)
    if found:
        raise BadBackup(
            _("The database {file} is damaged ({fault}). Nothing else was changed.").format(file=file, fault=found[0])
        )


def faults(file: Path, *, which: str = "bundled") -> list[str]:
    """What is wrong inside a database: damaged pages, rows that point nowhere. Empty where nothing is."""
    sqlite.use(which)
    try:
        with closing(sqlite.connect(file, which=which)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(10)")]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchmany(10)
    except sys.modules["sqlite3"].Error as error:
        return [str(error)]
    return [text for text in found if text != "ok"] + [f"{row[0]} {row[1]} → {row[2]}" for row in orphans]
