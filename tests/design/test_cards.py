"""The picture of a headline: its letters joined and in order, whatever was written, and all of it inside the edges."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from warraq.design import cards
from warraq.design.cards import EDGE, HEIGHT, WIDTH, CardText

pytestmark = pytest.mark.skipif(not cards.can_shape(), reason="no FriBidi on this machine (Debian: libfribidi0)")


def drawn(headline: str, *, above: str = "ثقافة", below: str = "الميزان", language: str = "ar") -> Image.Image:
    data = cards.draw(CardText(headline, above, below, language))
    assert len(data) < 60_000
    return Image.open(io.BytesIO(data)).convert("L").point([255 if level < 200 else 0 for level in range(256)])


def ink(image: Image.Image, top: int, bottom: int) -> tuple[int, int]:
    """Where ink begins and ends, from left, between two heights."""
    box = image.crop((0, top, WIDTH, bottom)).getbbox()
    assert box is not None
    return box[0], box[2]


HEADLINE = (160, 480)


def gaps(image: Image.Image) -> int:
    """Columns without ink within the headline."""
    left, right = ink(image, *HEADLINE)
    return sum(image.crop((x, HEADLINE[0], x + 1, HEADLINE[1])).getbbox() is None for x in range(left, right))


def test_letters_join_and_lines_begin_at_the_right() -> None:
    image = drawn("محيط")
    assert gaps(image) == 0
    assert gaps(drawn("م ح ي ط")) > 30
    assert WIDTH - EDGE - 10 <= ink(image, *HEADLINE)[1] <= WIDTH - EDGE
    left, _right = ink(drawn("Coffee", language="en"), *HEADLINE)
    assert EDGE <= left <= EDGE + 10


def test_a_number_and_a_name_in_latin_keep_their_order() -> None:
    """«12» before «Mocha» in reading is right of it on the picture: each alone, they begin at the same edge."""
    both, name = ink(drawn("عدد 12 Mocha"), *HEADLINE), ink(drawn("عدد Mocha"), *HEADLINE)
    assert both[0] < name[0]
    assert both[1] == name[1]


@pytest.mark.parametrize(
    "headline",
    [
        "ت" * 250,
        "هذا عنوان طويل لا ينتهي " * 9,
        "\u202eعكس\u202c \u2066اتجاه",
        "😀 é 漢字",
        "بِسْمِ اللَّهِ الرَّحْمَٰنِ الرَّحِيمِ",
        "ل\u0651\u064e\u0650\u0651\u064e\u0650" * 20,
    ],
)
def test_whatever_was_written_stays_inside_the_edges(headline: str) -> None:
    left, right = ink(drawn(headline), 0, HEIGHT)
    assert left >= EDGE - 4
    assert right <= WIDTH - EDGE + 4
    assert drawn(headline).crop((0, 0, WIDTH, EDGE - 20)).getbbox() is None


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("اﻷمن وﻻجئون", "الأمن ولاجئون"),
        ("عبد ﷲ", "عبد الله"),
        ("لويس Ⅳ في Orléans", "لويس IV في Orleans"),
        ("فوز 😀 كبير 👍🏽", "فوز كبير"),
        ("سطر\u2029آخر\u0085\u202eعكس\u202c", "سطر آخر عكس"),
    ],
)
def test_what_the_face_has_not_is_written_plainly(written: str, printed: str) -> None:
    assert cards._printable(written) == printed
    assert cards.can_draw(CardText(written, "", ""))


@pytest.mark.parametrize("written", ["½ مليون", "3²", "10⁶", "ب100 €", "37°", "漢字", "straße", "−5", "", " ", "۱۲"])
def test_what_would_say_something_else_is_not_drawn(written: str) -> None:
    assert not cards.can_draw(CardText(written, "", ""))


def test_long_lines_above_and_below_end_in_an_ellipsis() -> None:
    image = drawn("خبر", above="قسم طويل الاسم " * 12, below="صحيفة تُقرأ على مهل " * 6)
    for top, bottom in ((0, 150), (HEIGHT - 110, HEIGHT)):
        assert ink(image, top, bottom)[0] >= EDGE - 4


@given(st.text(max_size=300), st.text(max_size=80), st.sampled_from(["ar", "en"]))
def test_any_text_is_drawn_the_same_each_time(headline: str, section: str, language: str) -> None:
    text = CardText(headline, section, "الميزان", language)
    assert cards.draw(text) == cards.draw(text)
    assert cards.path_of(text).startswith("/_/media/")


def test_other_words_have_another_path() -> None:
    paths = {
        cards.path_of(CardText(*words))
        for words in (("a", "b", "c"), ("ab", "", "c"), ("a", "b", "d"), ("a", "bc", ""))
    }
    assert len(paths) == 4
