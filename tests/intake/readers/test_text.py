from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from warraq.intake.errors import NoArticle, TooBig
from warraq.intake.material import Material
from warraq.intake.readers.body import text_of
from warraq.intake.readers.furniture import why
from warraq.intake.readers.text import LONGEST_TEXT, read_text
from warraq.language.normalise import words

ADEN = ZoneInfo("Asia/Aden")
FIRST = "فتحت المكتبة العامة أبوابها صباح السبت في البيت القديم على الميناء، وجاء الناس إليها من كل مكان."
SECOND = "وتضم المكتبة اثني عشر ألف كتاب، وقاعة للأطفال تتسع لستين طفلاً، وقاعة للمخطوطات."


def taken(text: str) -> Material:
    return read_text(text, zone=ADEN)


def said(material: Material) -> list[str]:
    return words(" ".join([material.standfirst, *text_of(material.body)]))


@pytest.fixture(scope="module")
def saved(fixtures: Path) -> str:
    return (fixtures / "saved.txt").read_text(encoding="utf-8")


def test_a_saved_page_without_a_headline_becomes_a_whole_article(saved: str) -> None:
    material = taken(saved)
    assert material.headline == "المرفأ: بلدية المدينة ستفتح مكتبة عامة جديدة في البيت القديم على الميناء"
    assert material.headline_proposed
    assert material.standfirst.startswith('ذكرت صحيفة "المرفأ"')
    assert [piece.value["text"] for piece in material.body if piece.kind == "heading"] == ["قاعة للأطفال", "كتب نادرة"]
    quotations = [piece.value for piece in material.body if piece.kind == "quotation"]
    assert [(value["speaker"], value["source"]) for value in quotations] == [
        ("البلدية", "بيان"),
        ("سالم باوزير", "وكالة سبأ"),
        ("سالم باوزير", ""),
    ]
    assert material.sources == ("صحيفة المرفأ", "وكالة سبأ")


def test_every_line_is_in_the_article_or_listed_with_its_number(saved: str) -> None:
    material = taken(saved)
    lines = saved.splitlines()
    listed = {left.line: left.text for left in material.left_out}
    assert all(words(lines[number - 1]) == words(text) for number, text in listed.items() if number)
    kept = [line for number, line in enumerate(lines, 1) if line.strip() and number not in listed]
    assert said(material) == words(" ".join(kept).replace('"سبأ" إن "', '"سبأ": "'))


def test_what_is_left_out_says_why(saved: str) -> None:
    reasons = {left.line: left.why for left in taken(saved).left_out}
    assert {reasons[1], reasons[2], reasons[24], reasons[26]} == {why("rank")}
    assert {reasons[4], reasons[7], reasons[14]} == {why("headline")}
    assert {reasons[20], reasons[21]} == {why("follow")}
    assert {reasons[22], reasons[23]} == {why("menu")}
    assert reasons[13] == why("related")


def test_a_page_with_its_headline_date_and_byline() -> None:
    material = taken(
        "الرئيسية\n- ارتفاع أسعار البن في الأسواق\nالمكتبة العامة تفتح أبوابها على الميناء | المرفأ\n"
        f"نشر في: الثلاثاء 4 مارس 2025 - 06:05 م\nكتب - سالم باوزير:\n{FIRST}\n{SECOND}\nالمصدر: رويترز\n"
        "https://almarfa.example/news/417?x=1"
    )
    assert (material.headline, material.headline_proposed) == ("المكتبة العامة تفتح أبوابها على الميناء", False)
    assert material.authors == ("سالم باوزير",)
    assert material.published is not None
    assert material.published.isoformat() == "2025-03-04T18:05:00+03:00"
    assert material.sources == ("وكالة رويترز",)
    assert material.origin_url == "https://almarfa.example/news/417?x=1"
    assert material.old_paths == ("/news/417?x=1",)
    assert material.standfirst == FIRST


def test_another_storys_headline_is_never_taken_for_this_ones() -> None:
    material = taken(f"أسعار البن ترتفع في الأسواق العالمية\nفريق المدينة يفوز بالبطولة\n{FIRST}\n{SECOND}")
    assert material.headline_proposed
    assert material.headline.startswith("فتحت المكتبة العامة")


