"""The power is cut at some moments of a newsroom's work; `make faults` cuts it a thousand times."""

from __future__ import annotations

import pytest

from tests.faults import power
from tests.faults.stage import Stage

CUTS = 30

pytestmark = pytest.mark.skipif(bool(power.why_not()), reason=power.why_not())


@pytest.mark.parametrize("pages_alone", [False, True], ids=["whole paper", "pages on a disk of their own"])
def test_what_was_acknowledged_is_there_and_whole_after_a_power_cut(stage: Stage, pages_alone: bool) -> None:
    found = power.cut(stage, CUTS, pages_alone=pages_alone)

    assert found["examples"] == []
    assert found["whole"] == found["cuts"] == CUTS
    assert found["acks"] > 20
    assert found["slowest_recovery_seconds"] < 10


def test_a_press_that_does_not_sync_its_folders_is_found_out(stage: Stage) -> None:
    assert power.cut(stage, CUTS, plant="no folder sync", pages_alone=True)["lost"] > 0
