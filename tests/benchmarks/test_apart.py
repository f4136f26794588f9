"""Jobs in processes of their own: in order, with what this process knows, and without a trace."""

from __future__ import annotations

import os
import time
from functools import partial

import pytest
from apart import apart


def test_results_come_in_the_order_of_the_jobs():
    def job(number: int) -> tuple[int, int]:
        time.sleep(0.3 if number == 0 else 0)  # the first is done last
        return number, os.getpid()

    found = apart([partial(job, number) for number in range(3)])
    assert [number for number, _pid in found] == [0, 1, 2]
    assert os.getpid() not in {pid for _number, pid in found}


def test_what_a_job_changes_the_next_one_does_not_see():
    seen = [1]

    def job() -> int:
        seen.append(2)
        return len(seen)

    assert apart([job, job, job]) == [2, 2, 2]


def test_a_job_that_fails_fails_all(capfd):
    with pytest.raises(SystemExit):
        apart([lambda: 1 / 0])
    assert "ZeroDivisionError" in capfd.readouterr().err
