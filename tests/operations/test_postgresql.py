"""What operators are told of a PostgreSQL that does not suit, and that a backup of it is one moment."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import tarfile
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

import pytest

from tests.operations.test_backup import kept
from tests.papers import Demo
from tests.postgresql import Server, server
from tests.processes import done, eventually, fetch, free_ports, lines_until, refusal, running, warraq
from warraq.config import postgresql as reaching
from warraq.config.paper import FILE, DatabaseConfig, PaperConfig, load
from warraq.operations import archive, backup, postgresql, preflight, schema
from warraq.operations.errors import NoCopy, Occupied, OlderDatabase, UnfitDatabase

__all__ = ["server"]

NOBODY = {"WARRAQ_DATABASE__URL": "postgresql://huda:geheim@/paper?host=/nonexistent"}
numbers = count(1)


@pytest.fixture
def database(server: Server) -> DatabaseConfig:
    """An empty database of its own."""
    return DatabaseConfig(url=server.make(f"small{next(numbers)}"))


def execute(config: DatabaseConfig, *statements: str) -> None:
    with closing(reaching.connect(config)) as connection:
        for statement in statements:
            connection.execute(statement.encode())


@pytest.mark.parametrize(
    "command",
    [
        ["press"],
        ["rankings"],
        ["upgrade"],
        ["backup", "paper.tar"],
        ["import", "خبر.txt"],
        ["createadmin", "--user", "هدى", "--password-stdin"],
        ["serve", "--only", "newsroom"],
        ["serve", "--only", "pressroom"],
    ],
)
def test_a_server_that_cannot_be_reached_is_told(demo: Demo, tmp_path: Path, command: list[str]) -> None:
    free = dict(zip(("WARRAQ_FRONT__PORT", "WARRAQ_NEWSROOM__PORT"), map(str, free_ports()), strict=True))
    text = refusal(*command, "--paper", demo.folder, stdin="غيمة فوق صنعاء 7\n", cwd=tmp_path, **NOBODY, **free)

    assert "The paper's database huda@/nonexistent/paper cannot be reached" in text
    assert "the pressed pages are served all the same" in text
    assert "geheim" not in text


def test_doctor_tells_it_and_looks_at_the_rest(demo: Demo) -> None:
    result = warraq("doctor", "--paper", demo.folder, **NOBODY)

    assert result.returncode == 1
    assert "BAD postgresql: The paper's database huda@/nonexistent/paper cannot be reached" in result.stdout
    assert "ok  disk" in result.stdout
    assert "geheim" not in result.stdout + result.stderr


def test_no_paper_is_made_where_there_is_no_server(tmp_path: Path) -> None:
    assert "cannot be reached" in refusal("init", tmp_path / "صحيفة", "--database", NOBODY["WARRAQ_DATABASE__URL"])
    assert not list(tmp_path.iterdir())


def test_readers_are_served_without_a_server(paper: Path) -> None:
    port, newsroom = free_ports()
    ports = {"WARRAQ_FRONT__PORT": str(port), "WARRAQ_NEWSROOM__PORT": str(newsroom)}
    with running("serve", "--paper", paper, **ports, **NOBODY) as process:
        lines = lines_until(process, lambda lines: any("The database is not ready" in line for line in lines))
        assert any("cannot be reached" in line for line in lines)
        assert eventually(lambda: fetch(f"http://127.0.0.1:{port}/")[0] == 200)


@pytest.mark.parametrize("url", ["mysql://a:geheim@b/c", "postgresql://a:geheim@b/c?wrong=1", "postgresql://[geheim"])
def test_a_wrong_address_is_refused_and_its_password_is_not_shown(demo: Demo, url: str) -> None:
    text = refusal("press", "--paper", demo.folder, WARRAQ_DATABASE__URL=url)

    assert "postgresql://user:password@host/name" in text
    assert "geheim" not in text


def test_a_password_with_marks_reaches_the_server_whole() -> None:
    entry = reaching.django(DatabaseConfig(url="postgresql://huda:p%40ss%2Fword@db.example:5433/paper?sslmode=require"))

    assert (entry["USER"], entry["PASSWORD"], entry["HOST"], entry["PORT"], entry["NAME"]) == (
        ("huda", "p@ss/word", "db.example", "5433", "paper")
    )
    assert entry["OPTIONS"]["sslmode"] == "require"


def test_every_connection_keeps_what_it_acknowledges_and_waits_for_a_bounded_time(server: Server) -> None:
    url = server.make(f"small{next(numbers)}")
    execute(
        DatabaseConfig(url=url), f"ALTER DATABASE {url.partition('@/')[2].partition('?')[0]} SET synchronous_commit=off"
    )
    with closing(reaching.connect(DatabaseConfig(url=url, timeout_seconds=7))) as connection:
        for name, value in (("synchronous_commit", "on"), ("lock_timeout", "7s"), ("TimeZone", "UTC")):
            assert connection.execute(f"SHOW {name}".encode()).fetchone() == (value,)


@pytest.mark.parametrize(
    "options", [["--locale=C", "--locale-provider=icu", "--icu-locale=ar"], ["--encoding=LATIN1", "--locale=C"]]
)
def test_a_database_that_sorts_or_writes_otherwise_is_refused(server: Server, options: list[str]) -> None:
    name = f"other{next(numbers)}"
    try:
        server.run("createdb", "--template=template0", *options, name)
    except subprocess.CalledProcessError as error:
        pytest.skip(error.stderr)

    with pytest.raises(UnfitDatabase, match=r"Nothing was changed.*createdb --template=template0"):
        postgresql.refuse_unfit(DatabaseConfig(url=server.url(name)))


def test_a_new_paper_begins_in_an_empty_database_and_leaves_it_empty_where_it_fails(database: DatabaseConfig) -> None:
    with pytest.raises(RuntimeError), postgresql.begun(database):
        execute(database, "CREATE TABLE one (id int PRIMARY KEY)", "CREATE TABLE two (one int REFERENCES one)")
        raise RuntimeError
    with closing(reaching.connect(database)) as connection:
        assert postgresql.tables(connection) == []

    execute(database, "CREATE TABLE theirs (id int)")
    with pytest.raises(Occupied, match=r"theirs is in it.*left as it is"), postgresql.begun(database):
        pass
    with closing(reaching.connect(database)) as connection:
        assert postgresql.tables(connection) == ["theirs"]


def test_an_empty_an_older_and_a_newer_one_are_told_apart(database: DatabaseConfig, tmp_path: Path) -> None:
    config = PaperConfig(folder=tmp_path, database=database)
    with pytest.raises(OlderDatabase, match=r"is empty\. Nothing was made in it"):
        preflight.require_database(config)

    execute(database, "CREATE TABLE django_migrations (app text, name text)")
    execute(database, *(f"INSERT INTO django_migrations VALUES ('{a}', '{b}')" for a, b in names(schema.of_code())))
    preflight.require_database(config)
    execute(database, "DELETE FROM django_migrations WHERE app = 'press'")
    with pytest.raises(OlderDatabase, match="warraq upgrade"):
        preflight.require_database(config)


def names(migrations: frozenset[str]) -> list[tuple[str, ...]]:
    return [tuple(name.split(".")) for name in migrations]


def test_it_is_copied_before_it_is_brought_to_this_version(server: Server, tmp_path: Path) -> None:
    folder, name = tmp_path / "صحيفة", f"small{next(numbers)}"
    done("init", folder, "--database", server.make(name))
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert tomllib.loads((folder / FILE).read_text())["database"]["url"] == server.url(name)
    server.rows(name, "DROP TABLE warraq_search_indexdue; DELETE FROM django_migrations WHERE app = 'warraq_search'")

    text = refusal("upgrade", "--paper", folder, PATH="/nonexistent")
    assert "it is not installed. Nothing was changed" in text
    assert "warraq upgrade" in refusal("press", "--paper", folder)

    assert "brought to this version" in warraq("upgrade", "--paper", folder).stderr
    done("press", "--paper", folder)
    copies = list((folder / "backups").glob("before-upgrade-*.dump"))
    assert len(copies) == 1
    assert (
        "wagtailcore_page"
        in subprocess.run(
            [server.binaries / "pg_restore", "--list", copies[0]], capture_output=True, text=True, check=True
        ).stdout
    )


def test_where_pg_dump_fails_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(NoCopy, match="cannot be done"):
        postgresql.dump(DatabaseConfig(url=NOBODY["WARRAQ_DATABASE__URL"]), tmp_path / "copy.dump")
    assert not list(tmp_path.iterdir())


@pytest.fixture
def small(database: DatabaseConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PaperConfig:
    """A paper's folder with just enough tables for a backup, in PostgreSQL and in what it is copied into."""
    folder, empty = tmp_path / "صحيفة", tmp_path / "empty.sqlite3"
    for name in ("media", "spool", "run"):
        (folder / name).mkdir(parents=True)
    (folder / FILE).write_text("")
    (folder / "secret").write_text("سر\n")
    tables = [
        *(f"CREATE TABLE {name} (id integer PRIMARY KEY)" for name in (*backup.CURSORS, "newsroom_article")),
        "CREATE TABLE taken (number integer PRIMARY KEY)",
        "CREATE TABLE django_migrations (id integer, app text, name text)",
    ]
    execute(database, *tables)
    with closing(sqlite3.connect(empty)) as connection:
        for table in [*tables, "CREATE TABLE numbered (id integer PRIMARY KEY AUTOINCREMENT)"]:
            connection.execute(table)
    execute(database, "CREATE TABLE numbered (id bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY)")

    def give(there: Path) -> Path:
        there.mkdir(parents=True)
        return Path(shutil.copy(empty, there / "paper.sqlite3"))

    monkeypatch.setattr(backup, "empty_database", give)
    return load(folder, {"WARRAQ_DATABASE__URL": database.url})


