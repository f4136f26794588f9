"""What is refused before anything starts."""

from __future__ import annotations

import errno
import os
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from warraq.config.paper import FILE, PaperConfig, load
from warraq.operations import preflight, schema
from warraq.operations.errors import NewerDatabase, NoSecret, NotWritable, OlderDatabase, PortInUse


def config(folder: Path) -> PaperConfig:
    (folder / FILE).write_text("")
    return load(folder, {})


def database(paper: PaperConfig, migrations: list[str]) -> None:
    """A database that says that these migrations were applied to it."""
    paper.database_file.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(paper.database_file)) as connection:
        connection.execute("CREATE TABLE django_migrations (app, name)")
        connection.executemany("INSERT INTO django_migrations VALUES (?, ?)", [name.split(".") for name in migrations])
        connection.commit()


def test_a_port_that_somebody_listens_on_is_refused_with_what_to_change() -> None:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        port = line.getsockname()[1]

        with pytest.raises(PortInUse, match=rf"127.0.0.1:{port} cannot be used.*newsroom.port.*--newsroom-port"):
            preflight.check_port("127.0.0.1", port, setting="newsroom.port")

    preflight.check_port("127.0.0.1", port, setting="front.port")


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(PortInUse, match=r"192\.0\.2\.1"):
        preflight.check_port("192.0.2.1", 8000, setting="front.port")


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ورقة").write_text("")

    with pytest.raises(NotWritable, match=rf"cannot be written.*number {os.geteuid()}"):
        preflight.check_writable(tmp_path / "ورقة" / "صحيفة")


def test_the_code_knows_the_migrations_of_its_rooms() -> None:
    assert {name.partition(".")[0] for name in schema.of_code()} >= {"press", "newsroom", "comments", "readership"}


def test_a_database_of_this_version_is_taken(tmp_path: Path) -> None:
    paper = config(tmp_path)
    database(paper, [*schema.of_code(), "wagtailcore.9999_not_ours"])

    preflight.check_database(paper)
    preflight.require_database(paper)


def test_a_room_that_django_knows_by_another_name_is_the_same_room(tmp_path: Path) -> None:
    paper = config(tmp_path)
    database(paper, [f"warraq_{name}" for name in schema.of_code()])

    preflight.require_database(paper)


def test_a_newer_database_is_refused_and_named(tmp_path: Path) -> None:
    paper = config(tmp_path)
    database(paper, [*schema.of_code(), "warraq_comments.0099_reactions"])

    for check in (preflight.check_database, preflight.require_database):
        with pytest.raises(NewerDatabase, match=r"comments.0099_reactions.*serve --only front"):
            check(paper)


def test_an_older_an_empty_and_an_absent_database_are_told_apart(tmp_path: Path) -> None:
    paper = config(tmp_path)
    with pytest.raises(OlderDatabase, match=r"is not there\. Nothing was made in its place"):
        preflight.require_database(paper)
    assert not paper.database_file.exists()

    database(paper, sorted(schema.of_code())[1:])
    with pytest.raises(OlderDatabase, match="warraq upgrade"):
        preflight.require_database(paper)
    preflight.check_database(paper)


def test_a_damaged_database_does_not_keep_readers_from_being_served(tmp_path: Path) -> None:
    paper = config(tmp_path)
    paper.database_file.parent.mkdir()
    paper.database_file.write_bytes(b"not a database, but long enough to be looked at" * 100)

    preflight.check_database(paper)
    with pytest.raises(preflight.database_errors(paper), match="not a database"):
        preflight.require_database(paper)


@pytest.mark.parametrize("secret", [None, "", "short\n"])
def test_without_a_secret_the_newsroom_is_not_started(tmp_path: Path, secret: str | None) -> None:
    paper = config(tmp_path)
    if secret is not None:
        paper.secret_file.write_text(secret)
    with pytest.raises(NoSecret, match="urandom"):
        preflight.check_newsroom(paper)


def test_an_address_that_is_not_this_machines_is_told_as_such() -> None:
    with pytest.raises(PortInUse, match=r"no address 192\.0\.2\.1.*front\.host"):
        preflight.check_port("192.0.2.1", 80, setting="front.port")


def test_a_full_disk_keeps_nothing_from_starting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(preflight.tempfile, "TemporaryFile", full)
    preflight.check_writable(tmp_path)
