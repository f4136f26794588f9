"""Comparing what lies in the store and in the ledger with what a rendering says, and mending what differs."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from warraq.press import ledger, traces
from warraq.press.folder import paper_store
from warraq.press.landing import Report, press_refs
from warraq.press.layout import PAGES, tree_of
from warraq.press.models import KeyRead, SheetRecord
from warraq.press.pool import Pool
from warraq.press.queue import MUCH
from warraq.press.rendering import Rendered, render_all
from warraq.press.sheets import Ref
from warraq.press.store import Place

PART = 96
"""Sheets compared at a time."""


@dataclass
class _Findings:
    drift: list[str] = field(default_factory=list)
    amiss: set[Ref] = field(default_factory=set)
    """Sheets to press anew."""
    seen: set[Ref] = field(default_factory=set)
    places: dict[Ref, traces.Spot] = field(default_factory=dict)

    def add(self, text: str, ref: Ref | None = None) -> None:
        self.drift.append(text)
        if ref is not None:
            self.amiss.add(ref)


def verify(
    *,
    sample: int | None = None,
    mend: bool = False,
    tick: Callable[[], None] = lambda: None,
    pool: Pool | None = None,
) -> Report:
    """Render every sheet, or `sample` of them chosen by chance, and compare the store, byte for byte and encoding for
    encoding, and the ledger. Every file's name is compared in either case.

    `drift` of the report names what differs; with `mend` that is pressed anew, and what belongs nowhere is removed.
    """
    started = time.perf_counter()
    refs = ledger.all_refs()
    if sample is not None and sample < len(refs):
        refs = random.sample(refs, sample)
    found = _Findings()
    pool = pool or Pool(1)
    for start in range(0, len(refs), PART):
        if len(refs) > MUCH:
            pool.begin(refs[start + PART : start + 4 * PART])
        _compare(refs[start : start + PART], found, tick=tick, pool=pool)
    if sample is None:
        _compare_records(found)
    _compare_names(found, is_whole=sample is None)
    written = _mend(found) if mend and found.drift else 0
    report = Report(len(found.seen), written, time.perf_counter() - started)
    return replace(report, drift=tuple(sorted(set(found.drift))))


def _parts(refs: Sequence[Ref]) -> Iterator[Sequence[Ref]]:
    for start in range(0, len(refs), PART):
        yield refs[start : start + PART]


def _compare(refs: Sequence[Ref], found: _Findings, *, tick: Callable[[], None], pool: Pool) -> None:
    rendered, failed = render_all(refs, missing=lambda wants: wants - found.seen, tick=tick, hands=pool)
    found.seen |= rendered.keys()
    for ref, error in failed.items():
        found.add(f"{ref.kind} {ref.ident}: {error}")
    records = ledger.records_of(rendered)
    keys: dict[int, set[str]] = {record.pk: set() for record in records.values()}
    for pk, key in KeyRead.objects.filter(sheet__in=keys).values_list("sheet_id", "key"):
        keys[pk].add(key)
    store = paper_store()
    for ref, one in rendered.items():
        found.places[ref] = traces.place_of(one)
        if one.page is not None and not store.is_whole(tree_of(one.page.status), one.page.path, one.page.body):
            found.add(f"{tree_of(one.page.status)}{one.page.path}", ref)
        record = records.get(ref)
        if not _is_recorded(one, record, keys[record.pk] if record else set()):
            found.add(f"ledger: {ref.kind} {ref.ident}", ref)


def _is_recorded(one: Rendered, record: SheetRecord | None, keys: set[str]) -> bool:
    """Whether the ledger says of a sheet what its rendering says."""
    page = one.page
    if page is None or record is None:
        return page is None and record is None
    return (record.path, record.status, record.digest) == (
        page.path,
        page.status,
        page.digest,
    ) and one.record.keys <= keys


def _compare_records(found: _Findings) -> None:
    """Nothing is in the ledger that was not rendered, but for files that stay until their grace is over."""
    for kind, ident in SheetRecord.objects.filter(orphaned_at=None).values_list("kind", "ident").iterator():
        if Ref(kind, ident) not in found.seen:
            found.add(f"ledger: {kind} {ident}", Ref(kind, ident))


def _compare_names(found: _Findings, *, is_whole: bool) -> None:
    """No file lies in the store that nothing put there, and every trace does."""
    store = paper_store()
    if is_whole:
        marks, pages = traces.expected_files(found.places)
        kept = SheetRecord.objects.exclude(orphaned_at=None).values_list("path", flat=True)
        pages |= {Place(PAGES, path) for path in kept}
    else:
        marks, pages = traces.expected_by_ledger()
    for place, body in marks.items():
        if not store.is_whole(*place, body):
            found.add(f"{place.tree}{place.path}")
    for place in store.places():
        if place not in pages and place not in marks:
            found.add(f"{place.tree}{place.path}")


def _mend(found: _Findings) -> int:
    """Press what differs anew; how many files were written or removed."""
    written = 0
    for part in _parts(sorted(found.amiss)):
        written += press_refs(part, cause="press --verify", thorough=True).report.sheets_written
    return written + len(traces.settle_all(paper_store()))
