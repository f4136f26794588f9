from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.language.texts import anything
from warraq.language.reading import excerpt, reading_minutes


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (200, 1), (201, 2), (1000, 5), (1001, 6)])
def test_minutes_are_whole_rounded_up_and_never_none(words: int, minutes: int) -> None:
    assert reading_minutes(words) == minutes


def test_a_short_text_is_its_own_excerpt() -> None:
    assert excerpt("  خبر\n عاجل ", 8) == "خبر عاجل"


def test_an_excerpt_ends_after_a_word() -> None:
    assert excerpt("كشفت صحيفة صاندي تايمز", 12) == "كشفت صحيفة…"
    assert excerpt("كشفت صحيفة صاندي تايمز", 11) == "كشفت صحيفة…"
    assert excerpt("كشفت صحيفة صاندي تايمز", 10) == "كشفت…"


def test_no_comma_stands_before_the_ellipsis() -> None:
    assert excerpt("قال الوزير، وهو في عدن", 13) == "قال الوزير…"


def test_a_word_longer_than_the_excerpt_is_cut() -> None:
    assert excerpt("قسطنطينية", 5) == "قسطن…"


@given(anything, st.integers(0, 60))
def test_an_excerpt_keeps_to_its_limit(text: str, limit: int) -> None:
    cut = excerpt(text, limit)
    assert len(cut) <= limit
    assert " ".join(text.split()).startswith(cut.removesuffix("…"))
