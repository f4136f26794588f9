"""What many faults did, counted: for the tests' verdict, the table and `benchmarks/results/faults.json`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.faults.stage import Case

EXAMPLES = 12


@dataclass
class Tally:
    """One kind of fault on one scene. Seconds are from the restart until everything is pressed."""

    name: str
    points: int = 0
    """Places where it could strike."""
    struck: int = 0
    unstruck: int = 0
    """Cases that ended before the fault came."""
    reads: Counter[str] = field(default_factory=Counter)
    broken: int = 0
    """Cases after which something did not hold."""
    examples: list[str] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    """What whoever asked was told."""
    left: int = 0
    slowest_seconds: float = 0.0

    def add(self, case: Case, name: str, *, struck: bool) -> None:
        self.struck += struck
        self.unstruck += not struck
        self.reads += case.reads
        self.left += case.left
        self.slowest_seconds = max(self.slowest_seconds, case.seconds)
        if case.faults:
            self.broken += 1
            if len(self.examples) < EXAMPLES:
                self.examples.append(f"{name}: " + " | ".join(fault[:400] for fault in case.faults[:3]))

    def as_json(self) -> dict[str, Any]:
        return {
            "points": self.points,
            "struck": self.struck,
            "unstruck": self.unstruck,
            "reads": sum(self.reads.values()),
            **{f"reads_{kind}": self.reads[kind] for kind in ("same", "old", "between", "new", "wrong")},
            "broken": self.broken,
            "left": self.left,
            "slowest_recovery_seconds": round(self.slowest_seconds, 3),
            **({"told": dict(self.told.most_common(12))} if self.told else {}),
            **({"examples": self.examples} if self.examples else {}),
        }


def table(tallies: list[Tally]) -> str:
    """One line a tally."""
    head = f"{'fault':34}{'points':>7}{'struck':>7}{'reads':>11}{'wrong':>6}{'broken':>7}{'left':>5}{'slowest s':>10}"
    lines = [
        f"{one.name:34}{one.points:>7}{one.struck:>7}{sum(one.reads.values()):>11,}{one.reads['wrong']:>6}"
        f"{one.broken:>7}{one.left:>5}{one.slowest_seconds:>10.3f}"
        for one in tallies
    ]
    return "\n".join([head, *lines])
