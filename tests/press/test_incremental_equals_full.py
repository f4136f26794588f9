"""The press's first property: after any editorial operations, the pressed tree is what a full press would make."""

from __future__ import annotations

import os
import random
import time

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.press.fuzz.arranging import Arranging
from tests.press.fuzz.machine import Machine, opened_paper
from tests.press.fuzz.naming import Naming
from tests.press.fuzz.writing import Writing

pytestmark = pytest.mark.django_db

PARTS = 8
"""They run beside each other where there is more than one process."""
OPERATIONS = 2000
"""Of all parts together."""
RUNS, LENGTH = 4, 130
"""Runs from one seed, and the rules tried in each; some of them find nothing to do."""


class Newsroom(Writing, Arranging, Naming):
    """All of it at once."""


def work(number: int, *, phases: tuple[Phase, ...] = (Phase.generate,)) -> int:
    """Let the newsroom work, the same for the same number; how many operations it did."""
    before = Machine.steps
    run_state_machine_as_test(
        seed(number)(Newsroom),
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=LENGTH,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=phases,
            print_blob=True,
        ),
    )
    return Machine.steps - before


@pytest.mark.parametrize("part", range(PARTS))
def test_incremental_equals_full(part):
    done, number = 0, part
    with opened_paper():
        while done < OPERATIONS / PARTS:
            done += work(number)
            number += PARTS


@pytest.mark.skipif("FUZZ_MINUTES" not in os.environ, reason="`make fuzz` asks for it")
def test_for_as_long_as_was_asked():
    """From a seed that is printed; with `FUZZ_SHRINK` what fails is made as short as it can be, which takes longer."""
    until = time.monotonic() + 60 * float(os.environ["FUZZ_MINUTES"])
    number = int(os.environ.get("FUZZ_SEED") or random.randrange(2**32))
    phases = (Phase.generate, Phase.shrink) if os.environ.get("FUZZ_SHRINK") else (Phase.generate,)
    with opened_paper():
        while True:
            print(f"\nmake fuzz SEED={number} MINUTES=0", end="", flush=True)
            print(f"   {work(number, phases=phases)} operations", end="", flush=True)
            if time.monotonic() > until:
                break
            number += 1