def test_a_record_is_in_the_spool_or_in_the_database_whenever_the_backup_is_made(
    small: PaperConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, acknowledged, copy = threading.Event(), 0, backup._copy_spools

    def copy_late(*folders: Path) -> None:
        time.sleep(0.05)  # the pressroom would take records in, and away, just now
        copy(*folders)

    monkeypatch.setattr(backup, "_copy_spools", copy_late)

    def front() -> None:
        nonlocal acknowledged
        while not stop.is_set():
            (small.spool / f"{acknowledged:06}.log").write_text(str(acknowledged))
            acknowledged += 1
            time.sleep(0.001)

    def pressroom() -> None:
        with closing(reaching.connect(small.database)) as connection:
            while not stop.is_set():
                segments = sorted(small.spool.glob("*.log"))[:20][:-1]
                with connection.transaction():
                    for one in segments:
                        connection.execute("INSERT INTO taken VALUES (%s) ON CONFLICT DO NOTHING", [int(one.stem)])
                    connection.execute(f"INSERT INTO {backup.CURSORS[1]} VALUES (1) ON CONFLICT DO NOTHING".encode())
                for one in segments:
                    one.unlink()

    with together(front, pressroom, stop=stop):
        for number in range(12):
            before = acknowledged
            file = tmp_path / f"{number}.tar"
            backup.backup(small, file)
            assert kept(file, tmp_path) >= set(range(before))
    assert acknowledged > 100


@contextmanager
def together(*functions: Callable[[], None], stop: threading.Event) -> Iterator[None]:
    """Functions in threads of their own, until the block ends."""
    threads = [threading.Thread(target=one) for one in functions]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_a_number_that_was_given_is_not_given_again(small: PaperConfig, tmp_path: Path) -> None:
    execute(small.database, *["INSERT INTO numbered DEFAULT VALUES"] * 3, "DELETE FROM numbered WHERE id = 3")
    backup.backup(small, tmp_path / "paper.tar")
    with tarfile.open(tmp_path / "paper.tar") as tar:
        tar.extract(archive.DATABASE, tmp_path, filter="data")
    with closing(sqlite3.connect(tmp_path / archive.DATABASE)) as connection:
        assert connection.execute("INSERT INTO numbered DEFAULT VALUES RETURNING id").fetchone() == (4,)
