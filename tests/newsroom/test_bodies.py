"""Bodies as pieces: what an editor typed, nothing glued together and nothing lost."""

from __future__ import annotations

import pytest

from warraq.newsroom.models import PaperSettings
from warraq.newsroom.selectors.bodies import body_piece, body_text
from warraq.newsroom.selectors.papers import Clock

pytestmark = pytest.mark.django_db


def test_enter_inside_a_paragraph_begins_another(make_article):
    article = make_article(body=[("paragraph", "<p>السطر الأول.</p><p>السطر <b>الثاني</b>.</p><p></p>")])
    pieces = body_piece(article.body, clock=Clock(PaperSettings.load()))
    assert [piece.value["html"] for piece in pieces] == ["السطر الأول.", "السطر <b>الثاني</b>."]
    assert body_text(article.body).split() == ["السطر", "الأول.", "السطر", "الثاني."]


def test_in_a_list_it_begins_another_line(make_article):
    item = {"ordered": False, "items": ["<p>أول</p><p>تابع</p>"]}
    [piece] = body_piece(make_article(body=[("list", item)]).body, clock=Clock(PaperSettings.load()))
    assert piece.value["items"] == ("أول<br>تابع",)
