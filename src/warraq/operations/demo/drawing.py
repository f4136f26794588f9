"""Drawing the demonstration's pictures on another processor while the database is being made."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import Future, ProcessPoolExecutor
from types import TracebackType

from warraq.operations.demo import pictures
from warraq.operations.demo.content import Table

PORTRAIT = "portrait"
Wanted = tuple[str, int]
"""(motif or PORTRAIT, seed)."""


def wanted(paper: Table, articles: list[Table]) -> list[Wanted]:
    """Every picture of the demonstration."""
    told = [article["image"] for article in articles if "image" in article]
    told += [block for article in articles for block in article["body"] if block["kind"] == "image"]
    faces = [(PORTRAIT, author["portrait_seed"]) for author in paper["authors"]]
    return list(dict.fromkeys([*faces, *((one["motif"], one["seed"]) for one in told)]))


class Studio:
    """Begins to draw when it is opened; `jpeg` waits for the one that it is asked for."""

    def __init__(self, names: list[Wanted]) -> None:
        self._pool = ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))
        self._drawn: dict[Wanted, Future[bytes]] = {name: self._pool.submit(_draw, name) for name in names}

    def jpeg(self, motif: str, seed: int) -> bytes:
        return self._drawn[motif, seed].result()

    def __enter__(self) -> Studio:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)


def _draw(name: Wanted) -> bytes:
    motif, seed = name
    return pictures.portrait(seed) if motif == PORTRAIT else pictures.draw(motif, seed)
