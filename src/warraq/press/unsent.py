"""What the copy in a bucket has yet to be told: places of the pressed folder that changed, written down as they change.

A place is written down twice: before it lands, to be looked at a little later, so that a kill loses nothing; and once
it landed, to be looked at now. Without a bucket nothing is written and nothing is asked.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from warraq.press.layout import tree_of
from warraq.press.models import BucketFile
from warraq.press.rendering import Rendered
from warraq.press.sheets import Lane, Order, kind_of
from warraq.press.store import Batch, Place

LANDING = timedelta(seconds=60)
"""A landing takes a tenth of a second, with many new pictures a few seconds; one that took longer was killed."""
IN_ONE_QUERY = 500


def is_kept() -> bool:
    """Whether a copy is kept in a bucket."""
    return bool(settings.WARRAQ_BUCKET.name)


def note(batch: Batch, sheets: Iterable[Rendered] = (), *, lane: int = Lane.TAIL, landed: bool) -> None:
    """Write down what `batch` puts and removes, in the caller's transaction. The copy gets it in the order in which
    `sheets` land; what goes, and the traces of what went, come after that."""
    if not is_kept():
        return
    orders = {
        Place(tree_of(one.page.status), one.page.path): kind_of(one.ref.kind).order
        for one in sheets
        if one.page is not None
    }
    puts, removals = batch.places()
    due = {place: orders.get(place, Order.GOING) for place in puts} | dict.fromkeys(removals, Order.GOING)
    make_due(due, lane=lane, wait=timedelta(0) if landed else LANDING)


def make_due(due: Mapping[Place, int], *, lane: int, wait: timedelta = timedelta(0), afresh: bool = False) -> None:
    """Have these places compared with the folder after `wait`; `due` gives the order of each. One that waits already
    waits on in the better of its lanes. `afresh`: what was sent of them is not to be relied on."""
    fields = ["due_at", "lane", "order", "asked", *(["digest"] if afresh else [])]
    at, asked, places = timezone.now() + wait, uuid.uuid4().hex, iter(sorted(due))
    while part := list(islice(places, IN_ONE_QUERY)):
        with transaction.atomic(savepoint=False):
            waiting = BucketFile.objects.filter(path__in={place.path for place in part}).exclude(due_at=None)
            lanes = {Place(row.tree, row.path): row.lane for row in waiting}
            BucketFile.objects.bulk_create(
                [
                    BucketFile(
                        tree=place.tree,
                        path=place.path,
                        due_at=at,
                        lane=min(lane, lanes.get(place, lane)),
                        order=due[place],
                        asked=asked,
                    )
                    for place in part
                ],
                update_conflicts=True,
                unique_fields=["tree", "path"],
                update_fields=fields,
                batch_size=100,
            )
