"""The verbs of search. The index is brought to what is published; doing so twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.conf import settings
from modelsearch.conf import get_app_config
from modelsearch.index import get_indexed_models
from wagtail.search.backends import get_search_backend

from warraq.search.engine import Writer
from warraq.search.models import IndexDue
from warraq.search.selectors import articles_of, documents

BATCH = 200
"""Articles that are held in memory at once: a tenth of a second's work."""


def index_articles(*, ids: Sequence[int]) -> None:
    """Bring these articles in the index to what readers see of them now: in, changed or out. Raises SearchError."""
    with Writer(settings.WARRAQ_INDEX) as writer:
        _put(writer, ids)
        writer.commit()


def _put(writer: Writer, ids: Sequence[int]) -> None:
    found = list(documents(ids))
    writer.remove(set(ids) - {document.id for document in found})
    writer.put(found)


def reindex_all(*, tick: Callable[[], None] = lambda: None) -> int:
    """Index everything anew; how many articles are in it then. Readers search the old index until it is done.

    Raises IndexBusy where a pressroom is just writing it.
    """
    with Writer(settings.WARRAQ_INDEX) as writer:
        before = list(IndexDue.objects.values_list("pk", flat=True))
        writer.clear()
        count = last = 0
        while ids := articles_of("every", after=last, limit=BATCH):
            count += writer.put(documents(ids))
            last = ids[-1]
            tick()
        writer.commit()
    for start in range(0, len(before), BATCH):
        IndexDue.objects.filter(pk__in=before[start : start + BATCH]).delete()
    return count


def index_for_staff() -> None:
    """Fill the staff's index where it is empty: rows that came from another database are not in it."""
    if get_app_config().get_model("IndexEntry").objects.exists():
        return
    backend = get_search_backend()
    for model in get_indexed_models():
        index, part = backend.get_index_for_model(model), []
        for row in model.get_indexed_objects().order_by("pk").iterator(BATCH):
            part.append(row)
            if len(part) == BATCH:
                index.add_items(model, part)
                part = []
        index.add_items(model, part)
