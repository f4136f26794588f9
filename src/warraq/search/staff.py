"""The staff's search on Wagtail's screens: Wagtail's own index and queries, over the stems of the words.

As it comes, it finds «القهوة» by «القهوة» alone. Here what is indexed and what is asked for go through the paper's one
analysis. Its average of all titles' lengths, taken anew at every save, is left out: publishing must not grow slower
with the archive.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from modelsearch.backends.database.sqlite.sqlite import IndexEntry, ObjectIndexer, SQLiteIndex, SQLiteSearchBackend
from modelsearch.index import BaseField
from modelsearch.query import And, Not, Or, Phrase, PlainText, SearchQuery
from modelsearch.utils import get_content_type_pk

from warraq.language.normalise import words
from warraq.language.stem import analyse

TEXTS = ("title", "autocomplete", "body")


class Texts(ObjectIndexer):
    """A row's texts, each field read once: as it comes, the whole body is read for title, body and autocompletion."""

    def __init__(self, row: Model, backend: Any) -> None:
        super().__init__(row, backend)
        self._read: dict[BaseField, list[tuple[BaseField, str]]] = {}

    def prepare_field(self, row: Model, field: BaseField) -> Iterable[tuple[BaseField, str]]:
        if row is not self.obj:
            return super().prepare_field(row, field)
        if field not in self._read:
            self._read[field] = list(super().prepare_field(row, field))
        return self._read[field]


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
        # What somebody has only begun to type may be the beginning of the word as it is written, or of its stem.
        autocomplete=f"{' '.join(words(row.autocomplete))} {stems(row.autocomplete)}",
        body=stems(row.body),
    )


def stems(text: str) -> str:
    return " ".join(analyse(text))


def stemmed(query: Any) -> Any:
    """The same question in stems; what is no text (everything, a boost) stays as it is."""
    if isinstance(query, str):
        return stems(query)
    if isinstance(query, PlainText):
        return PlainText(stems(query.query_string), operator=query.operator)
    if isinstance(query, Phrase):
        return Phrase(stems(query.query_string))
    if isinstance(query, And | Or):
        return type(query)([stemmed(part) for part in query.subqueries])
    if isinstance(query, Not):
        return Not(stemmed(query.subquery))
    return query


class SearchBackend(SQLiteSearchBackend):
    """Named in Django's settings by this module."""

    index_class = StemIndex

    def _search(self, compiler: type, query: str | SearchQuery, rows: Any, **more: Any) -> Any:
        return super()._search(compiler, stemmed(query), rows, **more)
