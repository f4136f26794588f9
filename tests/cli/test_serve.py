"""`warraq serve`: three processes, one command, and what each trouble does to readers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.papers import Demo
from tests.processes import answer, done, environment, eventually, fetch, free_ports, lines_until, refusal, running
from warraq.config import sqlite
from warraq.config.sqlite import sqlite3 as systems
from warraq.operations import archive, locks


def said(*parts: str) -> object:
    """Whether each of `parts` has said that it works."""
    return lambda lines: all(any(line.startswith(f"{part}: ") for line in lines) for part in parts)


def children(process: subprocess.Popen[bytes]) -> dict[str, int]:
    """Part → its process."""
    found = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(file.read_text().rpartition(")")[2].split()[1])
            words = file.with_name("cmdline").read_text().split("\0")
        except (OSError, ValueError):
            continue
        if parent == process.pid and "--only" in words:
            found[words[words.index("--only") + 1]] = int(file.parent.name)
    return found


def ports(front: int, newsroom: int) -> list[str]:
    return ["--port", str(front), "--newsroom-port", str(newsroom)]


def test_a_paper_is_served_looked_after_and_stopped(paper: Path, tmp_path: Path) -> None:
    front, newsroom = free_ports()
    url = f"http://127.0.0.1:{front}"
    with running("serve", "--paper", paper, *ports(front, newsroom)) as process:
        lines = lines_until(process, said("front", "newsroom", "pressroom"), 120)
        assert f"front: {url}/" in lines
        assert f"newsroom: http://127.0.0.1:{newsroom}/admin/" in lines
        assert fetch(f"{url}/")[1] == (paper / "pressed" / "pages" / "index.html").read_bytes()
        assert b"<form" in fetch(f"http://127.0.0.1:{newsroom}/admin/login/")[1]

        text = refusal("serve", "--paper", paper, *ports(*free_ports()))
        assert f"served already: process {process.pid}" in text

        reads_are_counted(paper, url)
        work_goes_on_beside_it(paper, tmp_path)
        what_dies_comes_back(process, url, newsroom)

        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert fetch(f"{url}/") == (0, b"")
    assert fetch(f"http://127.0.0.1:{newsroom}/admin/login/") == (0, b"")
    assert not any(locks.is_held(paper / "run", part) for part in ("serve", "front", "newsroom", "pressroom"))


def reads_are_counted(paper: Path, url: str) -> None:
    least = answer("rankings", "--paper", paper)["items"][-1]["id"]

    def reads() -> int:
        with closing(sqlite.connect(paper / "database" / "paper.sqlite3")) as connection:
            query = "SELECT sum(count) FROM warraq_readership_readhour WHERE article_id = ?"
            return int(connection.execute(query, [least]).fetchone()[0])

    before = reads()
    assert fetch(f"{url}/_/read", f"id={least}".encode())[0] == 204
    eventually(lambda: reads() == before + 1)


def work_goes_on_beside_it(paper: Path, tmp_path: Path) -> None:
    assert answer("press", "--all", "--paper", paper)["drift"] == []
    assert answer("backup", tmp_path / "نسخة.tar", "--paper", paper)["articles"] >= 20
    archive.check(tmp_path / "نسخة.tar")
    checks = {check["name"]: check for check in answer("doctor", "--paper", paper)["checks"]}
    assert "answers" in checks["front"]["says"]
    assert "answers" in checks["newsroom"]["says"]
    assert "last round" in checks["pressroom"]["says"]


def what_dies_comes_back(process: subprocess.Popen[bytes], url: str, newsroom: int) -> None:
    before = children(process)
    assert set(before) == {"front", "newsroom", "pressroom"}
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)

    eventually(lambda: fetch(f"{url}/_/health")[0] == 200)
    eventually(lambda: fetch(f"http://127.0.0.1:{newsroom}/admin/login/")[0] == 200, 60)
    after = eventually(lambda: len(found := children(process)) == 3 and found)
    assert not set(before.values()) & set(after.values())


def test_readers_are_served_without_a_database_and_nothing_is_put_in_its_place(paper: Path) -> None:
    front, newsroom = free_ports()
    shutil.rmtree(paper / "database")
    with running("serve", "--paper", paper, *ports(front, newsroom)) as process:
        lines = lines_until(process, lambda lines: any("The database is not ready" in line for line in lines), 60)

        eventually(lambda: fetch(f"http://127.0.0.1:{front}/")[0] == 200)
        assert any("is not there. Nothing was made in its place" in line for line in lines)
        assert set(children(process)) == {"front"}
    assert not (paper / "database").exists()


def test_readers_are_served_where_the_database_is_damaged(paper: Path) -> None:
    front, newsroom = free_ports()
    (paper / "database" / "paper.sqlite3").write_bytes(os.urandom(8192))
    with running("serve", "--paper", paper, *ports(front, newsroom)) as process:
        lines = lines_until(process, lambda lines: any("The database is not ready" in line for line in lines), 60)

        assert fetch(f"http://127.0.0.1:{front}/")[0] == 200
        assert any("The database file is damaged" in line for line in lines)


def test_a_part_ends_with_its_supervisor_even_where_that_is_killed(paper: Path) -> None:
    front, newsroom = free_ports()
    with running("serve", "--paper", paper, *ports(front, newsroom)) as process:
        lines_until(process, said("front"), 60)
        process.kill()
        process.wait()
        eventually(lambda: fetch(f"http://127.0.0.1:{front}/") == (0, b""))
        eventually(lambda: not any(locks.is_held(paper / "run", part) for part in ("front", "newsroom", "pressroom")))


def test_an_older_database_is_copied_and_brought_to_this_version(paper: Path) -> None:
    file = paper / "database" / "paper.sqlite3"
    with closing(sqlite.connect(file, read_only=False)) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'warraq_search'")
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE 'warraq_search_%' AND type = 'table'"
        )
        for (table,) in tables.fetchall():
            connection.execute(f"DROP TABLE {table}")
    assert "warraq upgrade" in refusal("rankings", "--paper", paper)
    front, newsroom = free_ports()

    with running("serve", "--paper", paper, *ports(front, newsroom)) as process:
        lines = lines_until(process, said("newsroom"), 90)

    assert any("was brought to this version: warraq_search.0001" in line for line in lines)
    assert len(list((paper / "backups").glob("before-upgrade-*.sqlite3"))) == 1
    done("rankings", "--paper", paper)


def test_a_newer_database_is_refused_and_untouched(paper: Path) -> None:
    file = paper / "database" / "paper.sqlite3"
    with closing(sqlite.connect(file, read_only=False)) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('newsroom', '9999_far', '2030-01-01')"
        )
    before = file.read_bytes()

    for command in (
        ("serve", *ports(*free_ports())),
        ("rankings",),
        ("upgrade",),
        ("backup", paper.parent / "نسخة.tar"),
    ):
        assert "written by a newer Warraq" in refusal(*command, "--paper", paper)
    assert file.read_bytes() == before


def test_a_port_in_use_is_refused_before_anything_starts(demo: Demo) -> None:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        taken, (free,) = line.getsockname()[1], free_ports(1)

        text = refusal("serve", "--paper", demo.folder, *ports(taken, free))
        assert f"127.0.0.1:{taken} cannot be used" in text
        assert "front.port in warraq.toml, or --port" in text

        text = refusal("serve", "--paper", demo.folder, *ports(free, taken))
        assert "newsroom.port in warraq.toml, or --newsroom-port" in text


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may read; pytest's own are closed."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("more", [[], ["--only", "front"]])
def test_a_folder_that_cannot_be_written_is_refused(open_folder: Path, more: list[str]) -> None:
    (open_folder / "warraq.toml").touch()
    # Everything is imported while we may read it, for the other user may not read this checkout.
    code = (
        "import os, sys, encodings.idna\n"
        "from warraq.cli import serve, root\n"
        f"os.chdir({str(open_folder)!r}); os.setgid(65534); os.setuid(65534)\n"
        f"sys.exit(root.run(['serve', *{more!r}]))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment()
    )

    assert result.returncode == 1, result.stderr
    assert "cannot be written (Permission denied). Nothing was started" in result.stderr
    assert "number 65534" in result.stderr


@pytest.mark.skipif(sqlite.is_safe(systems.sqlite_version_info), reason="this machine's own library is repaired")
def test_an_affected_sqlite_library_is_refused(demo: Demo) -> None:
    variables = {"WARRAQ_DATABASE__SQLITE": "system"}

    assert "may lose saved work" in refusal("serve", "--paper", demo.folder, *ports(*free_ports()), **variables)
    assert "may lose saved work" in refusal("rankings", "--paper", demo.folder, **variables)


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[front]\nprot = 1\n", "Did you mean front.port?"),
        ('[front]\nport = "ثمانية"\n', "front.port = 'ثمانية' is refused"),
        ("[front\n", "is not valid TOML"),
    ],
)
def test_a_wrong_setting_is_refused(tmp_path: Path, toml: str, words: str) -> None:
    (tmp_path / "warraq.toml").write_text(toml, encoding="utf-8")

    assert words in refusal("serve", "--paper", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["warraq.toml"]


def test_the_front_alone_serves_without_django(paper: Path) -> None:
    front, newsroom = free_ports()
    with running("serve", "--only", "front", "--paper", paper, *ports(front, newsroom)) as process:
        eventually(lambda: fetch(f"http://127.0.0.1:{front}/")[0] == 200)
        maps = Path(f"/proc/{process.pid}/maps").read_text()
        assert "pysqlite3" not in maps
        assert "The front of this paper is running already" in refusal("serve", "--paper", paper, *ports(*free_ports()))
        assert json.loads((paper / "run" / "front.lock").read_text())["port"] == front
