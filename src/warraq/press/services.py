"""The press's verbs: announce a change, press what is due, press everything, compare."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from warraq.press import bell, ledger, traces
from warraq.press.layout import GONE, PAGES
from warraq.press.models import Change, DueSheet, KeyRead, SheetRecord
from warraq.press.recording import memory
from warraq.press.rendering import Rendered, render_all, template_version
from warraq.press.sheets import Lane, Order, Page, Ref, kind_of, kinds
from warraq.press.store import Batch, Store, digest_of, paper_store
from warraq.press.watch import followed

BATCH = 50
"""Sheets pressed between two looks at what editors did meanwhile."""
CHANGES = 500
"""Changes turned into due sheets in one transaction."""
LANDINGS = ((Order.ASSET, Order.LEAF), (Order.LIST, Order.FRONT), (Order.FEED, Order.FRAGMENT))
"""Orders of sheets that land together."""
RETRY_SECONDS = 30
"""First wait before a sheet that raised is tried again; doubled each time, an hour at most."""


@dataclass(frozen=True)
class Report:
    """What a press did. `drift` names paths that differed from what they should be."""

    sheets_rendered: int = 0
    sheets_written: int = 0
    seconds: float = 0.0
    drift: tuple[str, ...] = ()

    def plus(self, other: Report) -> Report:
        return Report(
            self.sheets_rendered + other.sheets_rendered,
            self.sheets_written + other.sheets_written,
            self.seconds + other.seconds,
            self.drift + other.drift,
        )


def announce(*keys: str, cause: str = "", lane: int = Lane.EDITOR) -> None:
    """Record that `keys` changed, in the caller's transaction, and wake the pressroom after it."""
    Change.objects.bulk_create(Change(key=key, lane=lane, cause=cause) for key in dict.fromkeys(keys))
    transaction.on_commit(lambda: bell.ring(settings.WARRAQ_BELL))


@transaction.atomic
def gather() -> int:
    """Turn Changes into due sheets, one row a sheet; how many changes it took. Lists are brought up to date here."""
    changes = list(Change.objects.order_by("id")[:CHANGES])
    if not changes:
        return 0
    due: dict[Ref, DueSheet] = {}
    for lane in sorted({change.lane for change in changes}):
        part = [change for change in changes if change.lane == lane]
        keys = followed(change.key for change in part)
        cause = next((change.cause for change in part if change.cause), part[0].key)
        for ref in _touched(keys):
            due.setdefault(ref, _due(ref, lane=lane, cause=cause))
    _enqueue(due.values())
    Change.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return len(changes)


def _touched(keys: set[str]) -> set[Ref]:
    """Sheets that read one of `keys`, and sheets that may come to be by them."""
    found: set[Ref] = set()
    ordered = sorted(keys)
    for start in range(0, len(ordered), 500):
        rows = KeyRead.objects.filter(key__in=ordered[start : start + 500]).select_related("sheet")
        found |= {row.sheet.ref for row in rows}
    for kind in kinds():
        found |= {Ref(kind.name, ident) for key in ordered for ident in kind.coming(key)}
    return found


def _due(ref: Ref, *, lane: int, cause: str) -> DueSheet:
    kind = kind_of(ref.kind)
    return DueSheet(
        kind=ref.kind,
        ident=ref.ident,
        lane=lane if lane == Lane.EDITOR else min(lane, kind.lane),
        order=kind.order,
        cause=cause[:200],
    )


def _enqueue(sheets: Iterable[DueSheet]) -> None:
    DueSheet.objects.bulk_create(
        sheets,
        update_conflicts=True,
        unique_fields=["kind", "ident"],
        update_fields=["lane", "cause", "not_before"],
        batch_size=100,
    )


def press_pending(*, tick: Callable[[], None] = lambda: None, limit_batches: int | None = None) -> Report:
    """Press everything that is due. Safe to run again after a kill at any point."""
    report = Report()
    batches = 0
    while limit_batches is None or batches < limit_batches:
        gathered = gather()
        now = timezone.now()
        due = list(DueSheet.objects.exclude(not_before__gt=now).order_by("lane", "order", "id")[:BATCH])
        if not due and not gathered:
            break
        if due:
            report = report.plus(_press_due(due, tick=tick))
        batches += 1
    return report.plus(_sweep())


def _press_due(due: list[DueSheet], *, tick: Callable[[], None]) -> Report:
    """Press these sheets in three landings: articles at once, then lists and the front, then feeds and fragments.

    What goes or moves waits for the last landing, when no list leads to it any more.
    """
    report, failed = Report(), set[Ref]()
    held: list[Ref] = []
    with memory():
        for low, high in LANDINGS:
            refs = [Ref(sheet.kind, sheet.ident) for sheet in due if low <= sheet.order <= high]
            last = (low, high) == LANDINGS[-1]
            pressed = press_refs([*refs, *(held if last else ())], cause=due[0].cause, hold_back=not last, tick=tick)
            report, failed, held = report.plus(pressed.report), failed | pressed.failed, [*held, *pressed.held]
    DueSheet.objects.filter(pk__in=[sheet.pk for sheet in due if (sheet.kind, sheet.ident) not in failed]).delete()
    for sheet in due:
        if (sheet.kind, sheet.ident) in failed:
            wait = min(RETRY_SECONDS * 2**sheet.failures, 3600)
            sheet.failures += 1
            sheet.not_before = timezone.now() + timedelta(seconds=wait)
            sheet.save(update_fields=["failures", "not_before"])
    return report


