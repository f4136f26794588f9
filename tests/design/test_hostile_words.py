"""Words that no designer asked for: nothing of them stands out of a page, and nothing of a letter is cut off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.design import sample, sample_pages
from tests.design.in_a_browser import Front, opened

WORDS = {
    "a long headline": "وزير المياه يقول إن السدود التي بُنيت على عجل لن تصمد أمام سيول الموسم القادم " * 3,
    "one long word": "سيستخدمونهاليستخدمونهاويستخدمونها" * 6,
    "a long address": "https://example.org/" + "aB3-" * 40,
    "marks": "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ وَٱلصَّلَاةُ عَلَىٰ مُحَمَّدٍ ﷺ",
    "a name that turns": "\u202eعلي\u202c (Ali) \u2067احمد\u2069 \u2066x\u2069",
    "Latin and numbers": "شركة OpenAI تطلق GPT-5 (نسخة 2.0) بسعر $20 «للجميع» 50%",
}


def pages(words: str) -> dict[str, sample_pages.Page]:
    s, found = sample, sample_pages.pages()
    cards = tuple(replace(card, headline=words, standfirst=words, kicker=words) for card in s.cards(1, 12))
    article = replace(s.plain_article(), headline=words, standfirst=words, kicker=words)
    front = s.front()
    lead = replace(front.lead, headline=words, standfirst=words)
    front = replace(front, lead=lead, slots=cards[:4], latest=cards[4:])
    return {
        "/": ("front", {**found["/"][1], "front": front}),
        "/economy/2/": ("article", {**found["/economy/2/"][1], "article": article}),
        "/news/": ("listing", {**found["/news/"][1], "listing": s.listing(s.NEWS, cards)}),
    }


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_stands_out_of_the_page(
    browser: Any, origin: str, monkeypatch: pytest.MonkeyPatch, words: str, width: int
) -> None:
    for path, page in pages(words).items():
        monkeypatch.setitem(Front.bodies, path, sample_pages.draw(page).encode())
        with opened(browser, origin + path, width=width) as seen:
            assert seen.evaluate("document.documentElement.scrollWidth") <= width, path


CUT = """() => [...document.querySelectorAll("h1, h2, h3, .title, .kicker, .standfirst, .nameplate, p, li, button")]
  .filter(one => one.innerText.trim() && getComputedStyle(one).overflow !== "visible" && one.closest("ul") === null)
  .filter(one => one.scrollHeight > one.clientHeight + 1)
  .map(one => one.className + ": " + one.innerText.slice(0, 40))"""
LEADING = """() => [...document.querySelectorAll("h1, h2, h3, .title, .nameplate")].filter(one => one.innerText.trim())
  .map(one => [one.className || one.tagName, parseFloat(getComputedStyle(one).lineHeight)
    / parseFloat(getComputedStyle(one).fontSize), getComputedStyle(one).letterSpacing])"""


@pytest.mark.parametrize("path", ["/", "/economy/1/", "/news/", "/opinion/", "/texts/2/", "/archive/2026/11/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_headings_leave_room_for_marks_and_descenders_and_letters_stay_joined(
    browser: Any, origin: str, path: str, width: int
) -> None:
    with opened(browser, origin + path, width=width) as page:
        assert page.evaluate(CUT) == []
        found = page.evaluate(LEADING)
        assert found
        assert [one for one in found if one[1] < 1.35] == []
        assert {one[2] for one in found} == {"normal"}
