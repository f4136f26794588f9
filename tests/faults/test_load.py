"""Killed at random moments under load; `make faults` kills a thousand times."""

from __future__ import annotations

from pathlib import Path

from tests.faults import load

KILLS = 30


def test_killed_at_random_nothing_acknowledged_is_lost_and_every_page_is_whole(running_paper: Path) -> None:
    found = load.play(running_paper, KILLS)

    assert found["examples"] == []
    assert found["reads"] > 500
    assert found["edits_acknowledged"] > 0
    assert found["acknowledged_articles_checked"] > 0
    assert found["slowest_recovery_seconds"] < 10
