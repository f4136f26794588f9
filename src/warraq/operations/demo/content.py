"""The demonstration's content as it is written down: one file for the paper, one an article."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent

Table = dict[str, Any]
"""A table of a TOML file, with the keys that the file shows."""


def paper() -> Table:
    """Name, breaking news, sections, authors, sources and channels."""
    return _read(FOLDER / "paper.toml")


def articles() -> list[Table]:
    """All articles, in the order of their publication."""
    found = [_read(file) for file in sorted((FOLDER / "articles").glob("*.toml"))]
    return sorted(found, key=lambda article: (-article["days_ago"], article["number"]))


def _read(file: Path) -> Table:
    with file.open("rb") as stream:
        return tomllib.load(stream)
