"""Writing many rows whether they are there or not: statements that SQLite and PostgreSQL understand alike.

The ORM's own upsert can only replace, and makes an object of each row: half the time that counting a read takes.
Rows go in the order of their keys, so that two writers never wait for each other crosswise.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model

from warraq.readership.models import ReadHour, RecentVisit, SetAside, Standing


def add_reads(counts: Mapping[tuple[int, int], int]) -> None:
    """Add (hour from 1970, article id) → reads."""
    _execute(ReadHour, ("hour", "article_id"), "count", counts, "{old} + {new}")


def add_set_aside(counts: Mapping[tuple[int, int, str], int]) -> None:
    """Add (hour from 1970, article id, reason) → reads."""
    _execute(SetAside, ("hour", "article_id", "reason"), "count", counts, "{old} + {new}")


def add_standings(counts: Mapping[tuple[str, int], int]) -> None:
    """Add (window, article id) → reads."""
    _execute(Standing, ("window", "article_id"), "count", counts, "{old} + {new}")


def put_visits(visits: Mapping[tuple[str, int], int]) -> None:
    """Remember (visitor, article id) → Unix milliseconds, in the place of what was there."""
    _execute(RecentVisit, ("visitor", "article_id"), "last_at", visits, "{new}")


def _execute(model: type[Model], keys: tuple[str, ...], column: str, values: Mapping[Any, int], update: str) -> None:
    if not values:
        return
    quote = connection.ops.quote_name
    table, changed, names = quote(model._meta.db_table), quote(column), ", ".join(map(quote, keys))
    now = update.format(old=f"{table}.{changed}", new=f"excluded.{changed}")
    sql = (
        f"INSERT INTO {table} ({names}, {changed}) VALUES ({', '.join(['%s'] * (len(keys) + 1))}) "  # noqa: S608  names of ours
        f"ON CONFLICT ({names}) DO UPDATE SET {changed} = {now}"
    )
    rows: list[Any] = [(*key, value) for key, value in sorted(values.items())]
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
