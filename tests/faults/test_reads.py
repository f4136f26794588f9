"""Reads while those who take them are killed; `make faults` kills three hundred times in ten million reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import reads

READS, KILLS = 40_000, 12


def test_killed_at_random_every_acknowledged_read_is_counted_and_none_twice(running_paper: Path) -> None:
    found = reads.play(running_paper, reads=READS, kills=KILLS)

    assert found["faults"] == []
    assert found["lost"] == found["counted_twice"] == found["refused"] == 0
    assert found["set_aside"] == {}
    assert found["acknowledged"] <= found["counted_once"] <= found["sent"] == READS
    assert found["acknowledged"] > 0.95 * READS, "the rest was cut off by kills"
    assert set(found["kills"]) == {"pressroom", "front", "front's worker"}


@pytest.mark.parametrize(("plant", "shows"), [("cursor first", "lost"), ("counts first", "counted_twice")])
def test_a_pressroom_that_keeps_cursor_and_counts_apart_is_found_out(
    running_paper: Path, plant: str, shows: str
) -> None:
    plays = (reads.play(running_paper, reads=READS, kills=KILLS, plant=plant) for _ in range(4))
    assert any(found[shows] > 0 for found in plays), "a kill between the two steps is a matter of chance"
