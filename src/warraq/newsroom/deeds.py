"""What one request of the staff did to what readers see: signals note it, `telling` says what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import IntEnum

from wagtail.models import Page

from warraq.press.sheets import Ref


class Act(IntEnum):
    """What befell a page; of several in one request the highest is told."""

    PUBLISHED = 1
    MOVED = 2
    UNPUBLISHED = 3
    RETRACTED = 4
    DELETED = 5

    @property
    def takes_away(self) -> bool:
        """Whether readers are no longer to find the page."""
        return self > Act.MOVED


@dataclass(frozen=True)
class Deed:
    """`ref` is the page's own sheet, `key` what its change is announced under."""

    act: Act
    page_id: int
    title: str
    ref: Ref
    key: str


_noted: ContextVar[dict[int, Deed] | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[dict[int, Deed]]:
    """Collect what is done meanwhile: page's id → deed."""
    found: dict[int, Deed] = {}
    token = _noted.set(found)
    try:
        yield found
    finally:
        _noted.reset(token)


def note(act: Act, page: Page, *, keys: tuple[str, ...]) -> None:
    """Remember `act` where somebody collects; `keys` are the page's own, none for a page that is not ours."""
    noted = _noted.get()
    if noted is None or not keys or (page.pk in noted and noted[page.pk].act > act):
        return
    kind, _sep, ident = keys[0].partition(":")
    noted[page.pk] = Deed(act, page.pk, page.title, Ref(kind, ident or kind), keys[0])