@dataclass(frozen=True)
class Pressed:
    """What one landing did: `failed` could not be rendered, `held` go or move and wait for a later landing."""

    report: Report
    failed: set[Ref]
    held: list[Ref]


def press_refs(
    refs: Iterable[Ref],
    *,
    cause: str,
    force: bool = False,
    hold_back: bool = False,
    tick: Callable[[], None] = lambda: None,
) -> Pressed:
    """Render `refs`, land what changed, write the ledger.

    `force` looks at the files themselves instead of believing the ledger; `hold_back` leaves sheets that go or move.
    """
    started = time.perf_counter()

    def missing(wants: set[Ref]) -> set[Ref]:
        known = {} if force else ledger.records_of(wants)
        return {ref for ref in wants if ref not in known or known[ref].template_version != template_version()}

    rendered, failed = render_all(refs, missing=missing, tick=tick)
    if not rendered:
        return Pressed(Report(0, 0, time.perf_counter() - started), set(failed), [])
    records = ledger.records_of(rendered)
    held = [one.ref for one in rendered.values() if hold_back and _leaves(one, records.get(one.ref))]
    for ref in held:
        del rendered[ref]
        records.pop(ref, None)
    tree = paper_store()
    batch = tree.batch()
    ordered = sorted(rendered.values(), key=lambda one: _landing_order(one, records.get(one.ref)))
    written = sum(_plan(one, records.get(one.ref), batch, tree if force else None) for one in ordered)
    covered = traces.plan(ordered, records, batch)
    ledger.reserve(ordered, records, cause=cause)
    batch.land()
    _note(ordered, records, cause=cause)
    traces.forget(covered)
    return Pressed(Report(len(rendered), written, time.perf_counter() - started), set(failed), held)


def _leaves(one: Rendered, record: SheetRecord | None) -> bool:
    """Whether readers will no longer find this sheet where it is."""
    page = one.page
    return record is not None and (page is None or (page.path, page.status) != (record.path, record.status))


def _landing_order(one: Rendered, record: SheetRecord | None) -> tuple[bool, int, Ref]:
    """What comes to be before what changes, leaves before lists."""
    return record is not None, kind_of(one.ref.kind).order, one.ref


def _tree_of(page: Page) -> str:
    return PAGES if page.status == 200 else GONE


def _plan(one: Rendered, record: SheetRecord | None, batch: Batch, disk: Store | None) -> int:
    """Add to the batch what this sheet needs; 1 if a file is written."""
    page = one.page
    left = record and (page is None or (record.path, record.status) != (page.path, page.status))
    if record and left and not ledger.is_lived_at(record.path, status=record.status, besides={one.ref}):
        batch.remove(PAGES if record.status == 200 else GONE, record.path)
    if page is None:
        return 0
    if disk is not None:
        same = disk.read(_tree_of(page), page.path) == page.body
    else:
        same = record is not None and (record.digest, record.path, record.status) == (
            digest_of(page.body),
            page.path,
            page.status,
        )
    if same:
        return 0
    batch.put(_tree_of(page), page.path, page.body)
    return 1


@transaction.atomic
def _note(rendered: list[Rendered], records: dict[Ref, SheetRecord], *, cause: str) -> None:
    now = timezone.now()
    for one in rendered:
        record = records.get(one.ref)
        if one.page is not None and record is not None:
            ledger.note_page(one, one.page, record, cause=cause, now=now)
    lost = ledger.note_reads([(one, records[one.ref]) for one in rendered if one.page is not None])
    for one in rendered:
        if one.page is None and one.ref in records:
            lost |= ledger.strike(records[one.ref])
    wanted = {ref for one in rendered if one.page is not None for ref in one.record.wants}
    ledger.adopt(wanted)
    ledger.orphan(lost - wanted, now=now)


def _sweep() -> Report:
    """Remove on-demand sheets that nothing has wanted for longer than the grace."""
    edge = timezone.now() - timedelta(seconds=settings.WARRAQ_GRACE_SECONDS)
    old = list(SheetRecord.objects.filter(orphaned_at__lte=edge)[:BATCH])
    if old:
        batch = paper_store().batch()
        for record in old:
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
    _enqueue(_due(ref, lane=Lane.TAIL, cause="templates") for ref in refs)
    return len(refs)


def verify() -> Report:
    """Compare the tree on disk, byte for byte, with a full press that is not written; `drift` names what differs."""
    started = time.perf_counter()
    rendered, failed = render_all(all_refs(), missing=lambda wants: wants)
    expected = {(_tree_of(one.page), one.page.path): one.page.body for one in rendered.values() if one.page}
    expected |= traces.expected({ref: traces.place_of(one) for ref, one in rendered.items()})
    kept = SheetRecord.objects.exclude(orphaned_at=None).values_list("path", flat=True)
    actual = paper_store().everything()
    for path in kept:
        actual.pop((PAGES, path), None)
        expected.pop((PAGES, path), None)
    drift = {f"{tree}{path}" for tree, path in set(expected) ^ set(actual)}
    drift |= {
        f"{tree}{path}" for tree, path in set(expected) & set(actual) if expected[tree, path] != actual[tree, path]
    }
    drift |= {f"{ref.kind} {ref.ident}: {error}" for ref, error in failed.items()}
    return replace(Report(len(rendered), 0, time.perf_counter() - started), drift=tuple(sorted(drift)))
