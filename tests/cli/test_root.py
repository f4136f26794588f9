"""The table of commands, exit codes, and what is not imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.processes import done, environment, refusal, warraq
from warraq import __version__
from warraq.cli import words
from warraq.cli.root import commands, root

TABLE = {
    *("init", "demo", "serve", "front", "fronts", "createadmin", "import", "press", "pressed", "rankings", "search"),
    *("backup", "restore", "doctor", "manage", "upgrade"),
}


def test_every_command_of_the_contract_is_there_and_has_help() -> None:
    assert set(commands()) == TABLE

    for name in TABLE:
        command = root.get_command(click.Context(root), name)
        assert command is not None
        assert command.name == name
        assert command.help


@pytest.mark.parametrize("name", sorted(TABLE - {"manage"}))
def test_every_command_explains_itself(name: str) -> None:
    text = done(name, "--help")

    assert text.startswith(f"Usage: warraq {name}")
    assert ("--paper" in text) == (name not in {"init", "demo", "restore"})


def modules_after(*arguments: str) -> set[str]:
    code = (
        "import atexit, sys\nfrom warraq.cli import main\n"
        "atexit.register(lambda: print('modules:', *sys.modules, file=sys.stderr))\n"
        f"main({list(arguments)!r})"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
        stdin=subprocess.DEVNULL,
    )
    return set(result.stderr.rpartition("modules:")[2].split())


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("serve", "--help"), ("serve", "--only", "front", "--paper", "/nowhere"), ("demo", "--help")],
)
def test_what_needs_no_django_does_not_import_it(arguments: tuple[str, ...]) -> None:
    modules = modules_after(*arguments)

    assert "warraq.cli.root" in modules
    assert not {name for name in modules if name.partition(".")[0] in {"django", "wagtail", "pysqlite3", "psycopg"}}


def test_help_of_all_loads_no_command() -> None:
    loaded = {name for name in modules_after("--help") if name.startswith("warraq.operations.")}
    assert loaded <= {"warraq.operations.refusals"}


def test_the_version_is_the_package_s() -> None:
    assert done("--version").strip() == f"warraq {__version__}"


@pytest.mark.parametrize(
    "arguments",
    [
        ("ينشر",),
        ("serve", "--only", "kitchen"),
        ("serve", "--port", "0"),
        ("serve", "--port", "ثمانية"),
        ("rankings", "--window", "year"),
        ("search",),
        ("backup",),
        ("createadmin",),
        ("press", "--all", "--verify"),
        ("--nope",),
    ],
)
def test_a_wrong_call_is_code_2_with_its_reason(arguments: tuple[str, ...]) -> None:
    assert "Usage:" in refusal(*arguments, code=2)


def test_without_a_command_it_says_what_there_is() -> None:
    result = warraq()

    assert result.returncode == 2
    assert "createadmin" in result.stderr


def test_a_reader_that_goes_away_is_no_fault() -> None:
    result = subprocess.run(
        f"{sys.executable} -m warraq --help | true",
        shell=True,
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )

    assert "Traceback" not in result.stderr


def test_click_s_own_words_are_those_of_the_installed_click() -> None:
    sources = "".join(file.read_text(encoding="utf-8") for file in Path(click.__file__).parent.glob("*.py"))

    for word in words.words():
        assert f'"{word}"' in sources, word


def test_the_language_is_that_of_the_terminal() -> None:
    result = warraq("serve", "--paper", "/لا/شيء", LANG="ar_YE.UTF-8")

    assert result.returncode == 1
    assert result.stderr.startswith("/لا/شيء ليس")
