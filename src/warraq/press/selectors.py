"""What others ask the press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warraq.press import layout
from warraq.press.folder import paper_store
from warraq.press.models import Change, DueSheet, SheetRecord


@dataclass(frozen=True)
class Pressed:
    """A sheet as it lies on disk. `pressed_at` is UTC."""

    file: Path
    keys: tuple[str, ...]
    pressed_at: datetime
    cause: str


def pressed(path: str) -> Pressed | None:
    """What is at public `path`; None where no sheet lies there."""
    record = SheetRecord.objects.filter(path=path).order_by("id").first()
    if record is None:
        return None
    tree = layout.PAGES if record.status == 200 else layout.GONE
    keys = tuple(record.keys_read.order_by("key").values_list("key", flat=True))
    return Pressed(paper_store().file(tree, path), keys, record.pressed_at, record.cause)


def lies_at(kind: str, ident: str) -> str | None:
    """The public path at which a sheet lies as a page now; None where it does not."""
    return SheetRecord.objects.filter(kind=kind, ident=ident, status=200).values_list("path", flat=True).first()


def waiting() -> int:
    """How many changes and sheets wait for the press."""
    return Change.objects.count() + DueSheet.objects.count()
