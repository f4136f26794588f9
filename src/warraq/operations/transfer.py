"""All rows of a paper from PostgreSQL into SQLite's file and back, without Django; both have this version's tables.

So a backup has one form, and one made from either is restored into either. Left out are the staff's search index, whose
tables differ, and what each database remembers of its own migrations.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from warraq.config import postgresql, sqlite
from warraq.config.paper import DatabaseConfig
from warraq.language.messages import gettext as _
from warraq.operations import schema
from warraq.operations.errors import BadBackup, OlderDatabase
from warraq.operations.postgresql import migrations, tables

if TYPE_CHECKING:
    from psycopg import Connection

AT_ONCE = 2_000
"""Rows fetched in one go."""


def to_sqlite(source: Connection[Any], file: Path, *, which: str = "bundled") -> None:
    """Copy what a transaction open on `source` sees into the database in `file`, in the place of what is there."""
    from psycopg.types.string import TextLoader  # noqa: PLC0415  a paper in SQLite never loads it

    source.adapters.register_loader("jsonb", TextLoader)  # as it stands: SQLite keeps JSON as text
    with closing(sqlite.connect(file, which=which, read_only=False)) as target:
        target.execute("PRAGMA foreign_keys=OFF")
        target.execute("PRAGMA synchronous=OFF")  # whoever asked syncs the file once, when it is whole
        target.execute("BEGIN")
        names = _shared(target, source)
        for name in names:
            target.execute(f"DELETE FROM {_quoted(name)}")  # noqa: S608  names of our own tables, here and below
        for name in names:
            columns = _columns(target, name)
            marks = ", ".join("?" * len(columns))
            with source.cursor(name="rows") as rows:
                rows.itersize = AT_ONCE
                rows.execute(f"SELECT {_list(columns)} FROM {_quoted(name)}".encode())  # noqa: S608
                insert = f"INSERT INTO {_quoted(name)} ({_list(columns)}) VALUES ({marks})"  # noqa: S608
                target.executemany(insert, ([_as_sqlite(value) for value in row] for row in rows))
        for name, sequence in _sequences(source, names, target):
            row = source.execute(f"SELECT last_value FROM {sequence} WHERE is_called".encode()).fetchone()  # noqa: S608
            if row is not None:
                target.execute("DELETE FROM sqlite_sequence WHERE name = ?", [name])
                target.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [name, row[0]])
        target.execute("COMMIT")
        target.execute("PRAGMA journal_mode=DELETE")  # one file, without its log beside it


def to_postgresql(file: Path, config: DatabaseConfig) -> None:
    """Copy the database in `file` into a PostgreSQL that has this version's tables, in the place of what is there, all
    or nothing. Raises BadBackup for a row that PostgreSQL does not take, OlderDatabase where the two are not alike."""
    from psycopg import DataError, IntegrityError  # noqa: PLC0415  a paper in SQLite never loads it

    with closing(sqlite.connect(file, which=config.sqlite)) as source, closing(postgresql.connect(config)) as target:
        if sorted(schema.recorded_in(source)) != sorted(migrations(config)):
            raise OlderDatabase(_("The two databases are not of one version. Nothing was copied."))
        names, name = _shared(source, target), ""
        try:
            with target.transaction(), target.cursor() as cursor:
                cursor.execute(f"TRUNCATE {_list(names)} CASCADE".encode())
                for name in names:
                    columns = _list(_columns(source, name))
                    with cursor.copy(f"COPY {_quoted(name)} ({columns}) FROM STDIN".encode()) as copy:
                        for row in source.execute(f"SELECT {columns} FROM {_quoted(name)}"):  # noqa: S608
                            copy.write_row(row)
                given = dict(source.execute("SELECT name, seq FROM sqlite_sequence"))
                for table, sequence in _sequences(target, names, source):
                    if given.get(table):
                        cursor.execute("SELECT setval(%s::regclass, %s)", [sequence, given[table]])
        except (DataError, IntegrityError) as error:
            raise BadBackup(
                _("PostgreSQL does not take a row of {table} ({why}). Nothing was kept.").format(
                    table=name, why=str(error).partition("\n")[0]
                )
            ) from error


def _shared(there: sqlite3.Connection, here: Connection[Any]) -> list[str]:
    """The tables that both have, in order. Raises OlderDatabase where PostgreSQL misses one."""
    rows = there.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1")
    wanted = [name for (name,) in rows if name != "django_migrations" and "indexentry" not in name]
    missing = sorted(set(wanted) - set(tables(here)))
    if missing:
        raise OlderDatabase(_("PostgreSQL misses the table {name}. Nothing was copied.").format(name=missing[0]))
    return wanted


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({_quoted(table)})")]


def _sequences(connection: Connection[Any], names: Iterable[str], there: sqlite3.Connection) -> list[tuple[str, str]]:
    """(table, its sequence's quoted name) of each table that numbers its rows itself."""
    found = []
    for name in names:
        keys = [row[1] for row in there.execute(f"PRAGMA table_info({_quoted(name)})") if row[5]]
        if len(keys) == 1:
            row = connection.execute("SELECT pg_get_serial_sequence(%s, %s)", [_quoted(name), keys[0]]).fetchone()
            if row is not None and row[0]:
                found.append((name, row[0]))
    return found


def _as_sqlite(value: Any) -> Any:
    """A value as Django writes it into SQLite."""
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    if isinstance(value, date | time):
        return str(value)
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    return value


def _list(columns: Iterable[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
