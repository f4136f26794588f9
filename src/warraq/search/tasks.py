"""What the pressroom does for search, again and again."""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings
from django.db import transaction

from warraq.search import store
from warraq.search.errors import IndexBusy, IndexDamaged, IndexOutdated, SearchError
from warraq.search.models import IndexDue
from warraq.search.selectors import articles_of
from warraq.search.services import BATCH, index_articles

log = logging.getLogger(__name__)

EVERY = "every"

_seen: dict[Path, tuple[int, ...]] = {}
"""Folder → the index's stamp when it was last known to be sound, so that it is not verified in every round."""


def index_pending() -> int:
    """Index the next articles that edits made due; 0 where none are. Call it until then.

    The rows go once the index is committed: killed in between, the same articles are indexed again.
    """
    folder = Path(settings.WARRAQ_INDEX)
    if _seen.get(folder) != store.stamp(folder) or not _seen[folder]:
        _look(folder)
    due = list(IndexDue.objects.order_by("pk")[:BATCH])
    if not due:
        return 0
    ids, done, left = _articles(due)
    try:
        index_articles(ids=sorted(ids))
    except IndexBusy:
        return 0  # whoever writes it now leaves these rows to the next round
    _seen[folder] = store.stamp(folder)
    with transaction.atomic():
        IndexDue.objects.filter(pk__in=[row.pk for row in done]).delete()
        IndexDue.objects.bulk_update(left, ["after"])
    return len(due)


def _look(folder: Path) -> None:
    """Make every article due, once, where there is no index, or none that can be used. Before it is made: killed in
    between, an empty index would be taken for a whole one. One that only cannot be read now stays, and may hold what is
    gone: what was due stays due."""
    waiting = IndexDue.objects.all()
    try:
        if store.has_index(folder):
            store.open_index(folder)
            _seen[folder] = store.stamp(folder)
            return
    except SearchError as error:
        log.warning("search: %s Every article is indexed anew.", error)
        if not isinstance(error, IndexDamaged | IndexOutdated):
            waiting = waiting.filter(key=EVERY)
    with transaction.atomic():
        waiting.delete()
        IndexDue.objects.create(key=EVERY)


def _articles(due: list[IndexDue]) -> tuple[set[int], list[IndexDue], list[IndexDue]]:
    """The articles of these rows, about BATCH at most; the rows that are done with them, and those that go on."""
    ids: set[int] = set()
    done, left = [], []
    for row in due:
        if len(ids) >= BATCH:
            break
        found = articles_of(row.key, after=row.after, limit=BATCH)
        ids.update(found)
        if len(found) < BATCH:
            done.append(row)
        else:
            row.after = found[-1]
            left.append(row)
    return ids, done, left
