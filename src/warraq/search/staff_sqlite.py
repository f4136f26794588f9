"""The staff's search in SQLite: its FTS5."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from modelsearch.backends.database.sqlite.sqlite import IndexEntry, ObjectIndexer, SQLiteIndex, SQLiteSearchBackend
from modelsearch.query import SearchQuery
from modelsearch.utils import get_content_type_pk

from warraq.search.staff_words import TEXTS, ReadOnce, begun, stemmed, stems


class Texts(ReadOnce, ObjectIndexer):
    pass


class StemIndex(SQLiteIndex):
    def add_items(self, model: type[Model], objs: Iterable[Model]) -> None:
        """Put these rows into the index, or renew them."""
        if not model.get_search_fields():  # type: ignore[attr-defined]  # Wagtail gives it to what is indexed
            return
        kind = get_content_type_pk(model)
        self.entries.bulk_create(
            [_entry(kind, Texts(row, self.backend)) for row in objs],
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=TEXTS,
        )


def _entry(kind: int, row: Texts) -> Any:
    return IndexEntry(
        content_type_id=kind,
        object_id=row.id,
        title=stems(row.title),
        autocomplete=begun(row.autocomplete),
        body=stems(row.body),
    )


class SearchBackend(SQLiteSearchBackend):
    index_class = StemIndex

    def _search(self, compiler: type, query: str | SearchQuery, rows: Any, **more: Any) -> Any:
        return super()._search(compiler, stemmed(query), rows, **more)
