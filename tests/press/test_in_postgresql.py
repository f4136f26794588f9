"""The press in PostgreSQL: its own tests and the staff's search once more, in a process that has such a database."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgresql

HERE = Path(__file__).resolve().parents[1]
AGAIN = ("press/test_services.py", "press/test_on_the_way.py", "search/test_staff.py")


@pytest.mark.skipif(os.environ.get("WARRAQ_TEST_DATABASE") == "postgresql", reason="all tests run in it anyway")
def test_it_passes_its_own_tests() -> None:
    postgresql.require()
    ours = {name: value for name, value in os.environ.items() if not re.match(r"PYTEST_|WARRAQ_|DJANGO_", name)}
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", *(HERE / one for one in AGAIN)],
        cwd=HERE.parent,
        env={**ours, "WARRAQ_TEST_DATABASE": "postgresql"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]
    assert "skipped" not in result.stdout
