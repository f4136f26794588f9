from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.language.texts import anything
from warraq.language.bidi import MOST_MARKS, clean_line, clean_text

STATEFUL = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("control", STATEFUL)
def test_a_control_that_reorders_its_neighbours_is_removed(control: str) -> None:
    assert clean_line(f"اسم{control}كاتب", 80) == "اسمكاتب"
    assert clean_text(f"اسم{control}كاتب", 80) == "اسمكاتب"


@pytest.mark.parametrize("kept", ["\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\u064e", "\u0651", "\u0640"])
def test_what_writing_needs_is_kept(kept: str) -> None:
    assert clean_line(f"مي{kept}خواهم", 80) == f"مي{kept}خواهم"


def test_a_family_stays_together() -> None:
    assert clean_line("👨‍👩‍👧 عائلة", 80) == "👨‍👩‍👧 عائلة"


@pytest.mark.parametrize("junk", ["\x00", "\x08", "\x1b", "\x7f", "\x9b", "\ufeff", "\ufffe", "\ud83d", "\u206e"])
def test_what_no_file_or_feed_takes_is_removed(junk: str) -> None:
    assert clean_line(f"خبر{junk}عاجل", 80) == "خبرعاجل"


def test_a_line_is_one_line() -> None:
    assert clean_line("  خبر\r\n\tعاجل\u2028الآن\u00a0!\v ", 80) == "خبر عاجل الآن !"


def test_a_text_keeps_its_lines_and_paragraphs() -> None:
    assert clean_text("  قفا  نبكِ\r\nمن ذكرى\n\n \n\n\nحبيبٍ \u2029ومنزلِ\n", 80) == "قفا نبكِ\nمن ذكرى\n\nحبيبٍ\n\nومنزلِ"


def test_letters_typed_apart_are_composed() -> None:
    assert clean_line("مسو\u0654ول", 80) == "مسؤول"


@pytest.mark.parametrize("nothing", ["", "   ", "\u200d\u200f", "\u064e", "\u202e\u2066", "\n\n"])
def test_what_nobody_sees_is_empty(nothing: str) -> None:
    assert clean_line(nothing, 80) == ""
    assert clean_text(nothing, 80) == ""


def test_a_cut_leaves_no_letter_without_its_marks() -> None:
    assert clean_line("كتبَ", 3) == "كت"
    assert clean_line("كتبَ", 4) == "كتبَ"
    assert clean_line("أ👍🏽", 2) == "أ"
    assert clean_line("أ👨‍👩‍👧", 3) == "أ"
    assert clean_line("خبر عاجل", 4) == "خبر"


def test_marks_do_not_pile_up() -> None:
    assert clean_line("ص" + "\u0310" * 500, 800) == "ص" + "\u0310" * MOST_MARKS
    assert len(clean_line("ص" + "\u0344" * 8, 800)) == 1 + MOST_MARKS  # each is two marks in NFC


def test_a_hundred_thousand_marks_take_no_time() -> None:
    start = time.process_time()
    clean_text("ا" + "\u0315\u0300" * 100_000, 500)
    assert time.process_time() - start < 5  # NFC alone takes minutes


@given(anything, st.integers(0, 100))
def test_what_comes_out_is_short_composed_and_printable(text: str, limit: int) -> None:
    for cleaned in (clean_line(text, limit), clean_text(text, limit)):
        assert len(cleaned) <= limit
        assert unicodedata.is_normalized("NFC", cleaned)
        assert not set(cleaned) & set(STATEFUL)
        assert cleaned == cleaned.strip()
        cleaned.encode("utf-8")
        assert all(unicodedata.category(character) != "Cc" or character == "\n" for character in cleaned)


@given(anything, st.integers(0, 100))
def test_cleaning_twice_changes_nothing(text: str, limit: int) -> None:
    assert clean_line(clean_line(text, limit), limit) == clean_line(text, limit)
    assert clean_text(clean_text(text, limit), limit) == clean_text(text, limit)
