"""The tree itself: sizes, words, strings that name other rooms."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "warraq"
FILES = sorted(file for file in SOURCE.rglob("*.py") if "migrations" not in file.parts)
HIGHER = {
    "newsroom": {"comments", "readership", "search", "intake", "operations", "cli"},
    "press": {"newsroom", "comments", "readership", "search", "intake", "operations", "cli"},
    "design": {"newsroom", "comments", "readership", "search", "intake", "operations", "cli"},
}
"""Rooms that a room's templates and strings may not name."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_files_and_functions_stay_small(file):
    text = file.read_text()
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 60, node.name


@pytest.mark.parametrize(
    "room", sorted(folder.name for folder in SOURCE.iterdir() if (folder / "__init__.py").exists())
)
def test_every_room_says_what_it_is(room):
    assert ast.get_docstring(ast.parse((SOURCE / room / "__init__.py").read_text()))


def test_every_model_has_its_row_in_the_glossary():
    rows = (ROOT / "docs" / "glossary.md").read_text()
    ours = [
        model for config in apps.get_app_configs() if config.name.startswith("warraq.") for model in config.get_models()
    ]
    missing = [model.__name__ for model in ours if not re.search(rf"\| {model.__name__} \|", rows)]
    assert missing == []


def test_foreign_keys_by_name_point_downwards():
    for config in apps.get_app_configs():
        room = config.name.removeprefix("warraq.")
        for model in config.get_models() if config.name.startswith("warraq.") else ():
            for field in model._meta.get_fields():
                if field.is_relation and field.concrete and field.related_model:
                    target = field.related_model._meta.app_config.name.removeprefix("warraq.")
                    assert target not in HIGHER.get(room, set()), f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("room", sorted(HIGHER))
def test_templates_include_nothing_from_above(room):
    for file in (SOURCE / room / "templates").rglob("*.html") if (SOURCE / room / "templates").exists() else ():
        for name in re.findall(r'{%-?\s*(?:include|extends|import|from)\s+"([a-z_]+)/', file.read_text()):
            assert name not in HIGHER[room] - {room}, f"{file.name} names {name}"


def test_every_library_has_its_line():
    told = (ROOT / "docs" / "dependencies.md").read_text().lower()
    named = re.findall(r'^    "([a-z0-9-]+)', (ROOT / "pyproject.toml").read_text().split("[project.scripts]")[0], re.M)
    assert [name for name in named if name not in told] == []


def test_the_messages_are_complete():
    """Every msgid of the Arabic catalogue is translated."""
    text = (SOURCE / "locale" / "ar" / "LC_MESSAGES" / "django.po").read_text()
    assert "#, fuzzy" not in text.split("\n\n", 1)[1]
    assert not re.findall(r'msgid "(.+)"\nmsgstr ""\n(?!")', text)
