"""A paper's PostgreSQL as operators need it, without Django: is it there, is it fit, what does it hold."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from warraq.config import postgresql
from warraq.config.paper import DatabaseConfig
from warraq.language.messages import gettext as _
from warraq.operations.errors import NoCopy, Occupied, UnfitDatabase

OLDEST = 14
"""The oldest PostgreSQL that Django 5.2 knows."""
WORDS = ["10", "9", "B", "Z", "_a", "a", "a b", "a-b", "ab", "é", "ء", "ا", "ي"]
"""In the order of their bytes, which is SQLite's and Python's. Another order would make other pages."""


def migrations(config: DatabaseConfig) -> list[str]:
    """`app.name` of what was applied to the database; empty where it is empty. Raises Unreachable."""
    with closing(postgresql.connect(config)) as connection:
        if "django_migrations" not in tables(connection):
            return []
        return [f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations")]


def tables(connection: Any) -> list[str]:
    """The tables where unqualified names lead to, in order."""
    rows = connection.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind IN ('r', 'p') AND n.nspname = current_schema() ORDER BY c.relname"
    )
    return [name for (name,) in rows]


def refuse_unfit(config: DatabaseConfig) -> None:
    """Raises UnfitDatabase where pages would come out otherwise than from SQLite, or Django does not know the server.
    Raises Unreachable."""
    with closing(postgresql.connect(config)) as connection:
        version, encoding, schema = _one(
            connection,
            "SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding'), "
            "current_schema()",
        )
        words = [""]
        if encoding == "UTF8":
            (words,) = _one(connection, "SELECT array_agg(word ORDER BY word) FROM unnest(%s::text[]) AS word", WORDS)
    place = postgresql.place(config.url)
    if version < OLDEST:
        raise UnfitDatabase(
            _("{place} is PostgreSQL {version}; {oldest} is the oldest that works. Nothing was changed.").format(
                place=place, version=version, oldest=OLDEST
            )
        )
    if words != WORDS:
        raise UnfitDatabase(
            _(
                "The database {place} sorts text in the way of one language, or does not hold UTF-8, so pages would "
                "come out of it otherwise than they should. Nothing was changed. Make one that does, and name it in "
                "database.url: createdb --template=template0 --encoding=UTF8 --locale=C NAME"
            ).format(place=place)
        )
    if schema is None:
        raise UnfitDatabase(
            _("The user of {place} has no schema to make tables in. Nothing was changed. Give it the database.").format(
                place=place
            )
        )


def refuse_occupied(config: DatabaseConfig) -> None:
    """Raises Occupied where the database holds any table: a new paper begins in an empty one."""
    with closing(postgresql.connect(config)) as connection:
        found = tables(connection)
    if found:
        raise Occupied(
            _(
                "The database {place} is not empty ({table} is in it). It was left as it is. Make a new one with "
                "createdb, and name it in database.url."
            ).format(place=postgresql.place(config.url), table=found[0])
        )


@contextmanager
def begun(config: DatabaseConfig) -> Iterator[None]:
    """A paper is begun in its empty database; where the block fails the database is empty again. In SQLite, whose file
    lies in the paper's own new folder, nothing happens. Raises UnfitDatabase, Occupied, Unreachable."""
    if not config.url:
        yield
        return
    refuse_unfit(config)
    refuse_occupied(config)
    try:
        yield
    except BaseException:
        with suppress(Exception):  # what failed first is what is told
            clear(config)
        raise


def clear(config: DatabaseConfig) -> None:
    """Remove every table, of a database that was empty when a paper that came to nothing was begun in it."""
    from psycopg.sql import SQL, Identifier  # noqa: PLC0415  a paper in SQLite never loads it

    with closing(postgresql.connect(config)) as connection:
        found = [Identifier(name) for name in tables(connection)]
        if found:
            connection.execute(SQL("DROP TABLE {} CASCADE").format(SQL(", ").join(found)))


def about(config: DatabaseConfig) -> tuple[str, int, bool]:
    """The server's version, the size of the database in bytes, and whether it keeps what it acknowledged."""
    with closing(postgresql.connect(config)) as connection:
        version, size, keeps = _one(
            connection,
            "SELECT current_setting('server_version'), pg_database_size(current_database()), "
            "current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off'",
        )
    return version, size, keeps


def _one(connection: Any, query: str, *parameters: Any) -> Any:
    """The one row of a query that always has one."""
    return connection.execute(query, parameters).fetchone()


def dump(config: DatabaseConfig, file: Path) -> None:
    """Write the database into the new `file` as PostgreSQL's own pg_dump does (custom format). Raises NoCopy."""
    program = shutil.which("pg_dump")
    said = postgresql.parts(config.url)
    password = said.pop("password", None)
    why = _("it is not installed")
    if program is not None:
        line = " ".join(f"{name}='{_quoted(value)}'" for name, value in said.items())
        done = subprocess.run(
            [program, "--format=custom", "--no-owner", f"--file={file}", f"--dbname={line}"],
            env={
                **os.environ,
                **({"PGPASSWORD": password} if password else {}),
            },  # nobody reads it in a list of processes
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            file.chmod(0o600)
            return
        file.unlink(missing_ok=True)
        why = done.stderr.strip().partition("\n")[0]
    raise NoCopy(
        _(
            "Before the database is brought to this version it is copied with pg_dump, which cannot be done: {why}. "
            "Nothing was changed. Install the pg_dump of your server's version; or keep a copy of your own, and then: "
            "warraq upgrade --without-copy"
        ).format(why=why)
    )


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")
