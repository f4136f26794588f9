"""The pressroom's round: one task that fails leaves the others to their work."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest

from warraq.config.paper import PaperConfig
from warraq.operations import parts, pressroom
from warraq.operations.rounds import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, Task
from warraq.press.bell import Bell, ring
from warraq.press.pool import Pool


class Worker:
    """A task's work, which fails while it is told to."""

    def __init__(self) -> None:
        self.calls = 0
        self.fails = False

    def __call__(self) -> int:
        self.calls += 1
        if self.fails:
            raise OSError("القرص ممتلئ")
        return 3


def test_a_task_that_fails_is_left_alone_for_longer_and_longer(caplog: pytest.LogCaptureFixture) -> None:
    worker = Worker()
    worker.fails = True
    task = Task("reads", worker)
    now, waits = 0.0, []
    for _ in range(9):
        assert task.run(now) == 0
        assert task.run(task.next_at - 0.01) == 0
        waits.append(task.next_at - now)
        now = task.next_at

    assert worker.calls == 9
    assert waits[:3] == [FIRST_PAUSE_SECONDS, 2 * FIRST_PAUSE_SECONDS, 4 * FIRST_PAUSE_SECONDS]
    assert waits[-1] == LONGEST_PAUSE_SECONDS
    assert "القرص ممتلئ" in caplog.text
    assert caplog.text.count("Traceback") == 1, "where it failed is told once"


def test_a_task_that_works_again_says_so_and_is_called_at_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    worker = Worker()
    worker.fails = True
    task = Task("reads", worker)
    task.run(0.0)
    worker.fails = False

    assert task.run(FIRST_PAUSE_SECONDS) == 3
    assert task.run(FIRST_PAUSE_SECONDS) == 3
    assert "reads works again" in caplog.text


def test_a_task_with_an_interval_is_not_called_more_often() -> None:
    worker = Worker()
    task = Task("rankings", worker, every_seconds=2)

    for now in (0.0, 0.5, 1.9, 2.0, 3.9):
        task.run(now)

    assert worker.calls == 2


def run_rounds(tmp_path: Path, todo: list[Task], until: threading.Event) -> None:
    stopping = threading.Event()
    with Bell(tmp_path / "bell") as bell:
        thread = threading.Thread(
            target=pressroom._loop, args=(todo, bell, stopping.is_set, parts.ready_file(tmp_path))
        )
        thread.start()
        assert until.wait(20)
        assert parts.ready_file(tmp_path).exists()
        stopping.set()
        ring(tmp_path / "bell")
        thread.join(20)
    assert not thread.is_alive()


def test_one_that_fails_never_keeps_the_others(tmp_path: Path) -> None:
    broken, good, done = Worker(), Worker(), threading.Event()
    broken.fails = True

    def work() -> int:
        good()
        if good.calls >= 5:
            done.set()
        return 0

    run_rounds(tmp_path, [Task("broken", broken), Task("good", work)], done)

    assert good.calls >= 5
    assert broken.calls <= 2


def test_it_goes_on_at_once_while_there_is_work_and_waits_for_the_bell_when_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pressroom, "LOOK_SECONDS", 30)
    done, calls = threading.Event(), []

    def work() -> int:
        calls.append(1)
        if len(calls) == 4:
            threading.Timer(0.2, ring, args=[tmp_path / "bell"]).start()
        if len(calls) == 5:
            done.set()
        return len(calls) < 4

    run_rounds(tmp_path, [Task("press", work)], done)


def test_its_tasks_are_those_of_the_rooms_and_an_editor_s_change_comes_first(tmp_path: Path) -> None:
    names = [task.name for task in pressroom.tasks(PaperConfig(folder=tmp_path), Pool(1))]

    assert names[0] == "press"
    assert set(names) >= {"scheduled publication", "comments", "reads", "rankings", "search index"}
