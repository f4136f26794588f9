"""One small paper for all test processes, and a stage for those that strike it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import processes
from tests.faults import stage as stages
from tests.faults import striking
from tests.faults.stage import Stage


@pytest.fixture(scope="session")
def small_paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nobody writes into it."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    return processes.shared(base, "small-paper", lambda folder: stages.make(folder / "paper")) / "paper"


@pytest.fixture(scope="module")
def stage(small_paper: Path) -> Iterator[Stage]:
    if why := striking.why_not():
        pytest.skip(why)
    with stages.stage(small_paper) as made:
        yield made
