"""Whatever went wrong becomes one message for a person."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from pathlib import Path

import pytest

from warraq.config.errors import BadSetting
from warraq.operations.errors import PortInUse
from warraq.operations.refusals import explain
from warraq.press.errors import StoreError
from warraq.spool.errors import SpoolFull


@pytest.mark.parametrize("kind", [BadSetting, PortInUse, StoreError, SpoolFull])
def test_a_room_s_refusal_is_told_as_it_is(kind: type[Exception]) -> None:
    assert explain(kind("لا يُقبل هذا")) == "لا يُقبل هذا"


def test_an_error_made_of_a_room_s_is_that_room_s() -> None:
    class Special(PortInUse):
        pass

    assert explain(Special("المنفذ مشغول")) == "المنفذ مشغول"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "no permission"),
        (errno.ENOSPC, "disk is full. Make room"),
        (errno.EROFS, "can only be read"),
        (errno.ENOTDIR, "is a file and not a folder"),
        (errno.EIO, "disk reports a fault"),
    ],
)
def test_the_system_s_errors_name_the_file_and_what_to_do(number: int, words: str) -> None:
    text = explain(OSError(number, os.strerror(number), "/srv/صحيفة"))

    assert text.startswith("/srv/صحيفة: ")
    assert words in text


def test_a_system_s_error_without_a_file_is_a_sentence() -> None:
    assert explain(OSError(errno.ENOSPC, "x")) == "The disk is full. Make room, then try again."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("database is locked", "busy"),
        ("canceling statement due to lock timeout", "busy"),
        ('relation "newsroom_article" does not exist\nLINE 1: SELECT', "warraq upgrade"),
        ("server closed the connection unexpectedly\n\tThis probably means", "Is PostgreSQL running"),
        ("connection failed: connection to server at 10.0.0.9 failed: timeout expired", "Is PostgreSQL running"),
        ("no such table: newsroom_article", "warraq upgrade"),
        ("database disk image is malformed", "warraq restore"),
        ("file is not a database", "warraq restore"),
        ("something new", "something new"),
    ],
)
def test_the_database_s_errors_say_what_to_do(text: str, words: str) -> None:
    assert words in explain(sqlite3.OperationalError(text))


def test_a_fault_of_ours_leaves_its_details_in_a_file() -> None:
    try:
        raise KeyError("مفتاح")
    except KeyError as error:
        text = explain(error)

    found = re.search(r"details are in (\S+?);", text)
    assert found
    file = Path(found[1])
    assert "Traceback" not in text
    assert "raise KeyError" in file.read_text(encoding="utf-8")
    file.unlink()
