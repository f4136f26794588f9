"""The paper's health: a list of small checks, each of which says what it found and, where it is bad, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from warraq.operations.refusals import explain


@dataclass(frozen=True)
class Check:
    """`name` is stable, for scripts; `says` is a sentence for people."""

    name: str
    ok: bool
    says: str


Examination = Callable[[], tuple[bool, str]]


def examine(examinations: Iterable[tuple[str, Examination]]) -> list[Check]:
    """Run each; one that raises is a check that failed, and never keeps the others from being made."""
    checks = []
    for name, examination in examinations:
        try:
            ok, says = examination()
        except Exception as error:
            ok, says = False, explain(error)
        checks.append(Check(name, ok, says))
    return checks


def as_json(checks: Iterable[Check]) -> dict[str, list[dict[str, object]]]:
    return {"checks": [asdict(check) for check in checks]}
