"""Where the tests' material lies: the project's own fixtures, and a folder of real pages where there is one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CHECKOUT = HERE.parent.parent


@pytest.fixture(scope="session")
def fixtures() -> Path:
    return HERE / "fixtures"


@pytest.fixture(scope="session")
def inputs() -> Path:
    """Real pages and exports: `$WARRAQ_SHARED/inputs`, or `shared/inputs` beside the checkout."""
    told = os.environ.get("WARRAQ_SHARED")
    folder = (Path(told) if told else CHECKOUT.parent / "shared") / "inputs"
    if not folder.is_dir():
        pytest.skip(f"no real material: {folder} is not there; name its parent in WARRAQ_SHARED")
    return folder
