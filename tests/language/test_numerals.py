from __future__ import annotations

from hypothesis import given

from tests.language.texts import anything
from warraq.language.numerals import digits, grouped


def test_digits_go_both_ways_and_the_rest_stays() -> None:
    assert digits("قُتل 12 من ٣٤ و۵ في 2014-08", "arabic") == "قُتل ١٢ من ٣٤ و٥ في ٢٠١٤-٠٨"
    assert digits("قُتل 12 من ٣٤ و۵ في 2014-08", "latin") == "قُتل 12 من 34 و5 في 2014-08"


def test_a_number_is_written_in_the_style() -> None:
    assert (digits(-1448, "arabic"), digits(0), digits(2026)) == ("-١٤٤٨", "0", "2026")


def test_thousands_are_grouped_with_the_separator_of_their_digits() -> None:
    assert grouped(1234567) == "1,234,567"
    assert grouped(1234567, "arabic") == "١٬٢٣٤٬٥٦٧"
    assert grouped(-999, "arabic") == "-٩٩٩"


@given(anything)
def test_there_and_back_again(text: str) -> None:
    assert digits(digits(text, "arabic"), "latin") == digits(text, "latin")
    assert len(digits(text, "arabic")) == len(text)
