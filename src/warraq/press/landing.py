"""Landing: sheets rendered, what changed of them put into the tree, the ledger written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from warraq.press import ledger, traces, unsent
from warraq.press.folder import paper_store
from warraq.press.layout import GONE, PAGES, tree_of
from warraq.press.models import SheetRecord
from warraq.press.rendering import Hands, Rendered, render_all, template_version
from warraq.press.sheets import Lane, Ref, kind_of
from warraq.press.store import Batch, Store

OK = 200


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


@dataclass(frozen=True)
class Pressed:
    """What one landing did: `failed` could not be rendered, `held` go or move and are finished by a later landing,
    `resting` changed a moment ago and land later; `noted` are those whose keys were written down, wanted ones too."""

    report: Report
    failed: dict[Ref, Exception] = field(default_factory=dict)
    held: set[Ref] = field(default_factory=set)
    resting: set[Ref] = field(default_factory=set)
    noted: set[Ref] = field(default_factory=set)


def press_refs(
    refs: Iterable[Ref],
    *,
    cause: str,
    lane: int = Lane.TAIL,
    thorough: bool = False,
    hold_back: bool = False,
    rest: timedelta = timedelta(0),
    hands: Hands | None = None,
    tick: Callable[[], None] = lambda: None,
) -> Pressed:
    """Render `refs`, land what changed, write the ledger.

    `thorough` looks at the files themselves instead of believing the ledger. `hold_back` takes nothing away: a sheet
    that moves lands at its new path and, until it is pressed without `hold_back`, stays at the old one as well; one
    that goes stays. What changed in place less than `rest` ago is left as it is.
    """
    started = time.perf_counter()

    def missing(wants: set[Ref]) -> set[Ref]:
        known = ledger.records_of(wants)
        return {ref for ref in wants if ref not in known or known[ref].template_version != template_version()}

    rendered, failed = render_all(refs, missing=missing, tick=tick, hands=hands)
    if not rendered:
        return Pressed(Report(0, 0, time.perf_counter() - started), failed)
    count = len(rendered)
    records = ledger.records_of(rendered)
    now = timezone.now()
    resting = {ref for ref, one in rendered.items() if _rests(one, records.get(ref), now - rest, now)}
    rendered = {ref: one for ref, one in rendered.items() if ref not in resting}
    leaving = {ref: one for ref, one in rendered.items() if hold_back and _leaves(one, records.get(ref))}
    arriving = [one for one in leaving.values() if _arrives(one)]
    whole = (one for ref, one in rendered.items() if ref not in leaving)
    ordered = sorted(whole, key=lambda one: _landing_order(one, records.get(one.ref)))
    tree = paper_store()
    batch = Batch(tree)
    gone = {one.ref for one in ordered if _clears(one, records.get(one.ref))}
    written = [one.ref for one in ordered if _plan(one, records.get(one.ref), gone, batch, tree if thorough else None)]
    written += [one.ref for one in arriving if _plan_arrival(one, records[one.ref], batch)]
    covered = traces.plan(ordered, arriving, records, batch)
    coming = [*arriving, *ordered]
    with transaction.atomic():
        ledger.reserve(coming, records, written=set(written), cause=cause)
        unsent.note(batch, coming, lane=lane, landed=False)
    batch.land()
    with transaction.atomic():
        _note(coming, records, cause=cause)
        unsent.note(batch, coming, lane=lane, landed=True)
    traces.forget(covered)
    noted = {one.ref for one in coming}
    return Pressed(Report(count, len(written), time.perf_counter() - started), failed, set(leaving), resting, noted)


def _rests(one: Rendered, record: SheetRecord | None, since: datetime, now: datetime) -> bool:
    """Whether a sheet changed after `since` and would change again where it is; none where the clock was put back."""
    page = one.page
    return (
        page is not None
        and record is not None
        and since < record.pressed_at <= now
        and bool(record.digest)
        and (record.path, record.status) == (page.path, page.status)
        and record.digest != page.digest
    )


def _leaves(one: Rendered, record: SheetRecord | None) -> bool:
    """Whether readers will no longer find this sheet where it is. One made on demand leaves its old file there."""
    return not kind_of(one.ref.kind).on_demand and _is_elsewhere(one, record)


def _clears(one: Rendered, record: SheetRecord | None) -> bool:
    """Whether this landing takes the sheet's file from where it is, if no other lies there."""
    return _is_elsewhere(one, record) and (one.page is None or not kind_of(one.ref.kind).on_demand)


def _is_elsewhere(one: Rendered, record: SheetRecord | None) -> bool:
    """Whether a sheet that lay somewhere is nowhere now, or in another place."""
    page = one.page
    return record is not None and (page is None or (page.path, page.status) != (record.path, record.status))


def _arrives(one: Rendered) -> bool:
    """Whether a sheet that leaves its place comes to one that is free."""
    page = one.page
    return page is not None and page.status == OK and not ledger.is_lived_at(page.path, besides={one.ref}, status=OK)


def _plan_arrival(one: Rendered, record: SheetRecord, batch: Batch) -> bool:
    """Add to the batch a sheet that comes to another place and stays at the old one until lists lead here."""
    page = one.page
    assert page is not None  # noqa: S101  else it would not arrive
    batch.put(PAGES, page.path, page.body, one.packed)
    if record.path == page.path:
        batch.remove(GONE, page.path)  # it was retracted, and is published again
    return True


def _landing_order(one: Rendered, record: SheetRecord | None) -> tuple[bool, int, Ref]:
    """What comes to be before what changes, leaves before lists."""
    return record is not None, kind_of(one.ref.kind).order, one.ref


def _plan(one: Rendered, record: SheetRecord | None, gone: set[Ref], batch: Batch, disk: Store | None) -> bool:
    """Add to the batch what this sheet needs; whether a file is written. `gone` are those that this landing clears."""
    page = one.page
    if record and one.ref in gone:
        if not ledger.is_lived_at(record.path, status=record.status, besides=gone):
            batch.remove(tree_of(record.status), record.path)
    elif record and _is_elsewhere(one, record):
        ledger.leave_over(record)  # pages in readers' caches still ask for it
    if page is None:
        return False
    if disk is not None:
        same = disk.is_whole(tree_of(page.status), page.path, page.body)
    else:
        same = record is not None and (record.digest, record.path, record.status) == (
            page.digest,
            page.path,
            page.status,
        )
    if not same:
        batch.put(tree_of(page.status), page.path, page.body, one.packed)
    return not same


@transaction.atomic(savepoint=False)
def _note(rendered: list[Rendered], records: dict[Ref, SheetRecord], *, cause: str) -> None:
    now = timezone.now()
    ledger.note_pages(rendered, records, cause=cause, now=now)
    lost = ledger.note_reads([(one, records[one.ref]) for one in rendered if one.page is not None])
    for one in rendered:
        if one.page is None and one.ref in records:
            lost |= ledger.strike(records[one.ref])
    wanted = {ref for one in rendered if one.page is not None for ref in one.record.wants}
    ledger.adopt(wanted)
    ledger.orphan(lost - wanted, now=now)
