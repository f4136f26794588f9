from __future__ import annotations

import pytest
from hypothesis import given

from tests.language.texts import anything
from warraq.language.stem import LONGEST, analyse, stem


@pytest.mark.parametrize(
    "family",
    [
        "بلاد البلاد والبلاد بالبلاد للبلاد",
        "وزارة الوزارة والوزارة بالوزارة للوزارة وزاراتهم",
        "حكومة الحكومة حكومات حكومتها حكومي الحكومية للحكومة بحكومة والحكومات",
        "مسؤول المسئول مسؤولون مسؤولين مسؤولية مسؤوليتها المسؤوليات مسؤولياتهم",
        "مشاركة مشاركتها المشاركون بمشاركة ومشاركين",
        "لاجئ لاجئون اللاجئين للاجئين لاجئات كلاجئين وكلاجئين",
        "إعلام الإعلام إعلامي وإعلاميون بإعلامها فالإعلام",
        "يعلن سيعلن وسيعلن يعلنون يعلنوا",
        "لبنان لبناني اللبنانية بلبنان واللبنانيين",
        "وكالة لوكالة الوكالات بوكالتهم",
        "مدرسة مدرستي مدرستنا مدرستكم مدرستهما والمدرستين",
        "انتخاب انتخابات الانتخابات انتخابية وانتخاباته",
    ],
)
def test_forms_of_one_word_have_one_stem(family: str) -> None:
    assert len(set(analyse(family))) == 1, analyse(family)


@pytest.mark.parametrize(
    ("one", "other"),
    [("قلب", "كلب"), ("مصر", "قصر"), ("مدرسة", "مدارس"), ("فلسطين", "لسان"), ("سلام", "لامع"), ("2014", "2015")],
)
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert analyse(one) != analyse(other)


@pytest.mark.parametrize("word", ["في", "من", "ابو", "يمن", "عدن", "وطن", "سنه", "بلد", "الي"])
def test_three_letters_are_left_alone(word: str) -> None:
    assert stem(word) == word


def test_only_a_verb_loses_the_letter_of_the_future() -> None:
    assert analyse("سيعلن سلاح سرطان") == ["يعلن", "سلاح", "سرط"]


@pytest.mark.parametrize("word", ["bbc", "2026", "covid19", "москва", "日本", ""])
def test_a_word_of_another_script_is_its_own_stem(word: str) -> None:
    assert stem(word) == word


@given(anything)
def test_a_stem_is_a_bounded_part_of_its_word(text: str) -> None:
    for word in text.split():
        found = stem(word)
        assert found in word
        assert len(found) <= LONGEST
        assert bool(found) == bool(word)


def test_a_page_without_a_space_is_cut() -> None:
    assert len(stem("ق" * 100_000)) == LONGEST
