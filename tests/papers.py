"""Papers for tests that run whole commands: one demonstration is made, each test works in a copy."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import processes


@dataclass(frozen=True)
class Demo:
    """`said` is what `warraq demo --json` printed."""

    folder: Path
    said: dict[str, Any]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A demonstration paper that nobody writes into; all test processes share it."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def make(folder: Path) -> None:
        said = processes.done("demo", folder / "صحيفة", "--json")
        (folder / "said.json").write_text(said, encoding="utf-8")

    folder = processes.shared(base, "demo", make)
    return Demo(folder / "صحيفة", json.loads((folder / "said.json").read_text(encoding="utf-8")))


@pytest.fixture
def paper(demo: Demo, tmp_path: Path) -> Iterator[Path]:
    """A copy of it."""
    folder = tmp_path / "صحيفة"
    shutil.copytree(demo.folder, folder)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
