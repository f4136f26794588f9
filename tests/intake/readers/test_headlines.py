from __future__ import annotations

import pytest

from warraq.intake.readers.headlines import LONGEST_PROPOSAL, bare_title, overlap, propose_headline, roots

LEDE = (
    'كشفت صحيفة "صاندي تايمز" البريطانية عن لقاءات سرية جرت بين الرئيس الروسي فلاديمير بوتين وقادة من حركة طالبان'
    " في أفغانستان لعرض الدعم المادي والعسكري على الحركة، وذلك بعد أيام من تصريحات لمسؤول روسي."
)


def test_a_report_of_another_paper_names_it_first() -> None:
    assert propose_headline(LEDE) == (
        "صاندي تايمز: لقاءات سرية جرت بين الرئيس الروسي فلاديمير بوتين وقادة من حركة طالبان في أفغانستان"
    )


def test_a_plural_that_the_particle_inflects_stays_behind_its_particle() -> None:
    said = 'أعلنت صحيفة "المرفأ" أن مسؤولين كباراً في البلدية سيزورون المكتبة الجديدة على الميناء صباح السبت المقبل.'
    assert propose_headline(said).startswith('أعلنت صحيفة "المرفأ" أن مسؤولين')


@pytest.mark.parametrize(
    ("lede", "headline"),
    [
        (
            "دمشق، سوريا (CNN) -- وصلت قافلة المساعدات الثلاثاء إلى المدينة القديمة، وفقاً لما نقلته الوكالة الرسمية أمس"
            " عن مسؤول في الهلال الأحمر.",
            "وصلت قافلة المساعدات الثلاثاء إلى المدينة القديمة",
        ),
        (
            "فتحت المكتبة العامة أبوابها صباح السبت. وجاء الناس إليها من كل مكان، ومعهم أولادهم، وبقوا فيها طويلاً.",
            "فتحت المكتبة العامة أبوابها صباح السبت",
        ),
        ("نجح الأميركي مايك هيوز في التحليق.", "نجح الأميركي مايك هيوز في التحليق"),
    ],
)
def test_the_first_clause_becomes_the_headline(lede: str, headline: str) -> None:
    assert propose_headline(lede) == headline


@pytest.mark.parametrize("lede", [LEDE, "كلمة " * 200, "ك" * 500, '"' * 300 + " نص", "في من على " * 60])
def test_a_proposal_is_short_and_not_empty(lede: str) -> None:
    assert 0 < len(propose_headline(lede)) <= LONGEST_PROPOSAL


@pytest.mark.parametrize(
    ("title", "sites", "bare"),
    [
        ("وزير الرى يشهد توقيع عقد - اليوم السابع", ["اليوم السابع"], "وزير الرى يشهد توقيع عقد"),
        ("معارضون يسيطرون على مخازن - CNNArabic.com", ["CNNArabic"], "معارضون يسيطرون على مخازن"),
        (" المدينة نيوز - أميركا :50 الفا حصيلة", ["المدينة نيوز"], "أميركا :50 الفا حصيلة"),
        ("بوتين يلتقي قادة طالبان | الرأي برس", [], "بوتين يلتقي قادة طالبان"),
        ("دراسة - النوم مفيد للصغار", [], "دراسة - النوم مفيد للصغار"),
    ],
)
def test_the_sites_name_is_taken_off_a_title(title: str, sites: list[str], bare: str) -> None:
    assert bare_title(title, sites=sites) == bare


def test_overlap_sees_through_what_arabic_attaches_to_words() -> None:
    text = roots("اندلعت حرائق في الغابات وهدد الحريق البلدات المجاورة")
    assert overlap("حريق يهدد بلدات", text) > 0.6
    assert overlap("أسعار البن ترتفع عالمياً", text) == 0
