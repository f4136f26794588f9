"""Standings: what each article has within each window of the rankings, kept up as reads come and hours go.

A ranking is then read off an index. Summing the hours of a month anew every few seconds takes half a second once a
hundred thousand articles have readers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet

from warraq.newsroom.models import Placement, Window
from warraq.newsroom.rankings.counters import Counted
from warraq.newsroom.rankings.services import window_of
from warraq.readership.models import ReadHour, Standing, StandingWindow
from warraq.readership.upserts import add_standings, moment

A_DAY = timedelta(days=1)


def gain(reads: Mapping[tuple[int, int], tuple[int, int]]) -> None:
    """Add (hour from 1970, article id) → (reads, lone ones) to the windows that hold these hours. Call it in the
    transaction that keeps the hours themselves."""
    hours = {hour: moment(hour) for hour, _article in reads}
    counts: dict[tuple[str, int], tuple[int, int]] = {}
    for row in StandingWindow.objects.all():
        for (hour, article_id), (number, lone) in reads.items():
            if row.since <= hours[hour] < row.until:
                before = counts.get((row.window, article_id), (0, 0))
                counts[row.window, article_id] = (before[0] + number, before[1] + lone)
    add_standings(counts)


def advance(*, now: datetime) -> None:
    """Bring every window to the hour of `now`; one that is over a day behind, or ahead of a clock that was turned
    back, is summed anew."""
    rows = {row.window: row for row in StandingWindow.objects.all()}
    for window in Window.values:
        since, until = window_of(window, now)
        row = rows.get(window)
        if row is None or (row.since, row.until) != (since, until):
            _move(window, row, since, until)


@transaction.atomic
def _move(window: str, row: StandingWindow | None, since: datetime, until: datetime) -> None:
    if row is not None and row.until < until < row.until + A_DAY:
        _add_hours(window, row.until, until, sign=1)
        _add_hours(window, row.since, since, sign=-1)
        _delete(Standing.objects.filter(window=window, count__lte=0))
    else:
        _delete(Standing.objects.filter(window=window))
        _add_hours(window, since, until, sign=1)
    StandingWindow.objects.update_or_create(window=window, defaults={"since": since, "until": until})


def _delete(rows: QuerySet[Standing]) -> None:
    rows._raw_delete(rows.db)  # `delete()` would fetch each row for whoever listens


def _add_hours(window: str, since: datetime, until: datetime, *, sign: int) -> None:
    """Add, or with `sign` -1 take away, the reads of these hours."""
    quote, field = connection.ops.quote_name, ReadHour._meta.get_field("hour")
    table, hours = quote(Standing._meta.db_table), quote(ReadHour._meta.db_table)
    column, article, count, lone, hour = map(quote, ("window", "article_id", "count", "lone", "hour"))
    sql = (
        f"INSERT INTO {table} ({column}, {article}, {count}, {lone}) "  # noqa: S608  names of ours
        f"SELECT %s, {article}, %s * SUM({count}), %s * SUM({lone}) FROM {hours} "
        f"WHERE {hour} >= %s AND {hour} < %s GROUP BY {article} "
        f"ON CONFLICT ({column}, {article}) DO UPDATE SET {count} = {table}.{count} + excluded.{count}, "
        f"{lone} = {table}.{lone} + excluded.{lone}"
    )
    times = [field.get_db_prep_save(at, connection) for at in (since, until)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [window, sign, sign, *times])


def most(since: datetime, until: datetime, *, limit: int) -> list[Counted] | None:
    """The `limit` most read between these hours; None where no window holds just them."""
    row = StandingWindow.objects.filter(since=since, until=until).first()
    if row is None:
        return None
    rows = Standing.objects.filter(window=row.window, count__gt=0).order_by(F("count").desc(), F("article_id").desc())
    return [Counted(*one) for one in rows.values_list("article_id", "count", "lone")[:limit]]


def most_by_section(since: datetime, until: datetime, *, limit: int) -> dict[int, list[Counted]] | None:
    """Section id → the `limit` most read of the articles that readers find in it."""
    row = StandingWindow.objects.filter(since=since, until=until).first()
    if row is None:
        return None
    quote = connection.ops.quote_name
    table, placements = quote(Standing._meta.db_table), quote(Placement._meta.db_table)
    column, article, count, lone, listed = map(quote, ("window", "article_id", "count", "lone", "list"))
    sql = (
        f"SELECT {listed}, {article}, {count}, {lone} FROM ("  # noqa: S608  names of ours
        f"SELECT p.{listed}, s.{article}, s.{count}, s.{lone}, ROW_NUMBER() OVER ("
        f"PARTITION BY p.{listed} ORDER BY s.{count} DESC, s.{article} DESC) AS place "
        f"FROM {table} s JOIN {placements} p ON p.{article} = s.{article} "
        f"WHERE s.{column} = %s AND s.{count} > 0 AND p.{listed} LIKE 'section.%%'"
        f") AS placed WHERE place <= %s ORDER BY {listed}, place"
    )
    found: dict[int, list[Counted]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [row.window, limit])
        for name, *counted in cursor.fetchall():
            found.setdefault(int(name.partition(".")[2]), []).append(Counted(*counted))
    return found


def section_totals(since: datetime, until: datetime) -> dict[int, int]:
    """Section id → all reads of what readers find in it, where a window holds just these hours."""
    row = StandingWindow.objects.filter(since=since, until=until).first()
    if row is None:
        return {}
    quote = connection.ops.quote_name
    table, placements = quote(Standing._meta.db_table), quote(Placement._meta.db_table)
    column, article, count, listed = map(quote, ("window", "article_id", "count", "list"))
    sql = (
        f"SELECT p.{listed}, SUM(s.{count}) FROM {table} s JOIN {placements} p ON p.{article} = s.{article} "  # noqa: S608  names of ours
        f"WHERE s.{column} = %s AND s.{count} > 0 AND p.{listed} LIKE 'section.%%' GROUP BY p.{listed}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [row.window])
        return {int(name.partition(".")[2]): int(total) for name, total in cursor.fetchall()}
