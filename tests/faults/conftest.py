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


def _made(tmp_path_factory: pytest.TempPathFactory, clock: str) -> Path:
    base = tmp_path_factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    made = processes.shared(base, f"small-paper-{clock}", lambda folder: stages.make(folder / "paper", clock=clock))
    return made / "paper"


@pytest.fixture(scope="session")
def small_paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made while the clock stood still. Nobody writes into it."""
    return _made(tmp_path_factory, "standing")


@pytest.fixture(scope="session")
def running_paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, made just now."""
    return _made(tmp_path_factory, "running")


@pytest.fixture(scope="module")
def stage(small_paper: Path) -> Iterator[Stage]:
    if why := striking.why_not():
        pytest.skip(why)
    with stages.stage(small_paper) as made:
        yield made
