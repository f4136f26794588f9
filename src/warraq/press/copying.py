"""The copy in a bucket: sent after pages landed in the folder, caught up with, compared and mended.

Readers of the paper's own front get the folder; "published" waits for that alone. What changed there is written down
(`unsent`), and sent from here in the order in which it landed: leaves, lists, and last what goes. What is sent is what
the folder holds by then. Before anything is sent, what the bucket holds is written down as uncertain, so that after a
kill it is sent again; otherwise nothing is sent that was sent already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone

from warraq.press import layout, traces, unsent
from warraq.press.encoding import digest_of
from warraq.press.errors import StoreError
from warraq.press.folder import paper_store
from warraq.press.layout import MOVED, PAGES
from warraq.press.models import BucketFile, BucketState, SheetRecord
from warraq.press.sheets import Lane, Order, kinds
from warraq.press.store import Place, Put, Store

if TYPE_CHECKING:
    from warraq.press.bucket import BucketStore

BATCH = 64
"""Files sent in one go, 8 at a time."""


@dataclass(frozen=True)
class Behind:
    """How far the copy is behind the folder: how many places wait, since when, and what the last attempt met."""

    places: int
    since: datetime | None
    sent_at: datetime | None
    failures: int
    error: str


def paper_bucket() -> BucketStore:
    """The paper's bucket. Raises StoreError where its settings lead nowhere."""
    from warraq.press.bucket import BucketStore  # noqa: PLC0415  40 MiB that only a paper with a bucket pays

    try:
        return BucketStore(settings.WARRAQ_BUCKET, settings.WARRAQ_BUCKET_SECRET_FILE)
    except StoreError as error:
        _note_failure(error)
        raise


def behind() -> Behind:
    due = BucketFile.objects.exclude(due_at=None)
    state = BucketState.objects.filter(pk=1).first() or BucketState(pk=1)
    since = due.aggregate(since=Min("due_at"))["since"]
    return Behind(due.count(), since, state.sent_at, state.failures, state.error)


def catch_up() -> int:
    """Make due what the copy lacks by the ledger's word: all of it in a new bucket, and what changed while none was
    kept. How many places. Nothing is asked of the bucket."""
    _know_the_target()
    wanted = _by_the_ledger()
    known, waiting = {}, set()
    for row in BucketFile.objects.iterator():
        known[Place(row.tree, row.path)] = row.digest
        if row.due_at is not None:
            waiting.add(Place(row.tree, row.path))
    due = {place: order for place, (digest, order) in wanted.items() if not digest or known.get(place) != digest}
    due |= {place: Order.GOING for place in known if place not in wanted}
    due = {place: order for place, order in due.items() if place not in waiting}
    unsent.make_due(due, lane=Lane.TAIL)
    return len(due)


@transaction.atomic
def _know_the_target() -> None:
    """What was sent to another bucket is not in this one."""
    bucket = settings.WARRAQ_BUCKET
    target = f"{bucket.endpoint} {bucket.name} {bucket.prefix}"
    state, _new = BucketState.objects.get_or_create(pk=1)
    if state.target != target:
        BucketFile.objects.update(digest="")
        BucketState.objects.filter(pk=1).update(target=target, sent_at=None, failures=0, error="")


def forget() -> None:
    """What the bucket holds is unknown: another paper may have written there, such as the one that this was restored
    from."""
    if unsent.is_kept():
        BucketState.objects.update(target="")


def _by_the_ledger() -> dict[Place, tuple[str, int]]:
    """Every place that the folder holds: (digest, order)."""
    marks, _pages = traces.expected_by_ledger()
    found = {place: (digest_of(body), Order.GOING) for place, body in marks.items()}
    orders = {kind.name: kind.order for kind in kinds()}
    rows = SheetRecord.objects.values_list("kind", "path", "status", "digest")
    for kind, path, status, digest in rows.iterator():
        place = Place(layout.tree_of(status), path)
        found[place] = (digest, orders.get(kind, Order.LIST))
    return found


def send_all(store: Store, *, tick: Callable[[], None] = lambda: None) -> int:
    """Send until nothing is due; how many places were looked at. Raises StoreError; what was sent by then is known."""
    looked_at = 0
    while done := send(store):
        looked_at += done
        tick()
    return looked_at


