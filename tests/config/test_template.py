"""The `warraq.toml` of a new paper says everything and changes nothing."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from warraq.config import template
from warraq.config.paper import FILE, load, names


def uncommented() -> str:
    return re.sub(r"(?m)^# (?=\w+ = )", "", template.render())


def test_a_new_paper_s_file_changes_no_default(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(template.render(), encoding="utf-8")
    written = load(tmp_path, {})
    (tmp_path / FILE).write_text("")

    assert written == load(tmp_path, {})


def test_in_a_new_paper_s_file_nothing_is_set() -> None:
    assert [values for values in tomllib.loads(template.render()).values() if values] == []


def test_every_setting_stands_in_it_with_its_default(tmp_path: Path) -> None:
    values = tomllib.loads(uncommented())
    assert [f"{section}.{key}" for section, keys in values.items() for key in keys] == list(names())

    (tmp_path / FILE).write_text(uncommented(), encoding="utf-8")
    with_all = load(tmp_path, {})
    (tmp_path / FILE).write_text("")
    assert with_all == load(tmp_path, {})


def test_a_paper_in_english_has_an_english_newsroom(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(template.render(language="en"), encoding="utf-8")

    assert load(tmp_path, {}).newsroom.language == "en"


URL = "postgresql://huda:p%40ss@db.example/paper?sslmode=require"


@pytest.mark.parametrize(
    "text",
    [
        template.render(),
        template.render(database="postgresql://old@/paper"),
        "[database]\ntimeout_seconds = 9\n\n[front]\nport = 9000\n",
        "[front]\nport = 9000\n",
        "",
    ],
)
def test_another_database_is_named_and_the_rest_stays(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    before = load(tmp_path, {})
    for url in (URL, ""):
        (tmp_path / FILE).write_text(template.with_database(text, url), encoding="utf-8")
        now = load(tmp_path, {})
        assert now.database.url == url
        assert now.front == before.front
        assert now.database.timeout_seconds == before.database.timeout_seconds
