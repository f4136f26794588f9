"""One process a part."""

from __future__ import annotations

import multiprocessing
import multiprocessing.synchronize
import os
import time
from pathlib import Path

import pytest

from warraq.operations import locks
from warraq.operations.errors import AlreadyRunning


def test_a_part_that_is_held_is_refused_with_who_holds_it(tmp_path: Path) -> None:
    with locks.held(tmp_path, "front", port=8123):
        assert locks.is_held(tmp_path, "front")
        assert locks.holder(tmp_path, "front").port == 8123
        with pytest.raises(AlreadyRunning, match=rf"The front .* process {os.getpid()}, since 20.*Nothing was started"):
            locks.refuse_held(tmp_path, "front")
        with pytest.raises(AlreadyRunning), locks.held(tmp_path, "front"):
            pass
        with locks.held(tmp_path, "newsroom"):
            pass


def test_it_is_free_again_afterwards_even_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locks.held(tmp_path, "serve"):
        _ = 1 / 0

    assert not locks.is_held(tmp_path, "serve")
    locks.refuse_held(tmp_path, "serve")
    assert not locks.is_held(tmp_path, "never")


def _hold_and_die(run: Path) -> None:
    with locks.held(run, "pressroom"):
        os._exit(9)


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_hold_and_die, args=(tmp_path,))
    process.start()
    process.join(60)

    assert process.exitcode == 9
    with locks.held(tmp_path, "pressroom"):
        pass


def _hold_for(run: Path, seconds: float, ready: multiprocessing.synchronize.Event) -> None:
    with locks.held(run, "press"):
        ready.set()
        time.sleep(seconds)


def test_who_waits_comes_after(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=_hold_for, args=(tmp_path, 0.5, ready))
    process.start()
    assert ready.wait(60)

    with locks.held(tmp_path, "press", wait=True):
        assert locks.holder(tmp_path, "press").pid == os.getpid()
    process.join()
