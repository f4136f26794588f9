"""Some calls of the file system fail, once or from then on; `make faults` lets each of them fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import disk, kills
from tests.faults.stage import Stage

CLEAR = ("StoreError: the pressed tree cannot be written", "OperationalError: d", "done")
"""Of the press, of the database (that the disk is full, or fails), or that it did no harm."""


@pytest.mark.parametrize(
    ("scene", "error", "calls", "lasting"),
    [
        ("publish", "EIO", kills.BROKEN, False),
        ("publish", "ENOSPC", kills.FULL, True),
        ("move", "ENOSPC", kills.FULL, False),
        ("delete", "EIO", kills.SYNCS, False),
    ],
    ids=["publish-broken", "publish-full", "move-full", "delete-unsynced"],
)
def test_a_disk_that_fails_anywhere_leaves_whole_pages_and_is_told(
    stage: Stage, scene: str, error: str, calls: set[str], lasting: bool
) -> None:
    tally = kills.fail_everywhere(stage, scene, error, calls, lasting=lasting, most=6)

    assert tally.examples == []
    assert tally.left == 0
    assert all(told.startswith(CLEAR) for told in tally.told), tally.told


def test_a_press_that_believes_a_failed_sync_is_found_out(stage: Stage) -> None:
    tally = kills.fail_everywhere(stage, "publish", "EIO", kills.SYNCS, most=12, plant="every sync believed")

    assert any("taken for a success" in example for example in tally.examples)


@pytest.mark.skipif(bool(disk.why_not()), reason=disk.why_not())
def test_on_a_full_disk_readers_read_and_once_there_is_room_the_edit_is_on_the_paper(running_paper: Path) -> None:
    found = disk.play(running_paper, "publish", pressed_alone=True)

    assert found["faults"] == found["left"] == []
    assert found["editor_told"] == "acknowledged", "the database had room"
    assert "No space left" in " ".join(found["operator_told"])


@pytest.mark.skipif(bool(disk.why_not()), reason=disk.why_not())
def test_where_the_database_has_no_room_either_the_editor_is_told_so(running_paper: Path) -> None:
    found = disk.play(running_paper, "retract", pressed_alone=False)

    assert found["faults"] == found["left"] == []
    assert found["editor_told"].startswith("OperationalError"), "nothing was acknowledged"
