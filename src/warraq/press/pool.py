"""Several processes that render: for a press of much of the archive, on all cores.

Each opens the paper's database for itself and only reads. They are started when they are first needed (two seconds),
stopped when they have had nothing to do for a while, and end when the process that started them does.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from types import TracebackType

from warraq.press.ahead import reading_ahead
from warraq.press.recording import forget_memory, memory
from warraq.press.rendering import Outcome, OwnHands, render_or_error
from warraq.press.sheets import Ref

ENOUGH = 24
"""Sheets under which this process renders alone."""
CHUNK = 12
"""Sheets that one of the processes is given at a time."""
IDLE_SECONDS = 10.0


class Pool:
    """`processes` that render; with one or none, this process does it alone."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._executor: ProcessPoolExecutor | None = None
        self._used_at = 0.0
        self._round = 0

    @property
    def is_wide(self) -> bool:
        return self._processes > 1

    def refresh(self) -> None:
        """Something changed: what the processes remember of the rows that they read is over."""
        self._round += 1

    def render_many(self, refs: Sequence[Ref]) -> Iterable[Outcome]:
        if not self.is_wide or len(refs) < ENOUGH:
            return OwnHands().render_many(refs)
        return self._render_beside(refs)

    def _render_beside(self, refs: Sequence[Ref]) -> Iterator[Outcome]:
        executor = self._start()
        parts: list[Future[list[Outcome]]] = [
            executor.submit(_render_part, self._round, refs[start : start + CHUNK])
            for start in range(0, len(refs), CHUNK)
        ]
        try:
            for part in parts:
                yield from part.result()
        except BaseException:
            self.close()  # one of them died, or we are to stop: a new pool is made the next time
            raise
        self._used_at = time.monotonic()

    def _start(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self._processes,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(os.getpid(),),
            )
        return self._executor

    def rest(self) -> None:
        """Let the processes go where nothing was rendered for a while: they take memory."""
        if self._executor is not None and time.monotonic() - self._used_at > IDLE_SECONDS:
            self.close()

    def close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None

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
    with memory(kept=True), reading_ahead(refs):
        return [_portable(*render_or_error(ref, packing=True)) for ref in refs]


def _portable(ref: Ref, outcome: object) -> Outcome:
    """An error as text: not every exception can be sent to another process."""
    if isinstance(outcome, Exception):
        return ref, RuntimeError(f"{type(outcome).__name__}: {outcome}")
    return ref, outcome  # type: ignore[return-value]
