"""Two spellings of a word meet, two words do not, whatever is sent."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given

from tests.language.texts import anything, arabic
from warraq.language.normalise import LONGEST, fold, normalise, surface, word_spans, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("إسلام", "اسلام"),
        ("آخر", "اخر"),
        ("ٱلرحمن", "الرحمن"),
        ("مستشفى", "مستشفي"),
        ("القاهرة", "القاهره"),
        ("مسؤول", "مسئول"),
        ("شؤون", "شئون"),
        ("العَرَبِيَّةُ", "العربية"),
        ("هٰذا", "هذا"),
        ("بِسْمِ ٱللَّهِ", "بسم الله"),
        ("اليمـــــن", "اليمن"),
        ("ايران کشور", "ايران كشور"),
        ("یمن", "يمن"),
        ("ﻻﺟﺌﻴﻦ", "لاجئين"),
        ("ﷲ", "الله"),
        ("١٤٤٨", "1448"),
        ("۱۴۴۸", "1448"),
        ("Café", "cafe"),
        ("STRASSE", "straße"),
        ("\u202eصنعاء\u202c", "صنعاء"),
        ("صن\u200cعاء", "صنعاء"),
        ("صنعاء\ud800", "صنعاء"),
        ("عا\ufe70جل", "عاجل"),  # a mark's isolated form, which Unicode decomposes to a space and the mark
        ("  عاجل\n\tالآن ", "عاجل الان"),
    ],
)
def test_spellings_of_one_word_become_one(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("قلب", "كلب"),
        ("سماء", "سما"),
        ("ثوم", "توم"),
        ("رؤوس", "روس"),
        ("مائة", "ماية"),
        ("پاريس", "باريس"),
        ("10", "1"),
    ],
)
def test_words_that_differ_stay_apart(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_words_are_letters_and_digits_only() -> None:
    text = "«طالبان» تنفي: ١٢٣ قتيلًا في كابُل، و3.5 مليون_دولار (BBC)!"
    assert " ".join(words(text)) == "طالبان تنفي 123 قتيلا في كابل و3 5 مليون دولار bbc"


def test_punctuation_stays_in_the_normal_form() -> None:
    assert normalise("  «عاجل»:  نعم؟ ") == "«عاجل»: نعم؟"


def test_folding_keeps_white_space() -> None:
    assert fold("أ\n\n ة\t") == "ا\n\n ه\t"


def test_the_surface_keeps_what_readers_tell_apart() -> None:
    text = "كُــرة كره عليّ على أبو مسؤول ﻣﺆﻣﻦ ک CAFÉ ١"
    assert " ".join(surface(text)) == "كرة كره علي على أبو مسؤول مؤمن ك cafe 1"


def test_a_span_covers_its_marks_and_no_more() -> None:
    text = "قال: «وَأَعْلَنَتِ الحكــومةُ»، ﷺ."
    assert [(span.word, text[span.start : span.end]) for span in word_spans(text)] == [
        ("قال", "قال"),
        ("واعلنت", "وَأَعْلَنَتِ"),
        ("الحكومه", "الحكــومةُ"),
        ("صلي", "ﷺ"),
        ("الله", "ﷺ"),
        ("عليه", "ﷺ"),
        ("وسلم", "ﷺ"),
    ]


def test_a_span_starts_after_invisible_characters() -> None:
    text = "\u202b\u200fصنعاء"
    (span,) = word_spans(text)
    assert text[span.start :] == "صنعاء"


@pytest.mark.parametrize("text", ["و\u0653", "ي\u0655", "ا\u064e\u0654", "ا\u0651\u0653"])
def test_a_mark_that_its_letter_cannot_seat_shifts_nothing(text: str) -> None:
    spans = word_spans(f"{text} صنعاء")
    assert [(span.start, span.end) for span in spans] == [(0, len(text)), (len(text) + 1, len(text) + 6)]


@given(anything)
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(anything)
def test_no_text_raises_or_grows_beyond_its_bound(text: str) -> None:
    normal = normalise(text)
    assert len(normal) <= LONGEST * len(text)
    normal.encode("utf-8")


@given(anything)
def test_spans_are_the_words_in_order_and_within_the_text(text: str) -> None:
    spans = word_spans(text)
    assert [span.word for span in spans] == words(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert [span.start for span in spans] == sorted(span.start for span in spans)
    assert all(span.word in words(text[span.start : span.end]) for span in spans)


@given(anything)
def test_the_surface_has_the_same_words_less_folded(text: str) -> None:
    assert [normalise(word) for word in surface(text)] == words(text)


@given(arabic)
def test_canonically_equal_texts_have_one_normal_form(text: str) -> None:
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert words(composed) == words(apart)
    assert surface(composed) == surface(apart)


def test_every_character_of_an_alphabet_has_a_stable_form() -> None:
    ideographs = {*range(0x3400, 0xA000), *range(0xAC00, 0xD7A4)}
    alphabets = [code for code in range(0x20000) if code not in ideographs and unicodedata.category(chr(code)) != "Cn"]
    unstable = [
        chr(code)
        for code in alphabets
        if fold(once := fold(chr(code))) != once or len(once) > LONGEST or words(chr(code)) != words(once)
    ]
    assert unstable == []
    assert max(len(fold(chr(code))) for code in alphabets) == LONGEST


def test_a_hundred_thousand_marks_on_one_letter_take_no_time() -> None:
    text = "ا" + "\u0315\u0300\u0654" * 100_000
    start = time.process_time()
    assert normalise(text) == "ا"
    assert surface(text) and word_spans(text)
    assert time.process_time() - start < 5  # `unicodedata.normalize` takes minutes
