"""Which rows a piece of code reads: every query that Django compiles is run once more for primary keys alone.

So `values_list`, `exists`, `count`, `first`, joins, filters over relations and prefetches are seen like whole rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, Subquery
from django.db.models.expressions import Col, ColPairs
from django.db.models.lookups import Exact, In, Lookup
from django.db.models.sql import AggregateQuery, Query
from django.db.models.sql.compiler import SQLAggregateCompiler, SQLCompiler
from django.db.models.sql.constants import MULTI
from django.db.models.sql.where import WhereNode

Where = dict[str, tuple[Any, ...]]
"""Column of the query's own table, with `lookup` in front of it unless that is equality → the values it is held to."""


_real_execute = SQLCompiler.execute_sql


@dataclass
class Read:
    """One query: what it asked of which model, and the rows of every model that it found."""

    model: type[Model]
    where: Where
    rows: list[tuple[type[Model], Any]]
    sql: str


@dataclass
class Capture:
    reads: list[Read] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    """SELECTs that did not come out of Django's compiler: nobody can say which rows they read."""


def model_of(table: str) -> type[Model]:
    return next(model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table)


def _rows(query: Query) -> list[tuple[type[Model], Any]]:
    """(model, primary key) of each row that each table of `query` gave to its result."""
    bare = query.clone()
    bare.get_compiler("default").pre_sql_setup()  # joins what `select_related` asks for
    used = [alias for alias, count in bare.alias_refcount.items() if count]
    models = [model_of(bare.alias_map[alias].table_name) for alias in used]
    bare.clear_select_clause()
    bare.annotations, bare.group_by, bare.distinct = {}, None, False
    if query.group_by is not None:
        bare.clear_ordering(force=True)
    bare.select = tuple(
        Col(alias, model._meta.concrete_model._meta.pk) for alias, model in zip(used, models, strict=True)
    )
    found = _real_execute(SQLCompiler(bare, connection, "default"), MULTI)
    rows = [row for part in found or () for row in part]
    return list(
        dict.fromkeys(
            (model, pk) for row in rows for model, pk in zip(models, row[: len(models)], strict=True) if pk is not None
        )
    )


def _rows_of_each(outer: Query, inner: Query) -> list[tuple[type[Model], Any]]:
    """The same of a query that finds one row for each row of `outer`, by what stands in it."""
    model, one = inner.model, inner.clone()
    one.clear_select_clause()
    one.select = (Col(one.get_initial_alias(), model._meta.concrete_model._meta.pk),)
    bare = outer.clone()
    bare.clear_select_clause()
    bare.annotations = {}
    bare.add_annotation(Subquery(one), "inner")
    found = _real_execute(SQLCompiler(bare, connection, "default"), MULTI)
    return list(dict.fromkeys((model, pk) for part in found or () for (pk,) in part if pk is not None))


def where_of(query: Query) -> Where:
    """What the query asks of its own columns, where it asks for all of it at once."""
    found: Where = {}

    def walk(node: Any) -> None:
        if isinstance(node, WhereNode):
            if node.connector == "AND" and not node.negated:
                for child in node.children:
                    walk(child)
            elif not node.negated:
                _alternatives(node, found)
        elif isinstance(node, Lookup) and _column(node) is not None:
            found[_name_of(node)] = _values(node)

    walk(query.where)
    return found


def _alternatives(node: WhereNode, found: Where) -> None:
    """`path = a OR path = b`, which is how trees ask for ancestors, is `path IN (a, b)`."""
    leaves = [child for child in node.children if isinstance(child, Lookup) and _column(child) is not None]
    names = {_name_of(leaf) for leaf in leaves}
    if len(leaves) == len(node.children) and len(names) == 1:
        found[names.pop()] = tuple(value for leaf in leaves for value in _values(leaf))


def _column(lookup: Lookup) -> Col | None:
    """The one column that a lookup is about. Prefetches over a foreign key ask for tuples of one."""
    lhs = lookup.lhs
    if isinstance(lhs, ColPairs) and len(lhs.targets) == 1:
        return lhs.get_cols()[0]
    return lhs if isinstance(lhs, Col) else None


def _name_of(lookup: Lookup) -> str:
    column = _column(lookup)
    assert column is not None
    name = f"{column.target.model._meta.model_name}.{column.target.column}"
    return name if isinstance(lookup, Exact | In) else f"{lookup.lookup_name} {name}"


def _values(lookup: Lookup) -> tuple[Any, ...]:
    value = lookup.rhs
    if isinstance(value, Query):
        return ()
    values = tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,)
    flat = [one[0] if isinstance(one, tuple) else one for one in values]
    return tuple(one for one in flat if one is not None)


def _inner(query: Query) -> Iterator[Query]:
    """The queries inside a query's conditions."""

    def walk(node: Any) -> Iterator[Query]:
        if isinstance(node, Query):
            yield node
        for child in getattr(node, "children", ()):
            yield from walk(child)
        for side in ("lhs", "rhs"):
            if isinstance(getattr(node, side, None), Query):
                yield getattr(node, side)
        if isinstance(getattr(node, "query", None), Query):
            yield node.query

    yield from walk(query.where)
    for annotation in query.annotations.values():
        yield from walk(annotation)


@contextmanager
def capturing() -> Iterator[Capture]:
    """Note every row read inside the block."""
    capture = Capture()
    depth = [0]

    def execute_sql(self: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        depth[0] += 1
        try:
            found = _real_execute(self, *args, **kwargs)
        finally:
            depth[0] -= 1
        query = self.query
        if isinstance(query, AggregateQuery):
            query = query.inner_query
        if type(self) in (SQLCompiler, SQLAggregateCompiler):
            depth[0] += 1
            try:
                for one in (query, *_inner(query)):
                    with suppress(EmptyResultSet):  # it can match nothing, whatever the rows are
                        rows = _rows_of_each(query, one) if one.get_external_cols() else _rows(one)
                        capture.reads.append(Read(one.model, where_of(one), rows, str(one)))
            finally:
                depth[0] -= 1
        return found

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not depth[0] and sql.lstrip().upper().startswith("SELECT"):
            capture.raw.append(sql)
        return execute(sql, params, many, context)

    SQLCompiler.execute_sql = execute_sql  # type: ignore[method-assign, assignment]
    try:
        with connection.execute_wrapper(watch):
            yield capture
    finally:
        SQLCompiler.execute_sql = _real_execute  # type: ignore[method-assign]
