from __future__ import annotations

import pytest

from warraq.intake.readers.lines import MOST_LINES, article_span, byline, read_lines

PROSE = "فتحت المكتبة العامة أبوابها صباح السبت في البيت القديم على الميناء."


def test_a_line_with_runs_of_spaces_is_several_lines_with_one_number() -> None:
    lines = read_lines("\nخبر أول    خبر ثان\tخبر ثالث\n")
    assert [(line.number, line.text) for line in lines] == [(2, "خبر أول"), (2, "خبر ثان"), (2, "خبر ثالث")]


def test_bullets_and_marks_are_told_and_taken_off() -> None:
    bullet, numbered, marked = read_lines("- نقطة\n2. ثانية\n## عنوان فرعي")
    assert (bullet.text, bullet.bullet) == ("نقطة", "-")
    assert (numbered.text, numbered.bullet) == ("ثانية", "1")
    assert (marked.text, marked.marked) == ("عنوان فرعي", True)


def test_controls_that_turn_text_around_are_gone_and_joiners_stay() -> None:
    (line,) = read_lines("نص\u202e مقلوب می\u200cخواهم")
    assert line.text == "نص مقلوب می\u200cخواهم"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("كتب - محمد علي:", "محمد علي"),
        ("بقلم: هدى بامطرف", "هدى بامطرف"),
        ("بقلم هدى بامطرف", "هدى بامطرف"),
        ("كتب محمد رسالة إلى أخيه", ""),
        ("تقرير اقتصادي جديد", ""),
    ],
)
def test_bylines(text: str, name: str) -> None:
    assert byline(text) == name


def test_the_article_is_the_run_of_paragraphs_and_not_the_ticker_around_it() -> None:
    ticker = "\n".join(f"- خبر آخر رقم {n} عن أسعار البن في الأسواق" for n in range(12))
    lines = read_lines(f"{ticker}\n{PROSE}\nعنوان فرعي\n{PROSE}\n{ticker}")
    span = article_span(lines)
    assert span == (12, 15)


def test_readers_comments_below_are_not_the_article_however_long() -> None:
    lines = read_lines("\n".join([PROSE] * 5 + ["التعليقات"] + [PROSE] * 50))
    assert article_span(lines) == (0, 5)


def test_a_list_that_a_colon_opens_belongs_to_the_article() -> None:
    lines = read_lines(f"{PROSE}\n{PROSE}\nوفي المكتبة ثلاث قاعات هي:\n- قاعة الكبار\n- قاعة الأطفال\n- قاعة المخطوطات")
    assert article_span(lines) == (0, 6)


def test_a_first_paragraph_without_a_full_stop_below_the_date_belongs_to_the_article() -> None:
    lede = "تفتح المكتبة العامة الجديدة أبوابها صباح السبت في البيت القديم"
    lines = read_lines(f"عنوان الخبر هنا كاملاً\nنشر في: 4 مارس 2025\n{lede}\n{PROSE}\n{PROSE}")
    assert article_span(lines) == (2, 5)


def test_no_more_lines_are_read_than_would_be_taken() -> None:
    assert len(read_lines("سطر\n" * (3 * MOST_LINES))) == MOST_LINES + 1
    assert len(read_lines("ا    " * (3 * MOST_LINES))) <= 2 * MOST_LINES + 2
