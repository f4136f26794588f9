"""The power is cut while reads come in; `make faults` cuts it a thousand times."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import power, power_reads

CUTS, SECONDS = 20, 3.0
LONG_MS = 600
"""On a busy machine: a sync takes as long as it takes, and what comes meanwhile waits for the next one."""

pytestmark = pytest.mark.skipif(bool(power.why_not()), reason=power.why_not())


def test_a_power_cut_takes_the_last_reads_alone_and_tears_none(running_paper: Path) -> None:
    found = power_reads.cut(running_paper, CUTS, seconds=SECONDS)

    assert found["cuts"] == CUTS
    assert found["reads_acknowledged"] > 0
    assert found["torn_records"] == found["mount_failed"] == 0
    assert found["lost_ms"]["max"] < LONG_MS


def test_a_front_that_never_syncs_is_found_out(running_paper: Path) -> None:
    assert power_reads.cut(running_paper, CUTS, seconds=SECONDS, plant="no sync")["lost_ms"]["max"] > 2 * LONG_MS
