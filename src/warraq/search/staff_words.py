"""Text and questions of the staff's search as stems."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from modelsearch.index import BaseField
from modelsearch.query import And, Not, Or, Phrase, PlainText

from warraq.language.normalise import words
from warraq.language.stem import analyse, stem

TEXTS = ("title", "autocomplete", "body")


class ReadOnce:
    """Mixed into Wagtail's reader of a row's texts: each field is read once. As it comes, the whole body is read for
    title, body and autocompletion."""

    def __init__(self, row: Model, backend: Any) -> None:
        super().__init__(row, backend)  # type: ignore[call-arg]  # an ObjectIndexer
        self._row = row
        self._read: dict[BaseField, list[tuple[BaseField, str]]] = {}

    def prepare_field(self, row: Model, field: BaseField) -> Iterable[tuple[BaseField, str]]:
        if row is not self._row:
            return super().prepare_field(row, field)  # type: ignore[misc]
        if field not in self._read:
            self._read[field] = list(super().prepare_field(row, field))  # type: ignore[misc]
        return self._read[field]


def stems(text: str) -> str:
    return " ".join(analyse(text))


def begun(text: str) -> str:
    """What somebody has only begun to type may be the beginning of the word as it is written, or of its stem."""
    written = words(text)
    return " ".join([*written, *map(stem, written)])


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
