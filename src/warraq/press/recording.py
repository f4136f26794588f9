"""Recording what a sheet reads while it is rendered.

Selectors that templates' data come from call `reads(key)` for each thing they look at: a content key such as
`article:1042`, or a membership key such as `list:section.5:head`. Outside a rendering both calls do nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from warraq.press.sheets import Ref


@dataclass
class Record:
    """Keys that were read and sheets that were wanted (its pictures, its style) during one rendering."""

    keys: set[str] = field(default_factory=set)
    wants: set[Ref] = field(default_factory=set)


_current: ContextVar[Record | None] = ContextVar("warraq_recording", default=None)


@contextmanager
def recording() -> Iterator[Record]:
    """Record every `reads` and `wants` inside the block."""
    record = Record()
    token = _current.set(record)
    try:
        yield record
    finally:
        _current.reset(token)


def reads(*keys: str) -> None:
    """The sheet being rendered depends on these keys."""
    record = _current.get()
    if record is not None:
        record.keys.update(keys)


def wants(kind: str, ident: str) -> None:
    """The sheet being rendered needs this other sheet to exist."""
    record = _current.get()
    if record is not None:
        record.wants.add(Ref(kind, ident))
