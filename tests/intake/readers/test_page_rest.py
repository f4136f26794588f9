from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.readers.pages import PARAGRAPHS, SENTENCE, said, taken
from warraq.intake.readers.furniture import why


@pytest.mark.parametrize(
    "caption",
    [
        "<div class=img-cont><img src=a.jpg alt=صورة><span class=img-cap>{}</span></div>",
        "<figure><img src=a.jpg><figcaption>{}</figcaption></figure>",
        "<p class=wp-caption-text>{}</p>",
    ],
)
def test_a_caption_is_listed_though_the_text_says_the_same_words(caption: str) -> None:
    name = "الدكتور سالم عمر باوزير مدير المكتبة العامة"
    story = f"{PARAGRAPHS}<p>وقال {name} إن القاعة مفتوحة للجميع.</p>"
    made = taken(f"<article><h1>المكتبة تفتح أبوابها</h1>{caption.format(name)}{story}</article>")
    assert [left.text for left in made.left_out if left.why == why("caption")] == [name]
    assert said(made).count(name) == 1


def test_an_article_in_a_frame_that_is_named_for_captions_is_kept() -> None:
    made = taken(f"<article class=with-caption><h1>المكتبة تفتح أبوابها</h1>{PARAGRAPHS}</article>")
    assert said(made).count(SENTENCE) == 4


def test_what_a_page_says_twice_is_in_the_article_once_and_listed_once() -> None:
    made = taken(f"<article><h1>المكتبة تفتح أبوابها</h1>{PARAGRAPHS}</article><div>{SENTENCE}</div>")
    assert said(made).count(SENTENCE) + sum(left.text.count(SENTENCE) for left in made.left_out) == 5


def test_the_captions_of_real_pages_are_listed(inputs: Path) -> None:
    for name, caption in (
        ("youm7", "الدكتور محمد عبد العاطي وزير الموارد المائية والري"),
        ("almadenahnews", "اصابات بفيروس كورونا في امريكا"),
    ):
        made = taken((inputs / "html" / f"ar-{name}.html").read_text(encoding="utf-8"))
        assert why("caption") in {left.why for left in made.left_out if left.text == caption}
