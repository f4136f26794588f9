from __future__ import annotations

import pytest
from hypothesis import given

from tests.language.texts import anything, arabic
from warraq.search.analysis import words_of
from warraq.search.snippets import WORDS, Marker, Run


def keys(query: str) -> frozenset[str]:
    return frozenset(word.key for word in words_of(query))


def joined(runs: tuple[Run, ...]) -> str:
    return "".join(text for text, _ in runs)


def marks(runs: tuple[Run, ...]) -> list[str]:
    return [text for text, marked in runs if marked]


def test_words_are_marked_as_they_are_written() -> None:
    runs = Marker(keys("حكومة")).line("قال: «الحُكـومةُ» وحكومتها، لا الحكم.")
    assert runs == (
        ("قال: «", False),
        ("الحُكـومةُ", True),
        ("» ", False),
        ("وحكومتها", True),
        ("، لا الحكم.", False),
    )


@pytest.mark.parametrize(("query", "marked"), [("علي", ["علي"]), ("على", ["على"])])
def test_the_name_and_the_preposition_are_marked_apart(query: str, marked: list[str]) -> None:
    assert marks(Marker(keys(query)).line("وقف علي على المنبر")) == marked


def test_a_passage_begins_shortly_before_the_words_it_answers_with() -> None:
    text = " ".join(["حشو"] * 100 + ["صنعاء"] + ["حشو"] * 100)
    runs = Marker(keys("صنعاء")).snippet(text)
    assert runs[0] == ("… حشو حشو حشو حشو حشو ", False)
    assert runs[1] == ("صنعاء", True)
    assert joined(runs).endswith(" …")
    assert len(joined(runs).split()) == WORDS + 2


def test_the_passage_with_most_of_the_words_wins() -> None:
    text = " ".join(["صنعاء صنعاء صنعاء", *["حشو"] * 60, "صنعاء وعدن", *["حشو"] * 60])
    assert marks(Marker(keys("صنعاء عدن")).snippet(text)) == ["صنعاء", "وعدن"]


def test_of_equal_passages_the_first_wins() -> None:
    text = " ".join(["صنعاء أولا", *["حشو"] * 60, "صنعاء ثانيا", *["حشو"] * 60])
    assert "أولا" in joined(Marker(keys("صنعاء")).snippet(text))


def test_the_end_of_a_text_fills_the_passage() -> None:
    text = " ".join([*["حشو"] * 60, "صنعاء"])
    runs = Marker(keys("صنعاء")).snippet(text)
    assert len(joined(runs).split()) == WORDS + 1
    assert runs[-1] == ("صنعاء", True)


def test_a_text_without_the_words_is_shown_from_its_beginning() -> None:
    text = " ".join(str(number) for number in range(100))
    beginning = " ".join(str(number) for number in range(WORDS))
    assert Marker(keys("صنعاء")).snippet(text) == ((f"{beginning} …", False),)


def test_a_short_text_is_shown_whole_on_one_line() -> None:
    assert Marker(keys("عدن")).snippet("صنعاء\n\nتعز") == (("صنعاء تعز", False),)


def test_nothing_wanted_marks_nothing() -> None:
    assert Marker(frozenset()).line("صنعاء (تعز)") == (("صنعاء (تعز)", False),)
    assert Marker(frozenset()).snippet("") == ()


@given(anything, anything)
def test_a_line_is_the_sum_of_its_runs(line: str, query: str) -> None:
    runs = Marker(keys(query)).line(line)
    assert joined(runs) == line
    assert all(text for text, _ in runs)
    assert all(keys(text) & keys(query) for text in marks(runs))


@given(arabic)
def test_every_word_of_the_text_itself_is_marked(line: str) -> None:
    runs = Marker(keys(line)).line(line)
    assert [word for text in marks(runs) for word in words_of(text)] == list(words_of(line))
    assert not any(keys(text) for text, marked in runs if not marked)
