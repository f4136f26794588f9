"""Writing many rows whether they are there or not: statements that SQLite and PostgreSQL understand alike.

The ORM's own upsert can only replace, and makes an object of each row: half the time that counting a read takes.
Rows go in the order of their keys, so that two writers never wait for each other crosswise.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model

from warraq.readership.models import Arrival, ReadDay, ReadHour, RecentVisit, SetAside, Standing


def add_reads(counts: Mapping[tuple[int, int], tuple[int, int]]) -> None:
    """Add (hour from 1970, article id) → (reads, lone ones of them)."""
    _add(ReadHour, ("hour", "article_id"), ("count", "lone"), counts)


def add_set_aside(counts: Mapping[tuple[int, int, str], int]) -> None:
    """Add (hour from 1970, article id, reason) → reads."""
    _add(SetAside, ("hour", "article_id", "reason"), ("count",), _alone(counts))


def add_arrivals(counts: Mapping[tuple[int, int, str], int]) -> None:
    """Add (hour from 1970, article id, host) → reads."""
    _add(Arrival, ("hour", "article_id", "host"), ("count",), _alone(counts))


def add_days(counts: Mapping[tuple[int, date], int]) -> None:
    """Add (article id, day) → reads."""
    field = ReadDay._meta.get_field("day")
    days = {(article, field.get_db_prep_save(day, connection)): count for (article, day), count in counts.items()}
    _add(ReadDay, ("article_id", "day"), ("count",), _alone(days))


def add_standings(counts: Mapping[tuple[str, int], tuple[int, int]]) -> None:
    """Add (window, article id) → (reads, lone ones of them)."""
    _add(Standing, ("window", "article_id"), ("count", "lone"), counts)


def put_visits(visits: Mapping[tuple[str, int], int]) -> None:
    """Remember (visitor, article id) → Unix milliseconds, in the place of what was there."""
    _execute(RecentVisit, ("visitor", "article_id"), ("last_at",), _alone(visits), "{new}")


def _alone(values: Mapping[Any, int]) -> dict[Any, tuple[int]]:
    return {key: (value,) for key, value in values.items()}


def _add(
    model: type[Model], keys: tuple[str, ...], columns: tuple[str, ...], values: Mapping[Any, tuple[int, ...]]
) -> None:
    _execute(model, keys, columns, values, "{old} + {new}")


def _execute(
    model: type[Model],
    keys: tuple[str, ...],
    columns: tuple[str, ...],
    values: Mapping[Any, tuple[int, ...]],
    update: str,
) -> None:
    if not values:
        return
    quote = connection.ops.quote_name
    table, names, changed = quote(model._meta.db_table), ", ".join(map(quote, keys)), list(map(quote, columns))
    now = ", ".join(f"{one} = {update.format(old=f'{table}.{one}', new=f'excluded.{one}')}" for one in changed)
    sql = (
        f"INSERT INTO {table} ({names}, {', '.join(changed)}) "  # noqa: S608  names of ours
        f"VALUES ({', '.join(['%s'] * (len(keys) + len(columns)))}) ON CONFLICT ({names}) DO UPDATE SET {now}"
    )
    rows: list[Any] = [(*key, *value) for key, value in sorted(values.items())]
    if keys[0] == "hour":
        rows = [(_hour(hour), *rest) for hour, *rest in rows]
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def moment(hour: int) -> datetime:
    """The beginning of an hour counted from 1970, UTC."""
    return datetime.fromtimestamp(hour * 3600, UTC)


@lru_cache(maxsize=1000)
def _hour(hour: int) -> Any:
    """The same as this database wants it."""
    return ReadHour._meta.get_field("hour").get_db_prep_save(moment(hour), connection)
