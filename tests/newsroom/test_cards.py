"""A page without a photo is shared with its headline as a picture."""

from __future__ import annotations

import re

import pytest

from warraq.design import cards
from warraq.newsroom import services

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not cards.can_shape(), reason="no FriBidi on this machine (Debian: libfribidi0)"),
]
ORIGIN = "https://paper.example"


def shared(tree, path: str) -> str:
    """The path of what stands for a page where it is shared."""
    text = (tree / "pages" / path / "index.html").read_text()
    [address] = re.findall(r'<meta property="og:image" content="([^"]+)">', text)
    assert address.startswith(ORIGIN)
    return address.removeprefix(ORIGIN)


@pytest.fixture(autouse=True)
def _at_an_address(settings):
    settings.WARRAQ_ORIGIN = ORIGIN


def test_an_article_is_shared_with_its_headline_and_another_headline_is_another_picture(make_article, press_all, tree):
    article = make_article("قهوة المخا")
    press_all()
    first = shared(tree, f"news/{article.pk}")
    assert (tree / "pages" / first[1:]).read_bytes()[1:4] == b"PNG"
    assert first in (tree / "pages" / "news" / str(article.pk) / "index.html").read_text().partition("ld+json")[2]
    article.title = "قهوة المخا تعود"
    article.save_revision()
    services.publish(article=article)
    press_all()
    second = shared(tree, f"news/{article.pk}")
    assert second != first
    assert (tree / "pages" / second[1:]).exists()


def test_lists_are_shared_with_the_papers_own_picture(make_article, press_all, tree):
    make_article("خبر")
    press_all()
    path = shared(tree, "")
    assert shared(tree, "news") == path
    assert (tree / "pages" / path[1:]).exists()


def test_a_system_that_cannot_shape_arabic_draws_nothing(make_article, press_all, tree, monkeypatch):
    monkeypatch.setattr(cards, "can_shape", lambda: False)
    article = make_article("قهوة المخا")
    press_all()
    assert "og:image" not in (tree / "pages" / "news" / str(article.pk) / "index.html").read_text()
    assert not list(tree.glob("pages/_/media/*-card.png"))


def test_a_headline_that_could_not_be_drawn_as_it_is_leaves_its_place_to_the_paper(make_article, press_all, tree):
    article = make_article("نجا ½ مليون")
    press_all()
    assert shared(tree, f"news/{article.pk}") == shared(tree, "")
