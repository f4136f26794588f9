from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from warraq.intake.readers import furniture as module
from warraq.intake.readers.furniture import furniture, why


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("الأكثر قراءة", "rank"),
        ("الأكثر تعليقاً", "rank"),
        ("الأسبـــوع", "rank"),
        ("اخبار أدبية", "menu"),
        ("لمزيد من الأخبار يرجى الإعجاب بصفحتنا على الفيس بوك : إضغط هنا", "follow"),
        ("لمتابعة أخبار الرأي برس عبر التليجرام إضغط هنا", "follow"),
        ("تابعوا أخبار الإمارات من البيان عبر غوغل نيوز", "follow"),
        ("تعليقات (12)", "comments"),
        ("الآراء الواردة أدناه لا تعبر عن رأي موقع CNN بالعربية", "comments"),
        ("اقرأ أيضاً: عشرة كتب للصغار", "related"),
        ("مواضيع ذات صلة", "more"),
        ("جميع الحقوق محفوظة © 2020 مؤسسة دبي للإعلام", "legal"),
        ("عدد القراءات: 1234", "count"),
        ("انتهى 4", "end"),
        ("17302", "number"),
    ],
)
def test_furniture_is_known_by_its_kind(line: str, kind: str) -> None:
    assert furniture(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "طالبان تنفي",
        "شارك آلاف المتظاهرين في مسيرة دعت إليها صفحات على فيسبوك وسط المدينة أمس",
        "اليوم يبدأ العام الدراسي الجديد في المدينة.",
        "وقال إن التعليقات كثيرة على الخبر.",
        "تابعوا أبناءكم في الدراسة، " + "فالكتاب خير من الشاشة التي تأخذ وقتهم كله " * 4 + "على فيسبوك.",
        "كلمة " * 61,
    ],
)
def test_words_of_an_article_are_no_furniture(line: str) -> None:
    assert furniture(line) == ""


def test_every_kind_says_why_it_is_left_out() -> None:
    data = tomllib.loads((files(module.__package__) / "furniture.toml").read_text(encoding="utf-8"))
    for kind in [*data, "number"]:
        assert why(kind).endswith(".")
