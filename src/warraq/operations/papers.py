"""The folder of a new paper: built aside, given its name when it is whole."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from warraq.config import template
from warraq.config.paper import FILE
from warraq.language.messages import gettext as _
from warraq.operations.errors import Occupied
from warraq.operations.files import sync

ASIDE = ".warraq-new-"
NOTHING = {"lost+found"}
"""What an empty disk may hold."""


def refuse_occupied(target: Path) -> None:
    """Raises Occupied where `target` is a paper, a file, or a folder that holds something."""
    if (target / FILE).exists():
        raise Occupied(
            _("{folder} is a paper already. It was left as it is. Run it with: warraq serve --paper {folder}").format(
                folder=target
            )
        )
    if target.exists() and not target.is_dir():
        raise Occupied(_("{folder} is a file. It was left as it is. Choose another name.").format(folder=target))
    if target.is_dir() and any(not _is_nothing(path) for path in target.iterdir()):
        raise Occupied(
            _("{folder} is not empty. It was left as it is. Choose an empty or a new folder.").format(folder=target)
        )


def _is_nothing(path: Path) -> bool:
    return path.name in NOTHING or path.name.startswith(ASIDE)


@contextlib.contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A folder to build a paper in; it becomes `target` when the block ends, and goes away if the block fails.

    `target` may be an empty folder, even the root of a disk: then it is built inside, and `warraq.toml`, which makes
    it a paper, comes last. Raises Occupied.
    """
    refuse_occupied(target)
    is_there = target.exists()
    above = target if is_there else target.parent
    above.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=ASIDE, dir=above))
    try:
        yield folder
        if is_there:
            _move_in(folder, target)
        else:
            folder.chmod(0o755)
            folder.rename(target)
        sync(above)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _move_in(folder: Path, target: Path) -> None:
    for path in sorted(folder.iterdir(), key=lambda path: (path.name == FILE, path.name)):
        path.rename(target / path.name)
    folder.rmdir()


def lay_out(folder: Path, *, language: str = "ar", database: str = "") -> None:
    """The files and folders that a paper has before it has a database."""
    complete(folder)
    secret = folder / "secret"
    secret.touch(mode=0o600)
    secret.write_text(secrets.token_urlsafe(50) + "\n")
    sync(secret)
    write_settings(folder, language=language, database=database)


def write_settings(folder: Path, *, language: str = "ar", origin: str = "", database: str = "") -> None:
    """`warraq.toml` with its defaults, and these. One that names a database is closed: it may hold a password."""
    _write(folder / FILE, template.render(language=language, origin=origin, database=database), closed=bool(database))


def name_database(folder: Path, url: str) -> None:
    """Put the URL of another database into `warraq.toml`; empty for SQLite."""
    text = (folder / FILE).read_text(encoding="utf-8")
    _write(folder / FILE, template.with_database(text, url), closed=bool(url))


def _write(file: Path, text: str, *, closed: bool) -> None:
    if closed:
        file.touch()
        file.chmod(0o600)
    file.write_text(text, encoding="utf-8")
    sync(file)


def complete(folder: Path) -> None:
    """Make the folders that are missing; what readers do not see is closed to others."""
    for name, mode in (("database", 0o700), ("media", 0o755), ("pressed", 0o755), ("spool", 0o700), ("run", 0o755)):
        (folder / name).mkdir(mode=mode, exist_ok=True)
        (folder / name).chmod(mode)
