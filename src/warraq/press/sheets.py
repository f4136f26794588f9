"""Sheets: what other rooms tell the press about their pages.

A room registers one `SheetKind` for each kind of page it has. A sheet is named by a `Ref` (kind, ident); its public
path comes out of rendering, so that a page which moves is the same sheet at another path.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

from warraq.press.encoding import digest_of
from warraq.press.errors import UnknownKind


class Ref(NamedTuple):
    """Names a sheet: `Ref("article", "1042")`."""

    kind: str
    ident: str


@dataclass(frozen=True)
class Page:
    """What a sheet renders to. `status` 200 goes to readers as a page, 410 as the page of what is gone."""

    path: str
    body: bytes
    status: int = 200

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the body, hexadecimal."""
        return digest_of(self.body)


class Order:
    """Leaves before lists: lower ones land first."""

    ASSET = 0
    LEAF = 10
    LIST = 20
    SECTION = 30
    FRONT = 40
    FEED = 50
    FRAGMENT = 60
    GOING = 90
    """Not a kind's own: of a sheet that goes or moves, after every list that led to it."""


class Lane:
    """Who waits for it: lower ones are pressed first."""

    EDITOR = 0
    FRONT = 1
    FRAGMENT = 2
    TAIL = 3


class SheetKind(Protocol):
    """A kind of page. Attributes are constants of the class."""

    name: str
    order: int
    lane: int
    """Lane of its sheets where the change itself is of the long tail."""
    on_demand: bool
    """True: its sheets exist while another sheet wants them (pictures, style)."""
    leaves_trace: bool
    """True: where a sheet was, readers are told that it moved (301) or is gone (410)."""

    def idents(self) -> Iterable[str]:
        """Every sheet of this kind that exists now, in a fixed order; empty for kinds made on demand."""

    def coming(self, key: str) -> Iterable[str]:
        """The sheets of this kind that may come to be when `key` changes."""

    def hot(self) -> Iterable[str]:
        """The few sheets of this kind that readers ask for most: a press of the whole archive takes them first."""

    def read_ahead(self, idents: Sequence[str]) -> None:
        """Read together, with `ahead.fetch`, what rendering these sheets one after the other will look at."""

    def render(self, ident: str) -> Page | None:
        """The sheet now, or None where it does not exist. Reads only what it records with `recording.reads`."""


class Kind:
    """Defaults for sheet kinds."""

    order = Order.LIST
    lane = Lane.TAIL
    on_demand = False
    leaves_trace = False

    def idents(self) -> Iterable[str]:
        return ()

    def coming(self, key: str) -> Iterable[str]:
        return ()

    def hot(self) -> Iterable[str]:
        return ()

    def read_ahead(self, idents: Sequence[str]) -> None:
        return None


LEFTOVER = "leftover"


class Leftover(Kind):
    """A file whose on-demand sheet has another path now; it goes when the grace is over."""

    name = LEFTOVER
    order = Order.ASSET
    on_demand = True

    def render(self, ident: str) -> Page | None:
        return None


_kinds: dict[str, SheetKind] = {LEFTOVER: Leftover()}


def register(kind: SheetKind) -> None:
    """Make `kind` known to the press; its name must be its own."""
    if kind.name in _kinds and type(_kinds[kind.name]) is not type(kind):
        raise ValueError(f"two sheet kinds are named {kind.name!r}")
    _kinds[kind.name] = kind


def kinds() -> tuple[SheetKind, ...]:
    """All kinds, leaves before lists."""
    return tuple(sorted(_kinds.values(), key=lambda kind: (kind.order, kind.name)))


def kind_of(name: str) -> SheetKind:
    """The kind of that name; raises UnknownKind."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(f"no room registered sheets of the kind {name!r}") from None
