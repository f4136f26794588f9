"""The archive by date: its index, its months, its days, in the paper's time zone."""

from __future__ import annotations

import calendar
from datetime import date

from django.utils.translation import gettext as _

from warraq.language import dates
from warraq.language.numerals import digits
from warraq.newsroom.models import ListCount, Placement
from warraq.newsroom.pieces import ArchiveMonth, ArchivePiece, Link, Moment, MonthLink
from warraq.newsroom.selectors.cards import cards
from warraq.newsroom.selectors.papers import Clock
from warraq.press.recording import reads


def months() -> list[str]:
    """Every month with a published article, `YYYY-MM`, oldest first. `months` changes when one comes or goes."""
    reads("months")
    return list(_standing("month."))


def counts_by_month() -> dict[str, int]:
    """How many articles each month has, oldest first; `months:counts` changes with each that comes or goes."""
    reads("months:counts")
    return _standing("month.")


def days() -> list[str]:
    """Every day with a published article, `YYYY-MM-DD`, oldest first."""
    return list(_standing("day."))


def _standing(beginning: str) -> dict[str, int]:
    """The rest of the names of the lists that begin so → how many articles stand in them; in order."""
    after = beginning[:-1] + chr(ord(beginning[-1]) + 1)  # a range uses the index, LIKE would read every list
    rows = ListCount.objects.filter(list__gte=beginning, list__lt=after, standing__gt=0).order_by("list")
    return {name.removeprefix(beginning): count for name, count in rows.values_list("list", "standing")}


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
    return {int(day): count for day, count in _standing(f"day.{month}-").items()}


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
