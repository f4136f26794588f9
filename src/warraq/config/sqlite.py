"""Which SQLite library is safe for many connections in WAL mode, and how Django is given it.

SQLite 3.7.0 to 3.51.2 may lose committed rows when two connections meet at a checkpoint (the "WAL-reset" race,
sqlite.org/wal.html#walresetbug). Repaired in 3.51.3, and in the back-ports 3.50.7 and 3.44.6.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import Any

from warraq.config.errors import UnsafeSQLite
from warraq.language.messages import gettext as _

REPAIRED = (3, 51, 3)
BACK_PORTS = {(3, 50): 7, (3, 44): 6}


def is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this version of the library holds the repair."""
    return version >= REPAIRED or version[2] >= BACK_PORTS.get(version[:2], 1_000)


def use(which: str) -> str:
    """Make `import sqlite3` mean the chosen library ("bundled" or "system") in this process; its version.

    Raises UnsafeSQLite where that library is affected. Must run before Django's database is imported.
    """
    module = sqlite3
    if which == "bundled":
        import pysqlite3  # noqa: PLC0415  an operator who chose "system" need not have it

        module = pysqlite3
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
    check(module.sqlite_version_info)
    return module.sqlite_version


def check(version: tuple[int, int, int]) -> None:
    """Raises UnsafeSQLite where `version` may lose committed rows."""
    if not is_safe(version):
        raise UnsafeSQLite(
            _(
                "SQLite {version} may lose saved work when several parts write at once (its WAL-reset fault; repaired "
                'in 3.51.3, 3.50.7 and 3.44.6). Nothing was opened. Set [database] sqlite = "bundled" in warraq.toml, '
                "or install a repaired library."
            ).format(version=".".join(map(str, version)))
        )


def django(file: Path, *, timeout_seconds: float, tests: Path) -> dict[str, Any]:
    """Django's DATABASES entry for the database in `file`; tests make theirs in the file `tests`."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            "timeout": timeout_seconds,
            # Every transaction that may write takes the writers' lock at once: no deadlock in the middle.
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000"
            ),
        },
        "TEST": {"NAME": tests},
    }


def connect(file: Path, *, which: str = "bundled", read_only: bool = True) -> sqlite3.Connection:
    """A bare connection to a database file that is there already, of the same library that Django is given."""
    use(which)
    connection: sqlite3.Connection = sys.modules["sqlite3"].connect(
        f"{file.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}", uri=True, isolation_level=None
    )
    return connection
