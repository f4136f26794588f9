from __future__ import annotations

import datetime

import pytest
from babel.dates import get_day_names, get_month_names
from hypothesis import given
from hypothesis import strategies as st

from warraq.language import dates
from warraq.language.dates import Months

DAY = datetime.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("months", "written"),
    [("gregorian", "24 نوفمبر 2026"), ("levantine", "24 تشرين الثاني 2026"), ("maghreb", "24 نوفمبر 2026")],
)
def test_the_month_has_the_name_of_the_region(months: Months, written: str) -> None:
    assert dates.gregorian(DAY, months) == written


@pytest.mark.parametrize(
    ("months", "locale"),
    [
        *[("gregorian", name) for name in ("ar", "ar_YE", "ar_EG", "ar_SA", "ar_LY")],
        *[("levantine", name) for name in ("ar_LB", "ar_SY", "ar_JO", "ar_PS", "ar_IQ")],
        *[("maghreb", name) for name in ("ar_TN", "ar_DZ")],
    ],
)
def test_the_names_of_the_months_are_those_of_the_cldr(months: Months, locale: str) -> None:
    names = [dates.month_name(number, months) for number in range(1, 13)]
    assert names == list(get_month_names("wide", locale=locale).values())


def test_the_names_of_the_weekdays_are_those_of_the_cldr() -> None:
    monday = datetime.date(2026, 11, 23)
    week = [monday + datetime.timedelta(days=number) for number in range(7)]
    assert [dates.weekday(day) for day in week] == _names("ar")
    assert [dates.weekday(day, "en") for day in week] == _names("en")


def _names(locale: str) -> list[str]:
    names = get_day_names("wide", locale=locale)
    return [names[number] for number in range(7)]


def test_english_has_its_own_names_whatever_the_custom() -> None:
    assert dates.gregorian(DAY, "levantine", language="en") == "24 November 2026"
    assert dates.weekday(DAY, "en") == "Tuesday"
    assert dates.hijri(DAY, language="en") == "14 Jumada al-Akhirah 1448 AH"


def test_digits_are_those_of_the_setting() -> None:
    assert dates.gregorian(DAY, "levantine", "arabic") == "٢٤ تشرين الثاني ٢٠٢٦"
    assert dates.hijri(DAY, "arabic") == "١٤ جمادى الآخرة ١٤٤٨ هـ"
    assert dates.clock(datetime.time(9, 5), "arabic") == "٠٩:٠٥"


@pytest.mark.parametrize(
    ("day", "written"),
    [  # as announced in Saudi Arabia
        ((2026, 11, 24), "14 جمادى الآخرة 1448 هـ"),
        ((2024, 3, 11), "1 رمضان 1445 هـ"),
        ((2024, 4, 10), "1 شوال 1445 هـ"),
        ((2025, 6, 6), "10 ذو الحجة 1446 هـ"),
        ((2025, 6, 26), "1 محرم 1447 هـ"),
    ],
)
def test_the_hijri_date_is_that_of_umm_al_qura(day: tuple[int, int, int], written: str) -> None:
    assert dates.hijri(datetime.date(*day)) == written


@pytest.mark.parametrize("day", [datetime.date(1900, 1, 1), datetime.date(2100, 1, 1), datetime.date.max])
def test_there_is_no_hijri_date_outside_the_tables(day: datetime.date) -> None:
    assert dates.hijri(day) == ""


@given(st.dates())
def test_every_day_can_be_written(day: datetime.date) -> None:
    assert dates.gregorian(day, "maghreb").endswith(f" {day.year}")
    dates.hijri(day)


def test_the_clock_has_24_hours() -> None:
    assert dates.clock(datetime.time(14, 5, 59)) == "14:05"
    assert dates.clock(datetime.datetime(2026, 11, 24, 0, 0, tzinfo=datetime.UTC)) == "00:00"
