from __future__ import annotations

import pytest

from warraq.intake.readers.decode import decode

ARABIC = 'كشفت صحيفة المرفأ عن لقاءات سرية، وقال المتحدث: "لا نعلم شيئا عن ذلك" أمس الأول في المدينة.'


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1256", "windows-1256"),
        ("iso8859-6", "iso8859-6"),
    ],
)
def test_arabic_is_read_right_in_every_encoding_and_its_name_is_told(codec: str, name: str) -> None:
    decoded = decode(ARABIC.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.broken) == (ARABIC, name, 0)


def test_utf8_is_believed_before_a_wrong_declaration() -> None:
    page = f'<html><head><meta charset="windows-1256"></head><body>{ARABIC}</body></html>'
    assert decode(page.encode()).text == page


def test_a_page_that_declares_latin_letters_and_holds_arabic_is_arabic() -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>{ARABIC}</p>'
    decoded = decode(page.encode("cp1256"))
    assert (decoded.text, decoded.encoding) == (page, "windows-1256")


def test_a_declared_charset_of_another_script_is_taken() -> None:
    page = '<meta charset="windows-1251"><p>Москва и Россия в мире сегодня</p>'
    assert decode(page.encode("cp1251")).text == page


def test_french_without_a_declaration_is_not_taken_for_arabic() -> None:
    text = "Le président était déjà à l'étranger, où il a été accueilli."
    assert decode(text.encode("cp1252")).text == text


def test_one_broken_byte_does_not_change_the_encoding_and_is_counted() -> None:
    data = (ARABIC * 50).encode()
    decoded = decode(data[:200] + b"\xff" + data[200:])
    assert (decoded.encoding, decoded.broken) == ("utf-8", 1)


def test_line_ends_and_nul_bytes_are_tidied() -> None:
    assert decode("سطر\r\nثان\rثالث\0".encode()).text == "سطر\nثان\nثالث"
