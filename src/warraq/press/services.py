"""The press's verbs: announce a change, press what is due, press everything, compare."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from warraq.press import bell, claims, ledger, traces, unsent
from warraq.press.folder import paper_store
from warraq.press.landing import Report, press_refs
from warraq.press.layout import PAGES
from warraq.press.models import Change, DueSheet, SheetRecord
from warraq.press.pool import Pool
from warraq.press.queue import (
    REST_SECONDS,
    coming,
    due_sheet,
    enqueue,
    finished_runs,
    gather,
    next_step,
    retry,
    settle,
)
from warraq.press.recording import memory
from warraq.press.rendering import template_version
from warraq.press.sheets import Lane, Order, Ref, kind_of
from warraq.press.store import Batch
from warraq.press.verifying import verify

__all__ = ["announce", "enqueue_stale", "make_all_due", "press_all", "press_pending", "try_again", "verify"]

STEPS_AHEAD = 4
"""Steps of which other processes render the sheets already."""
SWEPT = 50
"""Files that nothing wants, removed at a time."""


def announce(*keys: str, cause: str = "", lane: int = Lane.EDITOR) -> None:
    """Record that `keys` changed, in the caller's transaction, and wake the pressroom after it."""
    Change.objects.bulk_create(Change(key=key, lane=lane, cause=cause) for key in dict.fromkeys(keys))
    transaction.on_commit(lambda: bell.ring(settings.WARRAQ_BELL))


def press_pending(
    *,
    tick: Callable[[], None] = lambda: None,
    limit_steps: int | None = None,
    pool: Pool | None = None,
    patient: bool = False,
) -> Report:
    """Press everything that is due. Safe to run again after a kill at any point.

    With `patient`, a page that changed a moment ago rests before it changes again; it stays due. `pool` renders where
    much is due.
    """
    pool = pool or Pool(1)
    report, steps = Report(), 0
    while limit_steps is None or steps < limit_steps:
        gathered = gather()
        done = 0
        pool.refresh()  # another process may have pressed, and gathered, since this one did
        with memory():  # until something changes
            while limit_steps is None or steps < limit_steps:
                left = STEPS_AHEAD if limit_steps is None else limit_steps - steps - 1
                step = _press_step(tick=tick, pool=pool, patient=patient, ahead=min(left, STEPS_AHEAD))
                if step is None:
                    break
                report, steps, done = report.plus(step), steps + 1, done + 1
                if claims.are_shared() or Change.objects.exists():
                    break  # what an editor did just now goes before the lists of what they did before
        if not done and not gathered:
            break
    pool.rest()
    _sweep()
    _finish_runs()
    return report


def _press_step(*, tick: Callable[[], None], pool: Pool, patient: bool, ahead: int) -> Report | None:
    """Press the sheets that land together next, while `pool` renders those of so many steps `ahead`; None where none
    is due."""
    due = next_step(is_long=pool.is_wide, patient=patient)
    if not due:
        return None
    refs, since = [Ref(sheet.kind, sheet.ident) for sheet in due], claims.last_gathered()
    if pool.is_wide:
        pool.begin(coming(besides=refs, steps=ahead))
    pressed = press_refs(
        refs,
        cause=due[0].cause,
        lane=due[0].lane,
        thorough=any(sheet.thorough for sheet in due),
        hold_back=due[0].order < Order.GOING,
        rest=timedelta(seconds=REST_SECONDS if patient else 0),
        hands=pool,
        tick=tick,
    )
    again = claims.overtaken(pressed.noted, since=since)
    enqueue([due_sheet(ref, lane=due[0].lane, cause=due[0].cause) for ref in sorted(again)])
    settle(due, failed=pressed.failed, held=pressed.held, resting=pressed.resting)
    retry({ref: error for ref, error in pressed.failed.items() if ref not in refs}, cause=due[0].cause)
    return pressed.report


def _finish_runs() -> None:
    for run in finished_runs():
        if run.thorough:
            traces.settle_all(paper_store())
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])


def _sweep() -> None:
    """Remove on-demand sheets that nothing has wanted for longer than the grace."""
    edge = timezone.now() - timedelta(seconds=settings.WARRAQ_GRACE_SECONDS)
    if not SheetRecord.objects.filter(orphaned_at__lte=edge).exists():
        return
    with transaction.atomic():
        if not claims.take_turn():
            return
        old = list(SheetRecord.objects.filter(orphaned_at__lte=edge)[:SWEPT])
        batch = Batch(paper_store())
        gone = {record.ref for record in old}
        for record in old:
            if not ledger.is_lived_at(record.path, besides=gone):  # the same picture, uploaded twice
                batch.remove(PAGES, record.path)
        unsent.note(batch, landed=True)  # with the ledger's word that they are gone, or not at all
        batch.land()
        SheetRecord.objects.filter(pk__in=[record.pk for record in old]).delete()


def press_all(
    *,
    tick: Callable[[], None] = lambda: None,
    expect: Callable[[int], None] = lambda _count: None,
    cause: str = "press --all",
    pool: Pool | None = None,
) -> Report:
    """Press every sheet anew and repair whatever differs on disk: what editors did first, then fronts and what is read
    most. Interrupted, the rest stays due: the next press goes on where this one stopped. `expect` is told how many
    sheets are to be rendered."""
    report = press_pending(tick=tick, pool=pool)
    expect(make_all_due(cause=cause))
    return report.plus(press_pending(tick=tick, pool=pool))


def make_all_due(*, cause: str = "press --all") -> int:
    """Make every sheet due, in the long tail, to be compared with the files themselves; how many."""
    refs = [*ledger.wanted_refs(), *ledger.all_refs()]
    enqueue([due_sheet(ref, lane=Lane.TAIL, cause=cause) for ref in refs], thorough=True)
    return len(refs)


def enqueue_stale() -> int:
    """Make due, in the long tail, every sheet that another version of the templates pressed; how many."""
    stale = SheetRecord.objects.exclude(template_version=template_version()).order_by("id")
    refs = [Ref(kind, ident) for kind, ident in stale.values_list("kind", "ident").iterator()]
    due = [due_sheet(ref, lane=Lane.TAIL, cause="templates") for ref in refs if not kind_of(ref.kind).on_demand]
    enqueue(due)
    return len(due)


def try_again() -> int:
    """Press at once what failed and waits for its next attempt; how many sheets and changes."""
    waiting = [rows.filter(failures__gt=0).update(not_before=None) for rows in (DueSheet.objects, Change.objects)]
    bell.ring(settings.WARRAQ_BELL)
    return sum(waiting)
