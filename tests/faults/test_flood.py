"""A small flood; `make faults` makes one of 5,000 requests a second and 4,000 slow connections for ten minutes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.faults import flood


def small(paper: Path, *, seconds: float, plant: str = "") -> dict[str, Any]:
    return flood.play(
        paper, seconds=seconds, rate=300, connections=300, plant=plant, by_tool=False, pause=(0.2, 0.6), patience=4
    )


def test_in_a_flood_readers_read_and_editors_publish(running_paper: Path) -> None:
    found = small(running_paper, seconds=8)

    pages, searches = (found["readers in the flood"][what] for what in ("pages", "searches"))
    assert pages["success_percent"] == 100
    assert pages["asked"] > 40
    assert set(searches.get("failed", ())) <= {"503"}
    assert found["editor in the flood"]["published"] == 1
    answers = found["flood"]["answers"]
    assert {answer.split()[1] for answer in answers} <= {"200", "204", "503"}
    assert answers["page 200"] > 100
    assert answers["read 204"] > 100


def test_a_front_that_waits_for_every_body_is_found_out(running_paper: Path) -> None:
    assert (
        small(running_paper, seconds=6, plant="every body waited for")["readers in the flood"]["pages"][
            "success_percent"
        ]
        < 50
    )
