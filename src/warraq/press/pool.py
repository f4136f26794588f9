"""Several processes that render: for a press of much of the archive, on all cores.

They render ahead: while this process lands what is due now, they render what comes next in the queue. Where they have
not begun with something that is wanted now, this process renders it itself, so that it never waits for them to start.
Each opens the paper's database for itself and only reads. They are started when much is due (two seconds of a core),
stopped when they have had nothing to do for a while, and end when the process that started them does.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType

from warraq.press.ahead import reading_ahead
from warraq.press.recording import forget_memory, memory
from warraq.press.rendering import Outcome, OwnHands, render_or_error
from warraq.press.sheets import Ref

PART = 12
"""Sheets that one of the processes is given at a time."""
IDLE_SECONDS = 10.0
PAUSE_SECONDS = 60.0
"""Until others are started once more after one has died."""

log = logging.getLogger("warraq.press")

Part = Future[list[Outcome]]


class Pool:
    """`processes` that render, this one among them; with one, it does so alone."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._executor: ProcessPoolExecutor | None = None
        self._started: Future[int] | None = None
        self._begun: dict[Ref, Part] = {}
        self._used_at = 0.0
        self._died_at = -PAUSE_SECONDS
        self._round = 0

    @property
    def is_wide(self) -> bool:
        return self._processes > 1

    def refresh(self) -> None:
        """Something changed: what was rendered ahead, and what the processes remember of rows, is over."""
        self._round += 1
        for part in self._begun.values():
            part.cancel()
        self._begun.clear()

    def begin(self, refs: Sequence[Ref]) -> None:
        """Render these ahead: they are wanted soon, and nothing changes before `refresh` says so."""
        if not self.is_wide or not refs or time.monotonic() - self._died_at < PAUSE_SECONDS:
            return
        self._used_at = time.monotonic()
        executor = self._start()
        if self._started is None or not self._started.done():
            return
        new = [ref for ref in refs if ref not in self._begun]
        try:
            for start in range(0, len(new), PART):
                part = new[start : start + PART]
                self._begun |= dict.fromkeys(part, executor.submit(_render_part, self._round, part))
        except BrokenProcessPool:
            self._give_up()

    def render_many(self, refs: Sequence[Ref]) -> Iterator[Outcome]:
        own: list[Ref] = []
        theirs: dict[Part, list[Ref]] = {}
        for ref in refs:
            part = self._begun.pop(ref, None)
            if part is None or part.cancel():
                own.append(ref)
            else:
                theirs.setdefault(part, []).append(ref)
        yield from OwnHands().render_many(own)
        for part, wanted in theirs.items():
            yield from self._rendered(part, wanted)

    def _rendered(self, part: Part, wanted: Sequence[Ref]) -> Iterable[Outcome]:
        try:
            outcomes = dict(part.result())
        except BrokenProcessPool:
            self._give_up()
            return OwnHands().render_many(wanted)
        return [(ref, outcomes[ref]) for ref in wanted]

    def _start(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self._processes - 1,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(os.getpid(),),
            )
            self._started = self._executor.submit(os.getpid)
        return self._executor

    def _give_up(self) -> None:
        """One of the processes died: this one goes on alone, and others are started when much is due again."""
        self._died_at = time.monotonic()
        log.warning("a process that rendered pages ended; its pages are rendered here")
        self.close()

    def rest(self) -> None:
        """Let the processes go where nothing was rendered for a while: they take memory."""
        if self._executor is not None and time.monotonic() - self._used_at > IDLE_SECONDS:
            self.close()

    def close(self) -> None:
        self._begun.clear()
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = self._started = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


_memory_of_round = -1


def _begin(parent: int) -> None:
    """In a new process: the paper is the one that DJANGO_SETTINGS_MODULE and WARRAQ_PAPER name."""
    import django  # noqa: PLC0415  in this process nothing has set it up yet

    django.setup()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    end_with(parent)


def end_with(parent: int) -> None:
    """End this process when `parent`, which started it, is gone, however that came."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _render_part(round_: int, refs: Sequence[Ref]) -> list[Outcome]:
    global _memory_of_round
    if round_ != _memory_of_round:
        forget_memory()
        _memory_of_round = round_
    from warraq.press import ledger  # noqa: PLC0415  its models need Django, before which this module is there

    known = {record.digest for record in ledger.records_of(refs).values()}
    with memory(kept=True), reading_ahead(refs):
        return [_portable(*render_or_error(ref, unpacked=known)) for ref in refs]


def _portable(ref: Ref, outcome: object) -> Outcome:
    """An error as text: not every exception can be sent to another process."""
    if isinstance(outcome, Exception):
        return ref, RuntimeError(f"{type(outcome).__name__}: {outcome}")
    return ref, outcome  # type: ignore[return-value]
