from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from warraq.intake.readers.dates import is_date_line, machine_date, prose_date

ADEN = ZoneInfo("Asia/Aden")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("تم نشره الجمعة 24 نيسان / أبريل 2020 09:22 مساءً", "2020-04-24T21:22:00+03:00"),
        ("08:26 م الخميس 21 أبريل 2016", "2016-04-21T20:26:00+03:00"),
        ("آخر تحديث : ٣ كانون الثاني ٢٠١٦ - ١٢:٠٥ ص", "2016-01-03T00:05:00+03:00"),
        ("الأربعاء 5 مارس (آذار) 2014", "2014-03-05T00:00:00+03:00"),
        ("2016/04/21 - 10:30", "2016-04-21T10:30:00+03:00"),
    ],
)
def test_a_date_line_is_known_and_read(text: str, iso: str) -> None:
    assert is_date_line(text)
    found = prose_date(text, zone=ADEN)
    assert found is not None
    assert found.isoformat() == iso


@pytest.mark.parametrize(
    "text", ["وقال في 21 أبريل 2016 إن الوزير سيصل", "كتب - فلان: الخميس 21 أبريل 2016", "ميزانية 2016", "99/99"]
)
def test_a_sentence_with_a_date_is_no_date_line(text: str) -> None:
    assert not is_date_line(text)


@pytest.mark.parametrize("text", ["99/99/2016", "31 فبراير 2016", "21 أبريل 1016", "لا تاريخ هنا"])
def test_an_impossible_date_is_none(text: str) -> None:
    assert prose_date(text, zone=ADEN) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2020-06-03T03:01+0400", "2020-06-03T03:01:00+04:00"),
        ("2020-08-24T09:23:13Z", "2020-08-24T09:23:13+00:00"),
        ("2020-11-09", "2020-11-09T00:00:00+03:00"),
        ("2020-11-09T18:34:47.123-05:30", "2020-11-09T18:34:47-05:30"),
    ],
)
def test_machines_dates_are_read_with_their_faults(text: str, iso: str) -> None:
    found = machine_date(text, zone=ADEN)
    assert found is not None
    assert found.isoformat() == iso


def test_a_date_to_come_is_none() -> None:
    far = datetime.now(ADEN) + timedelta(days=400)
    assert machine_date(far.isoformat(), zone=ADEN) is None
