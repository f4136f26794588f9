"""The press's verbs: announce a change, press what is due, press everything, compare."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from warraq.press import bell, ledger, traces
from warraq.press.landing import Report, press_refs, tree_of
from warraq.press.layout import PAGES
from warraq.press.models import Change, SheetRecord
from warraq.press.queue import due_sheet, enqueue, gather, next_step, retry, settle
from warraq.press.recording import memory
from warraq.press.rendering import render_all, template_version
from warraq.press.sheets import Lane, Order, Ref, kind_of, kinds
from warraq.press.store import paper_store

BATCH = 50
"""Sheets that land together where nobody waits."""


def announce(*keys: str, cause: str = "", lane: int = Lane.EDITOR) -> None:
    """Record that `keys` changed, in the caller's transaction, and wake the pressroom after it."""
    Change.objects.bulk_create(Change(key=key, lane=lane, cause=cause) for key in dict.fromkeys(keys))
    transaction.on_commit(lambda: bell.ring(settings.WARRAQ_BELL))


def press_pending(*, tick: Callable[[], None] = lambda: None, limit_steps: int | None = None) -> Report:
    """Press everything that is due. Safe to run again after a kill at any point."""
    report, steps = Report(), 0
    while limit_steps is None or steps < limit_steps:
        gathered = gather()
        done = 0
        with memory():  # until something changes
            while (limit_steps is None or steps < limit_steps) and (step := _press_step(tick=tick)) is not None:
                report, steps, done = report.plus(step), steps + 1, done + 1
                if Change.objects.exists():
                    break  # what an editor did just now goes before the lists of what they did before
        if not done and not gathered:
            break
    return report.plus(_sweep())


def _press_step(*, tick: Callable[[], None]) -> Report | None:
    """Press the sheets that land together next; None where none is due."""
    due = next_step()
    if not due:
        return None
    refs = [Ref(sheet.kind, sheet.ident) for sheet in due]
    pressed = press_refs(refs, cause=due[0].cause, hold_back=due[0].order < Order.GOING, tick=tick)
    settle(due, failed=pressed.failed, held=pressed.held)
    retry(pressed.failed - set(refs), cause=due[0].cause)
    return pressed.report


def _sweep() -> Report:
    """Remove on-demand sheets that nothing has wanted for longer than the grace."""
    edge = timezone.now() - timedelta(seconds=settings.WARRAQ_GRACE_SECONDS)
    old = list(SheetRecord.objects.filter(orphaned_at__lte=edge)[:BATCH])
    if old:
        batch = paper_store().batch()
        for record in old:
            if not ledger.is_lived_at(record.path, besides={record.ref}):  # the same picture, uploaded twice
                batch.remove(PAGES, record.path)
        batch.land()
        SheetRecord.objects.filter(pk__in=[record.pk for record in old]).delete()
    return Report()


def all_refs() -> list[Ref]:
    """Every sheet that should exist and every one that was pressed, except those made on demand; leaves first."""
    refs = {Ref(kind.name, ident): None for kind in kinds() if not kind.on_demand for ident in kind.idents()}
    on_demand = [kind.name for kind in kinds() if kind.on_demand]
    for kind, ident in SheetRecord.objects.exclude(kind__in=on_demand).order_by("id").values_list("kind", "ident"):
        refs.setdefault(Ref(kind, ident))
    return list(refs)


def press_all(*, tick: Callable[[], None] = lambda: None, cause: str = "press --all") -> Report:
    """Press every sheet anew and repair whatever differs on disk."""
    report = press_pending(tick=tick)
    refs = all_refs()
    for start in range(0, len(refs), BATCH):
        part = press_refs(refs[start : start + BATCH], cause=cause, force=True, tick=tick)
        report = report.plus(part.report)
    traces.settle_all(paper_store())
    return report.plus(_sweep())


def enqueue_stale() -> int:
    """Make due, in the long tail, every sheet that another version of the templates pressed; how many."""
    stale = SheetRecord.objects.exclude(template_version=template_version())
    refs = [record.ref for record in stale if not kind_of(record.kind).on_demand]
    enqueue(due_sheet(ref, lane=Lane.TAIL, cause="templates") for ref in refs)
    return len(refs)


def verify() -> Report:
    """Compare the tree on disk, byte for byte, with a full press that is not written; `drift` names what differs."""
    started = time.perf_counter()
    rendered, failed = render_all(all_refs(), missing=lambda wants: wants)
    expected = {(tree_of(one.page), one.page.path): one.page.body for one in rendered.values() if one.page}
    expected |= traces.expected({ref: traces.place_of(one) for ref, one in rendered.items()})
    kept = SheetRecord.objects.exclude(orphaned_at=None).values_list("path", flat=True)
    actual = paper_store().everything()
    for path in kept:
        if (PAGES, path) not in expected:
            actual.pop((PAGES, path), None)
    drift = {f"{tree}{path}" for tree, path in set(expected) ^ set(actual)}
    drift |= {
        f"{tree}{path}" for tree, path in set(expected) & set(actual) if expected[tree, path] != actual[tree, path]
    }
    drift |= {f"{ref.kind} {ref.ident}: {error}" for ref, error in failed.items()}
    return replace(Report(len(rendered), 0, time.perf_counter() - started), drift=tuple(sorted(drift)))
