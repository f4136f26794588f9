from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.intake.readers.quotations import split_quotation
from warraq.language.normalise import words

TALIBAN = "من جهتها نفت حركة طالبان تصريحات مسؤول روسي الأربعاء الماضي."
ENVOY = 'وكان ممثل الكرملين الخاص "زامير كابولوف" قال الأربعاء، إن التنظيم هو العدو الأول.'


def test_a_body_named_before_is_named_in_full_and_its_statement_is_the_source() -> None:
    found = split_quotation('وأضافت الحركة في بيان لها: "ليس لدينا أي اتصال مع أي كان".', earlier=[TALIBAN])
    assert found is not None
    assert found.before == "وأضافت الحركة في بيان لها:"
    assert (found.text, found.speaker, found.source) == ("ليس لدينا أي اتصال مع أي كان", "حركة طالبان", "بيان")


def test_a_pronoun_is_who_spoke_in_the_paragraph_above_and_the_agency_is_the_source() -> None:
    paragraph = 'وقال لوكالة الأنباء الروسية انترفاكس إن "مصالح الحركة تتطابق مع مصالحنا".'
    found = split_quotation(paragraph, earlier=[ENVOY])
    assert found is not None
    assert (found.before, found.text) == ("وقال لوكالة الأنباء الروسية انترفاكس:", "مصالح الحركة تتطابق مع مصالحنا")
    assert (found.speaker, found.source) == ("زامير كابولوف", "وكالة انترفاكس")


def test_a_full_stop_within_the_marks_is_the_speakers() -> None:
    found = split_quotation('وقال الوزير: "نبدأ غداً العمل كله معاً."')
    assert found is not None
    assert found.text == "نبدأ غداً العمل كله معاً."


def test_a_family_name_in_quotation_marks_becomes_the_full_name() -> None:
    found = split_quotation('وأضاف "كابولوف": "قلت من قبل أن لدينا قنوات اتصال".', earlier=[ENVOY])
    assert found is not None
    assert (found.speaker, found.text) == ("زامير كابولوف", "قلت من قبل أن لدينا قنوات اتصال")


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("وقال وزير الداخلية نور الدين بدوي، بعد تدشين المعبر:", "وزير الداخلية نور الدين بدوي"),
        ("وقال كاتب السير الألماني، بوريس ريت شستر:", "كاتب السير الألماني، بوريس ريت شستر"),
        ("ونقلت رويترز عن خليل الحريري، مدير المتحف قوله:", "خليل الحريري"),
        ("وأوضح لودريان لإذاعة «فرانس إنتر» أن", "لودريان"),
        ("وقالت الباحثة المشرفة على الدراسة:", "الباحثة"),
    ],
)
def test_speakers_are_the_subject_of_the_verb(before: str, speaker: str) -> None:
    found = split_quotation(f"{before} «الكتاب خير جليس في هذا الزمان».")
    assert found is not None
    assert found.speaker == speaker


def test_who_goes_on_is_who_spoke_just_above_if_the_verb_agrees() -> None:
    first = split_quotation("وقال سالم باوزير: «نريد أن يلمس الأطفال الورق».")
    assert first is not None
    same = split_quotation("وأضاف: «ونريد أن يقرأوا كل يوم صفحة».", just_above=first)
    other = split_quotation("وأضافت: «ونريد أن يقرأوا كل يوم صفحة».", just_above=first)
    assert same is not None
    assert same.speaker == "سالم باوزير"
    assert other is None


@pytest.mark.parametrize(
    "paragraph",
    [
        'نفت الحركة وجود أي تبادل للمعلومات وعن "حاجتها لمساعدة أي جهة في هذا الشأن كله".',
        'تؤكد طالبان أن خصومها "ليس لديهم وجود سوى في منطقة صغيرة واحدة فقط من البلد".',
        'وقال الوزير في اللقاء الذي جمعه أمس بأهل الحي إن "القاعة مفتوحة لكل الناس دائماً".',
        'وقال الوزير: "نعم" ثم غادر القاعة.',
        'وقال الوزير: "لا تعليق لدينا".',
        'قال: "نريد أن يلمس الأطفال الورق كل يوم".',
        "وقال الوزير: «نبدأ غداً العمل كله» وأضاف: «ثم نرى بعد ذلك ما يكون».",
        'وقال الوزير: "نبدأ غداً العمل كله" وأضاف: "ثم نرى بعد ذلك ما يكون".',
    ],
)
def test_what_is_doubtful_stays_one_paragraph(paragraph: str) -> None:
    assert split_quotation(paragraph) is None


@given(
    name=st.sampled_from(["سالم باوزير", "وزيرة الثقافة", "الحركة"]),
    said=st.lists(st.sampled_from(["كتاب", "«ورق»", "مدينة", "الأطفال،", "نقرأ"]), min_size=5, max_size=30),
    that=st.sampled_from([":", " إن"]),
)
def test_no_word_is_lost_or_moved(name: str, said: list[str], that: str) -> None:
    paragraph = f"وقال {name}{that} «{' '.join(said)}»."
    found = split_quotation(paragraph)
    assert found is not None
    assert words(f"{found.before} {found.text}") == [word for word in words(paragraph) if word != "ان"]
