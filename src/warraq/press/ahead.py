"""Reading ahead: rows that sheets about to be rendered will look at, read for all of them in one query.

A kind's `read_ahead` says what its sheets will look at; its `render` asks for the same with `fetched`, which reads
for one sheet alone where nobody read ahead. Only rows are kept here, no pieces: each sheet records what it looks at.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from warraq.press.sheets import Ref, kind_of

log = logging.getLogger("warraq.press")

Name = TypeVar("Name", bound=Hashable)
Row = TypeVar("Row")
Reader = Callable[[Sequence[Name]], Mapping[Name, Row]]
"""Names of rows → the rows that there are; a function of a module, not one made anew for each call."""

_rows: ContextVar[dict[tuple[Reader[Any, Any], Hashable], Any] | None] = ContextVar("warraq_rows", default=None)


@contextmanager
def reading_ahead(refs: Iterable[Ref]) -> Iterator[None]:
    """Inside the block, what these sheets will look at was read together."""
    token = _rows.set({})
    try:
        by_kind: dict[str, list[str]] = {}
        for ref in refs:
            by_kind.setdefault(ref.kind, []).append(ref.ident)
        for kind, idents in by_kind.items():
            try:
                kind_of(kind).read_ahead(idents)
            except Exception:  # the sheet at fault will raise it for itself, and hold no other up
                log.exception("what sheets of the kind %s will look at could not be read together", kind)
        yield
    finally:
        _rows.reset(token)


def fetch(read: Reader[Name, Row], names: Iterable[Name]) -> dict[Name, Row]:
    """The rows of these names that there are; those that were read already are not read again."""
    asked = list(dict.fromkeys(names))
    kept = _rows.get()
    if kept is None:
        return dict(read(asked)) if asked else {}
    new = [name for name in asked if (read, name) not in kept]
    found = read(new) if new else {}
    kept.update({(read, name): found.get(name) for name in new})
    rows = {name: kept[read, name] for name in asked}
    return {name: row for name, row in rows.items() if row is not None}


def fetched(read: Reader[Name, Row], name: Name) -> Row | None:
    """The row of that name, or None."""
    return fetch(read, [name]).get(name)
