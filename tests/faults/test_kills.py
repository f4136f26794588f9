"""Killed at some of the calls of the file system that each operation makes; `make faults` kills at all of them."""

from __future__ import annotations

import pytest

from tests.faults import kills
from tests.faults.scenes import EDITS
from tests.faults.stage import Stage

MOST = 8
"""Kills of each operation; half a second each."""


@pytest.mark.parametrize("scene", EDITS)
def test_killed_anywhere_readers_get_whole_pages_and_the_next_pressroom_ends_it(stage: Stage, scene: str) -> None:
    tally = kills.kill_everywhere(stage, scene, most=MOST)

    assert tally.examples == []
    assert tally.struck == MOST
    assert sum(tally.reads.values()) > 1000
    assert tally.left == 0
    assert tally.slowest_seconds < 10


def test_a_press_that_writes_in_place_is_found_out(stage: Stage) -> None:
    tally = kills.kill_everywhere(stage, "publish", {"write"}, most=20, plant="in place")

    assert tally.reads["wrong"] > 0, "readers got half a page"
    assert tally.broken > 5, "and kills left some"
