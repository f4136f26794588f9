from __future__ import annotations

import pytest

from warraq.intake.readers.sources import find_sources, signature, source_line


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('كشفت صحيفة "صاندي تايمز" البريطانية عن لقاءات', ("صحيفة صاندي تايمز",)),
        ("وقال لوكالة الأنباء الروسية انترفاكس إن", ("وكالة انترفاكس",)),
        ("وذَكَرَت صحيفة Le Parisien الفرنسية أن", ("صحيفة Le Parisien",)),
        ("أعلنت وكالة الأنباء السعودية أن", ("وكالة الأنباء السعودية",)),
        ("قال لرويترز إن الأمر انتهى", ("وكالة رويترز",)),
        ("قال مسؤول إن الأمر انتهى (رويترز)", ("وكالة رويترز",)),
        ("وفق قناة «الجزيرة» ووكالة فرانس برس", ("قناة الجزيرة", "وكالة فرانس برس")),
        ("انتهى الخبر --(بترا)", ("وكالة بترا",)),
    ],
)
def test_outlets_are_found_as_the_text_spells_them(text: str, names: tuple[str, ...]) -> None:
    assert find_sources(text) == names


@pytest.mark.parametrize(
    "text", ["وصل إلى موقع الحادث الإرهابي", "افتتاح قناة السويس الجديدة", "وقالت الصحيفة إن", "شبكة المياه في المدينة"]
)
def test_what_only_sounds_like_an_outlet_is_none(text: str) -> None:
    assert find_sources(text) == ()


def test_a_line_of_sources_is_told_from_a_sentence() -> None:
    assert source_line("المصدر: رويترز + وكالات") == ("وكالة رويترز", "وكالات")
    assert source_line("المصدر: قال إن الأمر كبير جداً ولا يحتمل") == ()
    assert source_line("المصدر: https://example.com/x") == ()


def test_a_signature_is_nothing_but_agencies() -> None:
    assert signature("فرانس24/ أ ف ب") == ("فرانس24", "وكالة أ ف ب")
    assert signature("حريق في المدينة") == ()
