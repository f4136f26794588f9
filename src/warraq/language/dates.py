"""Dates as an Arabic paper prints them. Every date and time comes in already in the paper's own time zone.

The names of the Gregorian months follow the Unicode CLDR: "gregorian" is its `ar` (Egypt, Yemen, the Gulf, Libya,
Sudan), "levantine" its `ar_LB`, `ar_SY`, `ar_JO`, `ar_PS` and `ar_IQ`, "maghreb" its `ar_TN` and `ar_DZ`.
Hijri dates are those of the Umm al-Qura calendar, computed by `hijridate`.
"""

from __future__ import annotations

import datetime
from typing import Final, Literal

import hijridate

from warraq.language import numerals

Months = Literal["gregorian", "levantine", "maghreb"]
Language = Literal["ar", "en"]

_MONTHS: Final[dict[str, str]] = {
    "gregorian": "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
    "levantine": "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول",
    "maghreb": "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
}
_WEEKDAYS: Final[dict[str, str]] = {
    "ar": "الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد",
    "en": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
}


def gregorian(
    day: datetime.date,
    months: Months = "gregorian",
    digits: numerals.Digits = "latin",
    language: Language = "ar",
) -> str:
    """«24 نوفمبر 2026», «24 تشرين الثاني 2026»; in English "24 November 2026" whatever `months`."""
    name = month_name(day.month, months, language)
    return numerals.digits(f"{day.day} {name} {day.year}", digits)


def month_name(number: int, months: Months = "gregorian", language: Language = "ar") -> str:
    """Name of month 1 to 12: «نوفمبر», «تشرين الثاني»; in English whatever `months`."""
    return _MONTHS["en" if language == "en" else months].split("|")[number - 1]


def hijri(day: datetime.date, digits: numerals.Digits = "latin", language: Language = "ar") -> str:
    """«14 جمادى الآخرة 1448 هـ»; empty outside the calendar's tables (1924 to 2077)."""
    try:
        there = hijridate.Gregorian(day.year, day.month, day.day).to_hijri()
    except OverflowError:
        return ""
    written = f"{there.day} {there.month_name(language)} {there.year} {there.notation(language)}"
    return numerals.digits(written, digits)


def weekday(day: datetime.date, language: Language = "ar") -> str:
    """«الثلاثاء», "Tuesday"."""
    return _WEEKDAYS[language].split("|")[day.weekday()]


def clock(time: datetime.time | datetime.datetime, digits: numerals.Digits = "latin") -> str:
    """Hour and minute of 24: «14:05», «١٤:٠٥»."""
    return numerals.digits(f"{time:%H:%M}", digits)
