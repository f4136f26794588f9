"""A database that answers in another order wherever a query leaves it the choice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import connection
from django.db.models.expressions import Col, OrderBy
from django.db.models.sql.compiler import SQLCompiler

_real = SQLCompiler.get_order_by


@contextmanager
def other_order() -> Iterator[None]:
    """Inside the block rows that a query does not order come last first; those that it orders alike, too."""

    def get_order_by(self: SQLCompiler) -> list[Any]:
        found = _real(self)
        query = self.query
        if query.group_by is not None or query.combinator or query.distinct or query.subquery:
            return found
        last = OrderBy(Col(query.get_initial_alias(), query.model._meta.concrete_model._meta.pk), descending=True)
        sql, params = self.compile(last)
        return [*found, (last, (sql, params, False))]

    with mock.patch.object(SQLCompiler, "get_order_by", get_order_by):
        _reverse("ON")
        try:
            yield
        finally:
            _reverse("OFF")


def _reverse(switch: str) -> None:
    """SQLite can be told to turn what nobody ordered, in whatever query."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA reverse_unordered_selects = {switch}")
