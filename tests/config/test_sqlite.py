"""Which SQLite libraries are refused. The versions are those of sqlite.org/wal.html#walresetbug."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.processes import environment
from warraq.config import sqlite
from warraq.config.errors import UnsafeSQLite
from warraq.config.sqlite import sqlite3 as systems


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 4), (3, 50, 7), (3, 50, 9), (3, 44, 6), (4, 0, 0)])
def test_a_repaired_library_is_taken(version: tuple[int, int, int]) -> None:
    sqlite.check(version)


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 46, 1), (3, 50, 6), (3, 51, 0), (3, 51, 2)])
def test_an_affected_library_is_refused_with_what_to_do(version: tuple[int, int, int]) -> None:
    with pytest.raises(UnsafeSQLite, match=r"may lose saved work.*Nothing was opened.*bundled"):
        sqlite.check(version)


def in_a_process_of_its_own(which: str) -> subprocess.CompletedProcess[str]:
    code = f"from warraq.config import sqlite; print(sqlite.use('{which}')); import sqlite3; print(sqlite3.__name__)"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment())


def test_the_bundled_library_takes_the_place_of_the_system_s() -> None:
    version, module = in_a_process_of_its_own("bundled").stdout.split()

    assert module == "pysqlite3"
    assert sqlite.is_safe(tuple(map(int, version.split("."))))


@pytest.mark.skipif(sqlite.is_safe(systems.sqlite_version_info), reason="this machine's own library is repaired")
def test_the_system_s_library_is_refused_where_it_is_affected() -> None:
    done = in_a_process_of_its_own("system")

    assert done.returncode != 0
    assert "UnsafeSQLite" in done.stderr
