"""A backup is one moment of the paper, and a paper again."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import tarfile
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.papers import Demo
from tests.processes import answer, refusal, warraq
from warraq.config import sqlite
from warraq.config.paper import FILE, PaperConfig, load
from warraq.operations import archive, backup, snapshot
from warraq.operations.errors import BadBackup


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite.connect(folder / "database" / "paper.sqlite3")) as connection:
        return connection.execute(query).fetchall()


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_restored_is_the_same_paper(demo: Demo, tmp_path: Path) -> None:
    file, again = tmp_path / "نسخة.tar.gz", tmp_path / "مكان آخر" / "صحيفة"

    saved = answer("backup", file, "--paper", demo.folder)
    made = answer("restore", file, again)

    assert saved["articles"] == made["articles"] == demo.said["articles"]
    assert saved["bytes"] == made["bytes"] == file.stat().st_size
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for table in ("newsroom_article", "warraq_comments_comment", "warraq_readership_readhour", "auth_user"):
        assert rows(again, f"SELECT * FROM {table} ORDER BY 1") == rows(
            demo.folder, f"SELECT * FROM {table} ORDER BY 1"
        )
    assert tree(again / "media") == tree(demo.folder / "media")
    assert (again / "secret").read_bytes() == (demo.folder / "secret").read_bytes()
    pages = tree(demo.folder / "pressed" / "pages")
    assert tree(again / "pressed" / "pages") == pages
    assert answer("search", "القهوة", "--paper", again) == answer("search", "القهوة", "--paper", demo.folder)
    assert answer("press", "--verify", "--paper", again)["drift"] == []


def small(folder: Path) -> PaperConfig:
    """A paper's folder with a database that is just enough for a backup."""
    folder.mkdir()
    (folder / FILE).write_text("")
    (folder / "secret").write_text("سر\n")
    for name in ("database", "media", "spool", "run"):
        (folder / name).mkdir()
    config = load(folder, {})
    with closing(sqlite3.connect(config.database_file)) as connection:
        connection.executescript(
            "PRAGMA journal_mode=WAL;"
            "CREATE TABLE django_migrations (id, app, name); CREATE TABLE newsroom_article (id);"
            "CREATE TABLE taken (number INTEGER PRIMARY KEY);"
        )
    return config


def test_a_record_is_in_the_spool_or_in_the_database_whenever_the_backup_is_made(tmp_path: Path) -> None:
    config = small(tmp_path / "صحيفة")
    stop, acknowledged = threading.Event(), 0

    def front() -> None:
        nonlocal acknowledged
        while not stop.is_set():
            (config.spool / f"{acknowledged:06}.log").write_text(str(acknowledged))
            acknowledged += 1
            time.sleep(0.001)

    def pressroom() -> None:
        with closing(sqlite.connect(config.database_file, read_only=False)) as connection:
            connection.execute("PRAGMA busy_timeout=20000")
            while not stop.is_set():
                segments = sorted(config.spool.glob("*.log"))[:20]
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(
                    "INSERT OR IGNORE INTO taken VALUES (?)", [(int(one.stem),) for one in segments[:-1]]
                )
                connection.execute("COMMIT")
                for one in segments[:-1]:
                    one.unlink()

    threads = [threading.Thread(target=part) for part in (front, pressroom)]
    for thread in threads:
        thread.start()
    try:
        for number in range(12):
            before = acknowledged
            file = tmp_path / f"{number}.tar"
            backup.backup(config, file)
            assert kept(file, tmp_path) >= set(range(before))
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert acknowledged > 100


def kept(file: Path, scratch: Path) -> set[int]:
    """The numbers of the records that a backup holds, in its database or in its spool."""
    archive.check(file)
    with tarfile.open(file) as tar:
        names = tar.getnames()
        tar.extract(archive.DATABASE, scratch, filter="data")
    with closing(sqlite3.connect(scratch / archive.DATABASE)) as connection:
        taken = {number for (number,) in connection.execute("SELECT number FROM taken")}
    return taken | {int(Path(name).stem) for name in names if name.startswith("spool/")}


def test_a_picture_that_is_removed_meanwhile_begins_the_backup_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = small(tmp_path / "صحيفة")
    (config.run / ".backup-killed").mkdir()
    for name in ("أ.jpg", "ب.jpg"):
        (config.media / name).write_bytes(b"jpeg")
    real, times = backup._freeze, []

    def remove_after(*arguments: object) -> list[Path]:
        times.append(1)
        pictures = real(*arguments)
        (config.media / "ب.jpg").unlink(missing_ok=True)
        return pictures

    monkeypatch.setattr(backup, "_freeze", remove_after)
    backup.backup(config, tmp_path / "نسخة.tar")

    assert len(times) == 2
    assert not list(config.run.glob(".backup-*")), "neither ours nor what a killed one left"
    assert "media/أ.jpg" in archive.check(tmp_path / "نسخة.tar").files
    assert "media/ب.jpg" not in archive.check(tmp_path / "نسخة.tar").files


def test_a_backup_that_fails_leaves_the_last_one(tmp_path: Path) -> None:
    config = small(tmp_path / "صحيفة")
    file = tmp_path / "نسخ" / "نسخة.tar"
    file.parent.mkdir(exist_ok=True)
    backup.backup(config, file)
    before = file.read_bytes()
    size = config.database_file.stat().st_size
    with config.database_file.open("r+b") as stream:
        stream.seek(size - 4096)
        stream.write(os.urandom(4096))

    with pytest.raises((BadBackup, sqlite3.Error, snapshot.sqlite.sys.modules["sqlite3"].Error)):
        backup.backup(config, file)

    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["نسخة.tar"]
    assert not list(config.run.glob(".backup-*"))


def test_a_disk_that_fills_up_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = small(tmp_path / "صحيفة")
    file = tmp_path / "نسخة.tar"
    backup.backup(config, file)
    before = file.read_bytes()

    def fill(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backup.archive.Packer, "close", fill)
    monkeypatch.setattr(backup.archive.Packer, "add", fill)
    with pytest.raises(OSError, match="No space left"):
        backup.backup(config, file)

    assert file.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["صحيفة", "نسخة.tar"]


def test_a_strange_name_a_missing_file_and_an_occupied_folder_are_refused(demo: Demo, tmp_path: Path) -> None:
    assert "ends in one of .tar" in refusal("backup", tmp_path / "paper.zip", "--paper", demo.folder)
    assert "no such file" in refusal("restore", tmp_path / "لا شيء.tar", tmp_path / "صحيفة")
    (tmp_path / "خبر.tar").write_text("خبر")
    assert "no whole backup" in refusal("restore", tmp_path / "خبر.tar", tmp_path / "صحيفة")
    assert "is a paper already" in refusal("restore", tmp_path / "خبر.tar", demo.folder)
    assert not (tmp_path / "صحيفة").exists()


def test_a_place_that_cannot_be_written_is_refused(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "ورقة").write_text("")

    result = warraq("backup", tmp_path / "ورقة" / "نسخة.tar", "--paper", demo.folder)

    assert result.returncode == 1
    assert "a file and not a folder" in result.stderr


def test_a_folder_that_is_not_there_is_not_made(demo: Demo, tmp_path: Path) -> None:
    """Where a disk is not mounted, a backup beside its empty mount point would be none."""
    assert "mounted" in refusal("backup", tmp_path / "قرص" / "نسخة.tar", "--paper", demo.folder)
    assert not (tmp_path / "قرص").exists()
