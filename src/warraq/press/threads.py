"""Several requests at a time, in threads that a process which ends does not wait for (an executor's it would)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

One = TypeVar("One")
Done = TypeVar("Done")


def at_once(do: Callable[[One], Done], items: Sequence[One], *, threads: int) -> list[Done]:
    """`do` each of `items`, up to `threads` at a time; what came of each, in order.

    After a first error nothing more is begun, what is under way is waited for, and the error is raised.
    """
    if len(items) < 2:
        return [do(item) for item in items]
    waiting = list(enumerate(items))[::-1]
    results: dict[int, Done] = {}
    errors: list[BaseException] = []

    def work() -> None:
        while not errors:
            try:
                number, item = waiting.pop()
            except IndexError:
                return
            try:
                results[number] = do(item)
            except BaseException as error:
                errors.append(error)

    workers = [threading.Thread(target=work, daemon=True) for _number in range(min(threads, len(items)))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if errors:
        raise errors[0]
    return [results[number] for number in range(len(items))]
