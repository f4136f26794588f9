"""The demonstration's content as it is written down: one file for the paper, one an article."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from warraq.operations.demo import moments

FOLDER = Path(__file__).resolve().parent

Table = dict[str, Any]
"""A table of a TOML file, with the keys that the file shows."""


def paper() -> Table:
    """Name, breaking news, sections, authors, sources and channels."""
    return _read(FOLDER / "paper.toml")


def articles(now: datetime) -> list[Table]:
    """All articles as of `now` (aware), each with its moments (see `moments.dated`), in the order of publication."""
    found = [moments.dated(_read(file), now) for file in sorted((FOLDER / "articles").glob("*.toml"))]
    return sorted(found, key=lambda article: (article["published"], article["number"]))


def _read(file: Path) -> Table:
    with file.open("rb") as stream:
        return tomllib.load(stream)
