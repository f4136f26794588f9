"""Dates as Arabic pages write them in prose, and as machines write them in mark-up.

Both names of a month are known («نيسان / أبريل»), digits of every script, «مساءً» and «م», and ISO 8601 with its faults
(no colon in the offset, no seconds). A date without a time is midnight; one without an offset is in `zone`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

from warraq.language.normalise import normalise, words

EARLIEST_YEAR: Final = 1990
MOST_WORDS_OF_A_DATE_LINE: Final = 14

_MONTH_NAMES: Final = (
    "يناير جانفي كانون_الثاني january jan|فبراير فيفري شباط february feb|مارس اذار march mar"
    "|ابريل افريل نيسان april apr|مايو ماي ايار may|يونيو يونيه جوان حزيران june jun|يوليو يوليه جويليه تموز july jul"
    "|اغسطس اوت اب august aug|سبتمبر ايلول september sep sept|اكتوبر تشرين_الاول october oct"
    "|نوفمبر تشرين_الثاني november nov|ديسمبر كانون_الاول december dec"
)
_MONTHS: Final = {
    normalise(name.replace("_", " ")): number
    for number, names in enumerate(_MONTH_NAMES.split("|"), 1)
    for name in names.split()
}
_NAME: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_FIRST: Final = re.compile(rf"\b(\d{{1,2}})(?: من)?(?: شهر)? ({_NAME})(?: ({_NAME}))?(?: عام)? (\d{{4}})\b")
_MONTH_FIRST: Final = re.compile(rf"\b({_NAME}) (\d{{1,2}}) (\d{{4}})\b")
_YEAR_FIRST: Final = re.compile(r"\b(\d{4}) (\d{1,2}) (\d{1,2})\b")
_YEAR_LAST: Final = re.compile(r"\b(\d{1,2}) (\d{1,2}) (\d{4})\b")
_TIME: Final = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::\d{2})?\s*([^\W\d_]{1,8})?")
_ISO: Final = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?", re.IGNORECASE
)
_AFTERNOON: Final = {"م", "مساء", "ظهرا", "عصرا", "pm", "ليلا"}
_MORNING: Final = {"ص", "صباحا", "فجرا", "am"}
_AROUND_A_DATE: Final = frozenset(
    words(
        "السبت الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة يوم شهر عام من في على الموافق منذ بتاريخ تاريخ"
        " تم نشره نشر نشرت النشر آخر أخر تحديث التحديث أضيف حرر كتب الساعة م ص هـ مساء صباحا ظهرا عصرا فجرا ليلا"
        " بتوقيت غرينتش جرينتش كانون تشرين الأول الثاني gmt utc am pm published updated on at last"
        " saturday sunday monday tuesday wednesday thursday friday"
    )
)


def machine_date(text: str, *, zone: tzinfo) -> datetime | None:
    """ISO 8601 as found in mark-up; None where it is none, or no possible date."""
    match = _ISO.match(text.strip())
    if not match:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        return _plausible(datetime(year, month, day, hour, minute, second, tzinfo=_offset(match[7]) or zone))
    except ValueError:
        return None


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in "zZ":
        return UTC
    distance = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-distance if text[0] == "-" else distance)


def prose_date(text: str, *, zone: tzinfo) -> datetime | None:
    """The first date written out in `text`, with its time where there is one."""
    said = " ".join(words(text))
    found = _day(said)
    if found is None:
        return None
    hour, minute = _time(normalise(text))
    try:
        return _plausible(datetime(*found, hour, minute, tzinfo=zone))
    except ValueError:
        return None


def is_date_line(text: str) -> bool:
    """Whether the line says a date and nothing else that would be missed."""
    said = words(text[:400])
    if len(said) > MOST_WORDS_OF_A_DATE_LINE or _day(" ".join(said)) is None:
        return False
    return all(word.isdecimal() or word in _AROUND_A_DATE or word in _MONTHS for word in said)


def _day(said: str) -> tuple[int, int, int] | None:
    if match := _DAY_FIRST.search(said):
        return int(match[4]), _MONTHS[match[2]], int(match[1])
    if match := _MONTH_FIRST.search(said):
        return int(match[3]), _MONTHS[match[1]], int(match[2])
    if match := _YEAR_FIRST.search(said):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _YEAR_LAST.search(said):
        return int(match[3]), int(match[2]), int(match[1])
    return None


def _time(text: str) -> tuple[int, int]:
    match = _TIME.search(text)
    if not match:
        return 0, 0
    hour, minute, half = int(match[1]), int(match[2]), match[3] or ""
    if half in _AFTERNOON and hour < 12:
        hour += 12
    if half in _MORNING and hour == 12:
        hour = 0
    return (hour, minute) if hour < 24 and minute < 60 else (0, 0)


def _plausible(moment: datetime) -> datetime | None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    return moment if moment.year >= EARLIEST_YEAR and moment <= tomorrow else None
