"""The staff's search in PostgreSQL: its full-text search as `simple` configures it, which leaves stems as they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from modelsearch.backends.database.postgres.postgres import (
    IndexEntry,
    ObjectIndexer,
    PostgresIndex,
    PostgresSearchBackend,
)
from modelsearch.query import SearchQuery
from modelsearch.utils import get_content_type_pk

from warraq.search.staff_words import TEXTS, ReadOnce, begun, stemmed, stems


class StemIndexer(ReadOnce, ObjectIndexer):
    def as_vector(self, texts: Iterable[tuple[str, str]], for_autocomplete: bool = False) -> Any:
        prepared = begun if for_autocomplete else stems
        return super().as_vector([(prepared(text), weight) for text, weight in texts], for_autocomplete)


class StemIndex(PostgresIndex):
    def add_items(self, model: type[Model], objs: Iterable[Model]) -> None:
        """Put these rows into the index, or renew them."""
        if not model.get_search_fields():  # type: ignore[attr-defined]  # Wagtail gives it to what is indexed
            return
        kind = get_content_type_pk(model)
        self.entries.bulk_create(
            [_entry(kind, StemIndexer(row, self.backend)) for row in objs],
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=TEXTS,
        )


def _entry(kind: int, row: ObjectIndexer) -> Any:
    return IndexEntry(
        content_type_id=kind, object_id=row.id, title=row.title, autocomplete=row.autocomplete, body=row.body
    )


class SearchBackend(PostgresSearchBackend):
    index_class = StemIndex

    def _search(self, compiler: type, query: str | SearchQuery, rows: Any, **more: Any) -> Any:
        return super()._search(compiler, stemmed(query), rows, **more)
