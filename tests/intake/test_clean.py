from __future__ import annotations

import pytest

from warraq.intake.clean import as_html, as_text, old_path, safe_html, web_address, whole_line


@pytest.mark.parametrize(
    ("markup", "safe"),
    [
        ("نص <b onclick=x()>غامق</b>", "نص غامق"),
        ("<strong>نعم</strong> و<em>مائل</em><br>سطر", "<strong>نعم</strong> و<em>مائل</em><br>سطر"),
        ('<a href="javascript:alert(1)">رابط</a>', "<a>رابط</a>"),
        ('<a href="https://x.example/" target=_blank style="x">رابط</a>', '<a href="https://x.example/">رابط</a>'),
        ("قبل<script>alert(1)</script>بعد", "قبلبعد"),
        ("<img src=x onerror=alert(1)>صورة", "صورة"),
        ("<svg><p><style><img title='</style><img src onerror=alert(1)>'>", "'&gt;"),
    ],
)
def test_only_the_allow_list_is_left(markup: str, safe: str) -> None:
    assert safe_html(markup) == safe


def test_text_becomes_html_and_comes_back() -> None:
    text = 'قال <الوزير> & "نعم"'
    assert as_text(as_html(text)) == text


def test_whole_line_cuts_nothing() -> None:
    text = "ﷺ كلمة " * 500
    assert whole_line(text).split() == text.split()


@pytest.mark.parametrize(
    ("address", "base", "made"),
    [
        ("/n/1", "https://a.example/x/y", "https://a.example/n/1"),
        ("https://a.example/مكتبة?س=1", "", "https://a.example/%D9%85%D9%83%D8%AA%D8%A8%D8%A9?%D8%B3=1"),
        ("https://A.example", "", "https://a.example/"),
        ("https://a.example/%D9%85#x", "", "https://a.example/%D9%85"),
        ("/n/1", "", ""),
        ("javascript:alert(1)", "https://a.example/", ""),
        ("https://user:secret@a.example/", "", ""),
        ("http://[broken", "", ""),
        ("data:text/html,x", "", ""),
    ],
)
def test_addresses(address: str, base: str, made: str) -> None:
    assert web_address(address, base=base) == made


def test_the_front_page_is_no_old_path() -> None:
    assert old_path("https://a.example/") == ""
    assert old_path("https://a.example/?p=7") == "/?p=7"
    assert old_path("https://a.example/n/1") == "/n/1"