@pytest.mark.parametrize("below", ["", "\n\nخبر قصير من المدينة"])
def test_the_first_line_over_a_blank_one_and_the_text_is_the_headline(below: str) -> None:
    material = taken(f"خطوة تعيد الأمل إلى الناشئة\n\n{FIRST} {SECOND}{below}\n")
    assert (material.headline, material.headline_proposed) == ("خطوة تعيد الأمل إلى الناشئة", False)
    assert "خطوة تعيد الأمل إلى الناشئة" not in [left.text for left in material.left_out]


@pytest.mark.parametrize("above", ["- أسعار البن ترتفع", "أسعار البن ترتفع في العالم\n\nفريق المدينة يفوز بالبطولة"])
def test_a_line_among_other_headlines_is_not_the_headline_for_the_blank_below_it(above: str) -> None:
    assert taken(f"{above}\n\n{FIRST}\n{SECOND}").headline_proposed


def test_a_headline_in_the_ranking_list_is_this_articles_if_it_says_the_same() -> None:
    title = "المكتبة العامة تفتح أبوابها في البيت القديم"
    material = taken(f"- أسعار البن ترتفع\n- {title}\n- فوز الفريق\n{FIRST}\n{SECOND}")
    assert material.headline == title


def test_the_same_headline_again_is_left_out() -> None:
    title = "المكتبة العامة تفتح أبوابها على الميناء"
    material = taken(f"{title}\n{title}\n{FIRST}\n{SECOND}")
    assert [left.why for left in material.left_out] == [why("title")]


def test_a_lede_too_long_for_a_standfirst_stays_in_the_body() -> None:
    lede = " ".join([SECOND] * 9)
    material = taken(f"{lede}\n{SECOND}")
    assert material.standfirst == ""
    assert said(material) == words(f"{lede} {SECOND}")


def test_lists_are_lists() -> None:
    material = taken(f"{FIRST}\n{SECOND}\nوفيها ثلاث قاعات هي:\n1. قاعة الكبار\n2. قاعة <الأطفال>\n{SECOND}")
    (points,) = [piece.value for piece in material.body if piece.kind == "list"]
    assert points == {"items": ("قاعة الكبار", "قاعة &lt;الأطفال&gt;"), "ordered": True}


def test_the_same_words_have_the_same_fingerprint_whatever_stands_around_them(saved: str) -> None:
    other = saved.replace("- اليوم", "- أمس").replace("ارتفاع أسعار البن", "انخفاض أسعار البن")
    assert taken(saved).fingerprint == taken(other).fingerprint
    assert taken(saved).fingerprint != taken(saved.replace("اثني عشر", "عشرين")).fingerprint


@pytest.mark.parametrize("text", ["- خبر\n- خبر آخر\n- الأكثر قراءة", "كلمة", "17302"])
def test_a_page_without_a_paragraph_is_refused(text: str) -> None:
    with pytest.raises(NoArticle, match="Nothing was taken in"):
        taken(text)


def test_an_endless_text_is_refused() -> None:
    with pytest.raises(TooBig):
        taken("ا" * (LONGEST_TEXT + 1))
    with pytest.raises(TooBig):
        taken("سطر\n" * 30_000)


def test_the_real_page_line_by_line(inputs: Path) -> None:
    (file,) = (inputs / "seed").glob("000_*.txt")
    lines = file.read_text(encoding="utf-8").splitlines()
    material = taken("\n".join(lines))
    article = [line for line in lines[14:31] if line]
    assert said(material) == words(" ".join(article).replace('انترفاكس إن "', 'انترفاكس: "'))
    before = [piece.value["html"] for piece in material.body if "انترفاكس" in piece.value.get("html", "")]
    assert before == ["وقال لوكالة الأنباء الروسية انترفاكس:"]
    assert [left.line for left in material.left_out] == [1, 2, *range(4, 14), *range(32, 40)]
    assert [piece.value["text"] for piece in material.body if piece.kind == "heading"] == [
        lines[16], lines[21], lines[27]
    ]  # fmt: skip
    assert material.sources == ("صحيفة صاندي تايمز", "وكالة انترفاكس")
    quotations = [piece.value for piece in material.body if piece.kind == "quotation"]
    assert [value["speaker"] for value in quotations] == ["حركة طالبان", "زامير كابولوف", "زامير كابولوف"]
    assert material.headline_proposed
