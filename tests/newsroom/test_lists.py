"""What the heads of lists and the archive's index say, and that they are pressed again when it changes."""

from __future__ import annotations

import pytest

from warraq.newsroom import services
from warraq.newsroom.placing import PAGE

pytestmark = pytest.mark.django_db


def pressed(tree, path: str) -> str:
    return (tree / "pages" / path / "index.html").read_text()


def test_a_list_leads_to_its_archive_once_its_head_does_not_show_everything(make_article, press_all, tree):
    articles = [make_article(f"خبر {number}") for number in range(PAGE)]
    press_all()
    assert 'class="pages"' not in pressed(tree, "news")
    articles.append(make_article("خبر آخر"))
    press_all()
    assert 'href="/news/archive/1/"' in pressed(tree, "news")
    services.unpublish(article=articles[0])
    press_all()
    assert 'class="pages"' not in pressed(tree, "news")


def test_a_section_says_what_it_is_about(front_page, press_all, tree):
    services.open_section(slug="science", title="علوم", description="السماء والأرض والجسد.")
    press_all()
    text = pressed(tree, "science")
    assert '<p class="about">السماء والأرض والجسد.</p>' in text
    assert '<meta name="description" content="السماء والأرض والجسد.">' in text


def test_the_archives_index_counts_each_months_articles(make_article, press_all, tree):
    first = make_article("أول")
    make_article("ثانٍ")
    press_all()
    assert ">(2)<" in pressed(tree, "archive")
    services.unpublish(article=first)
    press_all()
    assert ">(1)<" in pressed(tree, "archive")
