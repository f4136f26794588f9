"""Traces: a path that a sheet left answers 301 where the sheet is now, or 410 where it is nowhere.

Chains cannot form: a trace names the sheet, not the path it went to. A path that a sheet lives at again is a page.
A file in `moved/` holds the new path; an empty file in `gone/` asks for the paper's general 410 page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from warraq.press import unsent
from warraq.press.layout import GONE, MOVED, TREES, tree_of
from warraq.press.ledger import is_lived_at
from warraq.press.models import SheetRecord, Trace
from warraq.press.rendering import Rendered
from warraq.press.sheets import Ref, kind_of
from warraq.press.store import Batch, Place, Store

Spot = tuple[str, int] | None
"""(path, status) of a sheet; None where it is nowhere."""


def plan(
    settled: list[Rendered], arriving: list[Rendered], records: Mapping[Ref, SheetRecord], batch: Batch
) -> list[str]:
    """Add to the batch the traces of sheets that are where they stay. Returns the paths whose traces are over: these
    and the `arriving` sheets live there, or their kind leaves none.

    Runs before the ledger is written: `records` are still as they were. A sheet's traces are looked at whenever it is
    pressed, so that one which came, was seen by a kill or by another change, and went again, leaves nothing behind.
    """
    live = {one.page.path for one in [*settled, *arriving] if one.page}
    places = {one.ref: place_of(one) for one in settled}
    cleared = []
    for path, ref in sorted(_left_paths(places, records).items()):
        if path in live or is_lived_at(path, besides=places):
            continue
        tree = ""
        if kind_of(ref.kind).leaves_trace:
            tree, body = mark_of(places[ref])
            if batch.store.read(tree, path) != body:
                batch.put(tree, path, body)
        else:
            cleared.append(path)
        for other in set(TREES) - {tree}:
            if batch.store.holds(other, path):
                batch.remove(other, path)
    covered = sorted(Trace.objects.filter(path__in=sorted(live)).values_list("path", flat=True))
    retracted = {one.page.path for one in settled if one.page and one.page.status != 200}
    for path in covered:
        batch.remove(MOVED, path)
        if path not in retracted:
            batch.remove(GONE, path)
    return [*covered, *cleared]


def _left_paths(places: Mapping[Ref, Spot], records: Mapping[Ref, SheetRecord]) -> dict[str, Ref]:
    """Every path that one of these sheets was at, now or before, and is at no longer."""
    traced = [ref for ref in places if not kind_of(ref.kind).on_demand]
    paths = {}
    for ref in traced:
        record = records.get(ref)
        if record is not None and record.path != (places[ref] or ("",))[0]:
            paths[record.path] = ref
    for kind in sorted({ref.kind for ref in traced}):
        idents = [ref.ident for ref in traced if ref.kind == kind]
        for trace in Trace.objects.filter(kind=kind, ident__in=idents):
            if trace.path != (places[Ref(kind, trace.ident)] or ("",))[0]:
                paths.setdefault(trace.path, Ref(kind, trace.ident))
    return paths


def place_of(one: Rendered) -> Spot:
    """Where a rendered sheet is: (path, status), or None."""
    return (one.page.path, one.page.status) if one.page else None


def mark_of(place: Spot) -> tuple[str, bytes]:
    """(tree, body) of the file of a trace whose sheet is at `place`."""
    return (MOVED, f"{place[0]}\n".encode()) if place else (GONE, b"")


def forget(paths: Iterable[str]) -> None:
    """Sheets live at these paths again: their traces are over."""
    Trace.objects.filter(path__in=list(paths)).delete()


def settle_all(store: Store) -> set[Place]:
    """Make the traces' files what the tables say, and remove every file that they do not know; what was amiss."""
    wanted, pages = expected_by_ledger()
    amiss: set[Place] = set()
    batch = Batch(store)
    for place, body in wanted.items():
        if not store.is_whole(*place, body):
            amiss.add(place)
            batch.put(*place, body)
    for place in store.places():
        if place not in wanted and place not in pages:
            amiss.add(place)
            batch.remove(*place)
    unsent.note(batch, landed=False)
    batch.land()
    unsent.note(batch, landed=True)
    return amiss


def expected_files(places: Mapping[Ref, Spot]) -> tuple[dict[Place, bytes], set[Place]]:
    """What lies in the store, given where every sheet is: (traces' files with their bytes, places of pages)."""
    live = {place[0] for place in places.values() if place}
    marks = {}
    for trace in Trace.objects.exclude(path__in=live).order_by("path"):
        if not kind_of(trace.kind).leaves_trace:
            continue
        tree, body = mark_of(places.get(Ref(trace.kind, trace.ident)))
        marks[Place(tree, trace.path)] = body
    return marks, {Place(tree_of(place[1]), place[0]) for place in places.values() if place}


def expected_by_ledger() -> tuple[dict[Place, bytes], set[Place]]:
    """The same, given where the tables say that every sheet is."""
    rows = SheetRecord.objects.values_list("kind", "ident", "path", "status")
    return expected_files({Ref(kind, ident): (path, status) for kind, ident, path, status in rows.iterator()})
