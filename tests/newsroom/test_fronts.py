"""The front fills itself and never shows an article twice."""

from __future__ import annotations

import pytest

from warraq.newsroom import services
from warraq.newsroom.models import Front, PaperSettings
from warraq.newsroom.selectors.fronts import front_piece
from warraq.newsroom.selectors.papers import Clock

pytestmark = pytest.mark.django_db


def shown(front) -> list[int]:
    piece = front_piece(front, clock=Clock(PaperSettings.load()))
    cards = [piece.lead] if piece.lead else []
    cards += [*piece.lead_related, *piece.slots, *piece.latest]
    cards += [card for block in piece.sections for card in block.cards]
    return [card.id for card in cards]


def test_nothing_stands_on_the_front_twice(make_article, press_all):
    other = services.open_section(slug="culture", title="ثقافة")
    articles = [
        make_article(f"خبر {number}", section=other) if number % 3 else make_article(f"خبر {number}")
        for number in range(25)
    ]
    services.arrange_front(lead=articles[3], slots=[articles[3], articles[20], articles[20], articles[5]])
    press_all()
    ids = shown(Front.objects.get())
    assert len(ids) == len(set(ids))
    assert ids[0] == articles[3].pk
    assert {articles[20].pk, articles[5].pk} <= set(ids)


def test_the_newest_leads_where_no_one_was_chosen(make_article, press_all):
    make_article("أقدم")
    newest = make_article("أحدث")
    press_all()
    assert shown(Front.objects.get())[0] == newest.pk


def test_a_chosen_story_that_is_taken_down_makes_room(make_article, press_all):
    chosen, other = make_article("مختار"), make_article("آخر")
    services.arrange_front(lead=chosen, slots=[])
    services.unpublish(article=chosen)
    press_all()
    assert shown(Front.objects.get()) == [other.pk]


def test_breaking_news_of_the_leading_story_is_not_said_twice(make_article, press_all):
    other, lead = make_article("آخر"), make_article("سيول أول الموسم")
    services.break_news(text="سيول في الوادي", article=lead)
    press_all()
    front = Front.objects.get()
    clock = Clock(PaperSettings.load())
    assert front_piece(front, clock=clock).breaking is None
    front.lead = other
    assert front_piece(front, clock=clock).breaking.text == "سيول في الوادي"
    services.break_news(text="خبر بلا مقال", article=None)
    front.lead = lead
    assert front_piece(front, clock=clock).breaking.text == "خبر بلا مقال"


def test_the_bar_comes_back_when_another_story_leads(make_article, press_all, tree):
    other, lead = make_article("آخر"), make_article("سيول أول الموسم")
    services.break_news(text="سيول في الوادي", article=lead)
    press_all()
    pressed = tree / "pages" / "index.html"
    assert "سيول في الوادي" not in pressed.read_text()
    services.arrange_front(lead=other, slots=[])
    press_all()
    assert "سيول في الوادي" in pressed.read_text()


def test_an_empty_paper_has_a_front(front_page, press_all, tree):
    press_all()
    assert "الورّاق" in (tree / "pages" / "index.html").read_text()


def test_beside_the_lead_stands_its_own_section_also_once_that_hangs_under_another(make_article, section, press_all):
    inner = services.open_section(slug="ports", title="موانئ")
    beside, lead = make_article("من القسم نفسه", section=inner), make_article("القصة", section=inner)
    press_all()
    inner.move(section, pos="last-child")
    for number in range(4):
        make_article(f"خبر من فوق {number}")
    services.arrange_front(lead=lead, slots=[])
    press_all()
    piece = front_piece(Front.objects.get(), clock=Clock(PaperSettings.load()))
    assert [card.id for card in piece.lead_related] == [beside.pk]
