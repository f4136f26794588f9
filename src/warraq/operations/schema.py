"""Whether a database is of this version, without Django: its record of migrations against the files in the package."""

from __future__ import annotations

import hashlib
import sqlite3
import sysconfig
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import warraq
from warraq.config import sqlite
from warraq.config.paper import PaperConfig
from warraq.config.postgresql import place
from warraq.language.messages import gettext as _
from warraq.operations import postgresql
from warraq.operations.errors import NewerDatabase, OlderDatabase

STAMP = "schema"
"""File in `run/`."""


@dataclass(frozen=True)
class Schema:
    """`room.name` of migrations. `unknown` are in the database only, `missing` in this version only."""

    unknown: tuple[str, ...]
    missing: tuple[str, ...]


def of_code() -> frozenset[str]:
    """The migrations that this version brings, `newsroom.0001_initial`."""
    package = Path(warraq.__file__).parent
    return frozenset(f"{file.parent.parent.name}.{file.stem}" for file in package.glob("*/migrations/[0-9]*.py"))


def of_database(config: PaperConfig) -> Schema:
    """How the paper's database stands to this version; an empty or absent one misses everything."""
    return compare(_recorded(config) if config.database.url or config.database_file.exists() else ())


def compare(recorded: Iterable[str]) -> Schema:
    """The same for a list of migrations, as a backup's manifest holds it."""
    known = of_code()
    rooms = {name.partition(".")[0] for name in known}
    ours = {name for name in map(_by_room, recorded) if name.partition(".")[0] in rooms}
    return Schema(tuple(sorted(ours - known)), tuple(sorted(known - ours)))


def _by_room(name: str) -> str:
    """A room is known to Django as itself, or as `warraq_<room>` where another package has that name."""
    return name.removeprefix("warraq_")


def refuse_newer(schema: Schema) -> None:
    """Raises NewerDatabase where a later version wrote the database."""
    if schema.unknown:
        raise NewerDatabase(
            _(
                "The database was written by a newer Warraq (it holds {name}, which this version {version} does not "
                "know). Nothing was opened or changed. Install that version again, or restore a backup made by this "
                "one. Readers can be served meanwhile with: warraq serve --only front"
            ).format(name=schema.unknown[0], version=warraq.__version__)
        )


def refuse_older(schema: Schema) -> None:
    """Raises OlderDatabase where migrations of this version are missing."""
    if schema.missing:
        raise OlderDatabase(
            _(
                "The database is not of this version {version} (it misses {name}). Nothing was changed. Bring it there "
                "with: warraq upgrade"
            ).format(version=warraq.__version__, name=schema.missing[0])
        )


def refuse_absent(config: PaperConfig) -> None:
    """Raises OlderDatabase where there is no database; an empty one in its place would unpublish the paper."""
    if config.database.url:
        if not _recorded(config):
            raise OlderDatabase(
                _(
                    "The database {place} is empty. Nothing was made in it, and the pressed pages were kept. Is "
                    "database.url right? If it is lost, make the paper from your last backup: warraq restore FILE DIR"
                ).format(place=place(config.database.url))
            )
    elif not config.database_file.exists():
        raise OlderDatabase(
            _(
                "The database {file} is not there. Nothing was made in its place, and the pressed pages were kept. Is "
                "its disk mounted? If it is lost, make the paper from your last backup: warraq restore FILE DIR"
            ).format(file=config.database_file)
        )


def note_current(config: PaperConfig) -> None:
    """Remember in `run/` that Django found this database to be of this version."""
    (config.run / STAMP).write_text(_fingerprint(config))


def is_current(config: PaperConfig) -> bool:
    """Whether that still holds: same packages, same migrations in the database. Raises OSError where it never did."""
    return (config.run / STAMP).read_text() == _fingerprint(config)


def _fingerprint(config: PaperConfig) -> str:
    packages = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    told = "\n".join([*packages, *sorted(of_code()), *sorted(_recorded(config))])
    return hashlib.sha256(told.encode()).hexdigest()


def _recorded(config: PaperConfig) -> list[str]:
    if config.database.url:
        return postgresql.migrations(config.database)
    with closing(sqlite.connect(config.database_file, which=config.database.sqlite)) as connection:
        return recorded_in(connection)


def recorded_in(connection: sqlite3.Connection) -> list[str]:
    """`app.name` of the migrations applied to an SQLite database."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'").fetchone():
        return []
    return [f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations")]
