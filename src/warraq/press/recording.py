"""Recording what a sheet reads while it is rendered.

Selectors that templates' data come from call `reads(key)` for each thing they look at: a content key such as
`article:1042`, or a membership key such as `list:section.5:head`. Outside a rendering both calls do nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from warraq.press.sheets import Ref


@dataclass
class Record:
    """Keys that were read and sheets that were wanted (its pictures, its style) during one rendering."""

    keys: set[str] = field(default_factory=set)
    wants: set[Ref] = field(default_factory=set)


T = TypeVar("T")
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


Memory = dict[str, tuple[Any, Record]]
_memory: ContextVar[Memory | None] = ContextVar("warraq_memory", default=None)
_kept: Memory = {}
MOST_REMEMBERED = 4000
"""Things remembered; with more, memory begins anew before the next sheet. A card is about 3 kB."""


@contextmanager
def memory(*, kept: bool = False) -> Iterator[None]:
    """Inside the block, what `remembered` made once serves every sheet: one batch reads the same row once.

    With `kept`, what an earlier such block remembered serves as well, until `forget_memory`. A row that changes
    meanwhile announced itself, so that the sheets which saw it are pressed again.
    """
    if _memory.get() is not None:
        yield  # an outer block remembers already
        return
    token = _memory.set(_kept if kept else {})
    try:
        yield
    finally:
        _memory.reset(token)


def trim_memory() -> None:
    """Forget where much is remembered. Never while a sheet is being rendered: what it found remembered stays so."""
    known = _memory.get()
    if known is not None and len(known) >= MOST_REMEMBERED:
        known.clear()


def forget_memory() -> None:
    """Nothing of an earlier block serves any more."""
    _kept.clear()


def is_remembered(name: str) -> bool:
    """Whether `remembered(name, …)` would not call its maker."""
    known = _memory.get()
    return known is not None and name in known


def remembered(name: str, make: Callable[[], T]) -> T:
    """What `make` returns, made once in a `memory` block; each sheet that asks records the keys that `make` read."""
    known = _memory.get()
    if known is None:
        return make()
    if name not in known:
        with recording() as record:
            value = make()
        known[name] = (value, record)
    value, record = known[name]
    current = _current.get()
    if current is not None:
        current.keys |= record.keys
        current.wants |= record.wants
    return value


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
