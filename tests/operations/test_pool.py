"""Several processes render a press of the whole paper: what they rendered ahead is never older than what changed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.processes import environment


def press(paper: Path, *words: str) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.operations.rendering_beside", *words],
        env=environment(WARRAQ_PAPER=str(paper)) | {"PYTHONPATH": f"{Path.cwd()}:{environment()['PYTHONPATH']}"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout.splitlines()[-1]))


@pytest.mark.parametrize("what", ["nothing", "edit", "die"])
def test_a_press_by_several_processes_is_a_press(paper, what):
    said = press(paper, what)
    assert said["died"] if what == "die" else said["beside"], "nothing was rendered beside"
    assert said["drift"] == []


def test_what_was_rendered_ahead_of_an_edit_would_be_noticed(paper):
    assert press(paper, "edit", "deaf")["drift"] != []