def send(store: Store) -> int:
    """Send the next places that changed, as far as they differ from what was sent; how many were looked at. Raises
    StoreError: they stay due. One process at a time."""
    due = BucketFile.objects.filter(due_at__lte=timezone.now()).order_by("lane", "order", "id")
    first = due.first()
    if first is None:
        return 0
    rows = list(due.filter(lane=first.lane, order=first.order)[:BATCH])
    folder = paper_store()
    bodies = {row.pk: folder.read(row.tree, row.path) for row in rows}
    digests = {pk: digest_of(body) for pk, body in bodies.items() if body is not None}
    changed = [row for row in rows if row.pk in digests and digests[row.pk] != row.digest]
    going = [Place(row.tree, row.path) for row in rows if row.pk not in digests]
    BucketFile.objects.filter(pk__in=[row.pk for row in changed]).update(digest="")
    try:
        store.land([Put(row.tree, row.path, bodies[row.pk] or b"", {}) for row in changed], going)
    except StoreError as error:
        _note_failure(error)
        raise
    _note_sent(rows, digests, changed)
    return len(rows)


def _note_failure(error: StoreError) -> None:
    BucketState.objects.get_or_create(pk=1)
    BucketState.objects.filter(pk=1).update(failures=F("failures") + 1, error=str(error))


@transaction.atomic
def _note_sent(rows: Iterable[BucketFile], digests: dict[int, str], changed: Iterable[BucketFile]) -> None:
    """What changed again while it was being sent stays due."""
    for row in changed:
        BucketFile.objects.filter(pk=row.pk).update(digest=digests[row.pk])
    for row in rows:
        same = BucketFile.objects.filter(pk=row.pk, asked=row.asked)
        if row.pk in digests:
            same.update(due_at=None)
        else:
            BucketFile.objects.filter(pk=row.pk).update(digest="")
            same.delete()
    BucketState.objects.get_or_create(pk=1)
    BucketState.objects.filter(pk=1).update(sent_at=timezone.now(), failures=0, error="")


def compare(store: BucketStore, *, mend: bool, tick: Callable[[], None] = lambda: None) -> tuple[str, ...]:
    """Compare every object of the copy with the folder, by one list of the bucket; with `mend` send and delete what
    differs. What differed, without what waits to be sent anyway. Raises StoreError.

    While it runs nothing may land in the folder and nobody else may send.
    """
    if mend:
        catch_up()
        send_all(store, tick=tick)
    differing, strange = _differing(store, tick)
    if mend and differing:
        unsent.make_due(differing, lane=Lane.TAIL, afresh=True)
        send_all(store, tick=tick)
    if mend:
        store.delete(strange)
    return tuple(f"bucket: {name}" for name in sorted([*(f"{tree}{path}" for tree, path in differing), *strange]))


def _differing(store: BucketStore, tick: Callable[[], None]) -> tuple[dict[Place, int], list[str]]:
    """(places that the bucket holds otherwise than the folder, with their order; keys that are no places)."""
    from warraq.press.bucket import redirect, target_of  # noqa: PLC0415  see `paper_bucket`

    waiting = {Place(*row) for row in BucketFile.objects.exclude(due_at=None).values_list("tree", "path")}
    known = _by_the_ledger()
    listed = {one.key: one for tree in layout.TREES for one in store.listed(tree)}
    folder = paper_store()
    differing: dict[Place, int] = {}
    pages, redirects = set(), {}
    for number, place in enumerate(folder.places()):
        if number % BATCH == 0:
            tick()
        body = folder.read(*place)
        if body is None:
            continue
        one = listed.pop(store.key(*place), None)
        if (one is None or not store.is_same(one, body)) and place not in waiting:
            differing[place] = known.get(place, ("", Order.GOING))[1]
        if place.tree == PAGES:
            pages.add(place.path)
        elif place.tree == MOVED and place.path not in pages and target_of(body):
            redirects[place.path] = redirect(target_of(body))
    for path, body in redirects.items():
        one = listed.pop(store.key(PAGES, path), None)
        if (one is None or not store.is_same(one, body)) and Place(MOVED, path) not in waiting:
            differing[Place(PAGES, path)] = Order.GOING  # the page that is not there: its removal lays the redirect
    left = {key: store.place_of(key) for key in listed}
    differing |= {place: Order.GOING for place in left.values() if place is not None and place not in waiting}
    return differing, sorted(key for key, place in left.items() if place is None)
