"""What others ask the press."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

from django.conf import settings
from django.db.models import Count, F, Q
from django.utils import timezone

from warraq.press import layout
from warraq.press.folder import paper_store
from warraq.press.models import Change, DueSheet, Run, SheetRecord, rows_of
from warraq.press.sheets import Order, Ref

ALIVE_SECONDS = 60
"""A pressroom touches its file every few seconds, and after its longest round: where it is older, none works."""
SHOWN = 50
"""Failures shown at most."""


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
    keys = tuple(record.keys_read.order_by("key").values_list("key", flat=True))
    return Pressed(paper_store().file(layout.tree_of(record.status), path), keys, record.pressed_at, record.cause)


def lies_at(kind: str, ident: str) -> str | None:
    """The public path at which a sheet lies as a page now; None where it does not."""
    return SheetRecord.objects.filter(kind=kind, ident=ident, status=200).values_list("path", flat=True).first()


def waiting() -> int:
    """How many changes and sheets wait for the press."""
    return Change.objects.count() + DueSheet.objects.count()


def changed_keys() -> set[str]:
    """Keys whose change is not looked at yet."""
    return set(Change.objects.values_list("key", flat=True).iterator())


def is_at_work() -> bool:
    """Whether a pressroom works on this paper, as far as its file tells."""
    try:
        return time.time() - settings.WARRAQ_READY.stat().st_mtime < ALIVE_SECONDS
    except OSError:
        return False


class Stage(Enum):
    """How far the press is with what changed a sheet."""

    WAITING = "waiting"
    FAILED = "failed"
    """Readers get what was there before; it is tried again later."""
    SETTLED = "settled"


@dataclass(frozen=True)
class Standing:
    """Where a sheet stands. `path` is where readers find it as a page now, None where they do not; `is_going`: it is
    taken from there, or from where it was before it moved, when no list leads there any more."""

    stage: Stage
    path: str | None
    is_going: bool = False
    error: str = ""


def standings(keys: Mapping[Ref, str]) -> dict[Ref, Standing]:
    """Where each of these sheets stands; `keys` names the key whose change they wait for. Three queries a kind.

    They are asked in the order in which the press goes on, a Change becoming a due sheet and that a record: what
    settles in between is seen.
    """
    now = timezone.now()
    changed = set(Change.objects.filter(key__in=keys.values(), failures=0).values_list("key", flat=True))
    due = {Ref(row.kind, row.ident): row for row in rows_of(DueSheet.objects.all(), keys)}
    paths = {row.ref: row.path for row in rows_of(SheetRecord.objects.filter(status=200), keys)}
    return {ref: _standing(key in changed, due.get(ref), paths.get(ref), now) for ref, key in keys.items()}


def _standing(is_changed: bool, due: DueSheet | None, path: str | None, now: datetime) -> Standing:
    is_going = due is not None and due.order == Order.GOING
    if is_changed or due is None:
        return Standing(Stage.WAITING if is_changed else Stage.SETTLED, path)
    if due.failures and due.not_before and due.not_before > now:
        return Standing(Stage.FAILED, path, is_going, due.error)
    return Standing(Stage.SETTLED if is_going else Stage.WAITING, path, is_going)


@dataclass(frozen=True)
class RunProgress:
    """A press of much of the archive at once. `a_second` is of the whole time since it began, which is UTC; `left` is
    None where nothing tells it yet, and where it is over."""

    cause: str
    total: int
    done: int
    failed: int
    a_second: float
    left: timedelta | None
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class Progress:
    """What the press has before it. `lanes` holds how many sheets wait in each lane (`sheets.Lane`); what failed is
    not among them."""

    changes: int
    lanes: Mapping[int, int]
    running: tuple[RunProgress, ...]

    @property
    def waiting(self) -> int:
        return self.changes + sum(self.lanes.values())


def progress() -> Progress:
    """What waits and what runs now. Three queries."""
    changes = Change.objects.filter(failures=0).count()
    lanes = DueSheet.objects.filter(failures=0).order_by("lane").values_list("lane").annotate(Count("pk"))
    return Progress(changes, dict(lanes), _runs(Q(finished_at=None)))


def finished(*, since: datetime) -> tuple[RunProgress, ...]:
    """Runs that ended after `since`, the last one first."""
    return _runs(Q(finished_at__gte=since))[::-1]


def _runs(which: Q) -> tuple[RunProgress, ...]:
    now = timezone.now()
    failing = Count("due", filter=Q(due__failures__gt=0))
    rows = Run.objects.filter(which).annotate(waiting=Count("due"), failing=failing)
    return tuple(_run(row, row.waiting, row.failing, now) for row in rows.order_by("finished_at", "pk"))


def _run(row: Run, waiting: int, failing: int, now: datetime) -> RunProgress:
    done = max(row.total - waiting, 0)
    seconds = max(((row.finished_at or now) - row.started_at).total_seconds(), 0.001)
    rate = done / seconds
    left = timedelta(seconds=round((waiting - failing) / rate)) if done and not row.finished_at else None
    return RunProgress(row.cause, row.total, done, failing, rate, left, row.started_at, row.finished_at)


@dataclass(frozen=True)
class Failing:
    """A sheet that could not be pressed, or a change of which it could not be found what follows. `ref` is None for a
    change, `key` empty for a sheet; `path` is where readers find the sheet, None where they do not. `again_at` is UTC,
    None for the next moment."""

    ref: Ref | None
    key: str
    path: str | None
    cause: str
    error: str
    failures: int
    again_at: datetime | None


def failing() -> tuple[Failing, ...]:
    """What could not be pressed and is tried again later, what is tried soonest first; `SHOWN` of each at most."""
    soonest = F("not_before").asc(nulls_first=True)
    rows = Change.objects.filter(failures__gt=0).order_by(soonest, "pk")
    changes = {row.key: row for row in reversed(rows[: SHOWN * 4])}  # one edit may announce a key several times
    sheets = list(DueSheet.objects.filter(failures__gt=0).order_by(soonest, "pk")[:SHOWN])
    failed = [Ref(row.kind, row.ident) for row in sheets]
    paths = {row.ref: row.path for row in rows_of(SheetRecord.objects.filter(status=200), failed)}
    first = list(reversed(changes.values()))[:SHOWN]
    found = [Failing(None, row.key, None, row.cause, row.error, row.failures, row.not_before) for row in first]
    for row in sheets:
        ref = Ref(row.kind, row.ident)
        found.append(Failing(ref, "", paths.get(ref), row.cause, row.error, row.failures, row.not_before))
    return tuple(found)


def failing_count() -> int:
    """How many sheets and changed keys failed and are tried again later."""
    changes = Change.objects.filter(failures__gt=0).values("key").distinct().count()
    return changes + DueSheet.objects.filter(failures__gt=0).count()
