"""Commands of ours run as children: Django knows one database in a process."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from warraq.config.paper import FILE, PaperConfig
from warraq.language.messages import gettext as _
from warraq.operations.errors import BadBackup
from warraq.operations.parts import COMMAND


def empty_database(folder: Path) -> Path:
    """A database of SQLite's with this version's tables, in the new `folder`."""
    (folder / "database").mkdir(parents=True)
    (folder / FILE).write_text("")
    migrate(folder, url="")
    return folder / "database" / "paper.sqlite3"


def migrate(folder: Path, *, url: str) -> None:
    """Make this version's tables in the database of the paper in `folder`."""
    _run(folder, url, "manage", "migrate", "--verbosity", "0")


def upgrade_sqlite(config: PaperConfig) -> None:
    """Bring the SQLite database in the paper's folder to this version, whichever the paper's own database is."""
    _run(config.folder, "", "upgrade", "--quiet")


def _run(folder: Path, url: str, *arguments: str) -> None:
    done = subprocess.run(
        [*COMMAND, *arguments],
        env={**os.environ, "WARRAQ_PAPER": str(folder), "WARRAQ_DATABASE__URL": url},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BadBackup(
            _("The tables of this version could not be made: {why} Nothing else was changed.").format(
                why=done.stderr.strip()
            )
        )
