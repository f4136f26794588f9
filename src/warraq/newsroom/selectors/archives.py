"""The archive by date: its index, its months, its days, in the paper's time zone."""

from __future__ import annotations

import calendar
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from warraq.language import dates
from warraq.language.numerals import digits
from warraq.newsroom.models import Placement
from warraq.newsroom.pieces import ArchiveMonth, ArchivePiece, Link, Moment, MonthLink
from warraq.newsroom.selectors.cards import cards
from warraq.newsroom.selectors.papers import Clock
from warraq.press.recording import reads


def months() -> list[str]:
    """Every month with a published article, `YYYY-MM`, oldest first; records the key `months`."""
    return list(counts_by_month())


def counts_by_month() -> dict[str, int]:
    """How many articles each month has, oldest first; the key `months` changes with each that comes or goes."""
    reads("months")
    rows = Placement.objects.filter(list__startswith="month.").order_by("list").values_list("list")
    return {name.removeprefix("month."): count for name, count in rows.annotate(Count("pk"))}


def days() -> list[str]:
    """Every day with a published article, `YYYY-MM-DD`, oldest first."""
    names = Placement.objects.filter(list__startswith="day.").order_by("list").values_list("list", flat=True)
    return [name.removeprefix("day.") for name in dict.fromkeys(names)]


def month_title(month: str, clock: Clock, *, year: bool = True) -> str:
    """«نوفمبر 2026», or without its year."""
    first = date.fromisoformat(f"{month}-01")
    name = dates.month_name(first.month, months=clock.months, language=clock.language)
    return f"{name} {digits(first.year, clock.digits)}" if year else name


def month_url(month: str) -> str:
    return f"/archive/{month.replace('-', '/')}/"


def day_url(day: str) -> str:
    return f"/archive/{day.replace('-', '/')}/"


def index_piece(*, clock: Clock) -> ArchivePiece:
    """The archive's first page: every month, newest year first."""
    by_year: dict[str, list[MonthLink]] = {}
    for month, count in reversed(counts_by_month().items()):
        links = by_year.setdefault(digits(month[:4], clock.digits), [])
        links.append(MonthLink(month_title(month, clock, year=False), month_url(month), count))
    return ArchivePiece(_("Archive"), "/archive/", years=tuple((year, tuple(links)) for year, links in by_year.items()))


def month_piece(month: str, *, clock: Clock) -> ArchivePiece | None:
    """A month as a calendar, the week beginning on Saturday; None where nothing was published in it."""
    name = f"month.{month}"
    reads(f"list:{name}:head")
    counts = _counts_by_day(month)
    if not counts:
        return None
    year, number = int(month[:4]), int(month[5:])
    first_weekday, length = calendar.monthrange(year, number)
    cells = tuple(
        (digits(day, clock.digits), day_url(f"{month}-{day:02}") if counts.get(day) else "", counts.get(day, 0))
        for day in range(1, length + 1)
    )
    known = months()
    place = known.index(month) if month in known else 0
    url = month_url(month)
    return ArchivePiece(
        month_title(month, clock),
        url,
        month=ArchiveMonth(month_title(month, clock), url, cells, lead_blanks=(first_weekday - calendar.SATURDAY) % 7),
        newer=month_url(known[place + 1]) if place + 1 < len(known) else "",
        older=month_url(known[place - 1]) if place else "",
        up=Link(_("Archive"), "/archive/"),
    )


def _counts_by_day(month: str) -> dict[int, int]:
    names = Placement.objects.filter(list__startswith=f"day.{month}-").values_list("list", flat=True)
    counts: dict[int, int] = {}
    for name in names:
        day = int(name[-2:])
        counts[day] = counts.get(day, 0) + 1
    return counts


def day_piece(day: str, *, clock: Clock) -> ArchivePiece | None:
    """All articles of a day, the last first; None where there are none."""
    name = f"day.{day}"
    reads(f"list:{name}:head")
    rows = Placement.objects.filter(list=name).order_by("-at", "-article_id").values_list("article_id", "at")
    if not rows:
        return None
    moment: Moment = clock.moment(rows[0][1])
    month = day[:7]
    return ArchivePiece(
        moment.date,
        day_url(day),
        day=moment,
        cards=cards([ident for ident, _at in rows], clock=clock),
        up=Link(month_title(month, clock), month_url(month)),
    )
