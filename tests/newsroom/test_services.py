"""The newsroom's verbs."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from warraq.newsroom import services, tasks
from warraq.newsroom.errors import BadAddress, NotPublished
from warraq.newsroom.models import Article, Correction, Section, Signature
from warraq.newsroom.selectors.articles import article_piece
from warraq.newsroom.selectors.cards import authors_of
from warraq.newsroom.selectors.papers import Clock, paper_settings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["search", "عربي", "1news", "a", "News", "archive"])
def test_a_section_address_is_ascii_and_its_own(front_page, slug):
    with pytest.raises(BadAddress):
        services.open_section(slug=slug, title="قسم")
    assert not Section.objects.filter(title="قسم").exists()


def test_two_sections_never_share_an_address(section):
    with pytest.raises(BadAddress):
        services.open_section(slug="news", title="أخرى", parent=section)


def test_an_article_published_as_of_then_keeps_that_time(make_article):
    then = timezone.now() - timedelta(days=9)
    article = make_article(published=False)
    published = services.publish(article=article, at=then)
    assert (published.first_published_at, published.last_published_at) == (then, then)


def test_a_draft_cannot_be_retracted(make_article):
    with pytest.raises(NotPublished):
        services.retract(article=make_article(published=False), by=None, reason="سبب")


def test_an_article_moves_into_a_section_that_another_reached_meanwhile(make_article, section):
    empty = services.open_section(slug="culture", title="ثقافة")
    known = Section.objects.get(pk=empty.pk)  # as it was while nothing stood in it
    services.move(article=make_article(), section=Section.objects.get(pk=empty.pk))
    moved = services.move(article=make_article(), section=known)
    assert moved.get_parent().pk == empty.pk
    assert Section.objects.get(pk=empty.pk).numchild == 2


def test_a_deletion_that_breaks_off_leaves_the_article_and_its_section_as_they_were(make_article, section, monkeypatch):
    article = make_article()

    def broken(*_args, **_kwargs):
        raise OSError("the disk")

    monkeypatch.setattr("django.db.models.deletion.Collector.delete", broken)  # the section counts it no longer
    with pytest.raises(OSError, match="the disk"):
        services.delete(article=article)
    assert Article.objects.filter(pk=article.pk).exists()
    assert Section.objects.get(pk=section.pk).numchild == 1


def test_publishing_a_retracted_article_ends_the_retraction(make_article):
    article = make_article()
    services.retract(article=article, by=None, reason="سبب")
    services.publish(article=Article.objects.get(pk=article.pk))
    assert not hasattr(Article.objects.get(pk=article.pk), "retraction")


def test_a_scheduled_article_is_published_when_its_time_has_come(make_article):
    article = make_article(published=False)
    article.go_live_at = timezone.now() + timedelta(seconds=0.6)
    article.save_revision().publish()
    assert tasks.publish_due() == 0
    assert not Article.objects.get(pk=article.pk).live
    time.sleep(0.7)
    assert tasks.publish_due() == 1
    assert Article.objects.get(pk=article.pk).live


def test_a_correction_stands_on_the_page(make_article, press_all, tree):
    article = services.correct(article=make_article(), by=None, text="ورد خطأً أن المجلس عُقد سنة 1512.")
    press_all()
    assert "سنة 1512" in (tree / "pages" / "news" / str(article.pk) / "index.html").read_text()


def test_authors_stand_as_they_were_given_in_whatever_order_the_database_gives_them(make_article):
    authors = [services.add_author(name=name) for name in ("هدى", "سالم", "أروى")]
    article = make_article(authors=authors)
    rows = Signature.objects.filter(article=article).order_by("pk")
    assert [row.sort_order for row in rows] == [0, 1, 2]
    rows.update(sort_order=None)  # as earlier versions wrote them
    first = rows[0]
    Signature.objects.filter(pk=first.pk).delete()
    first.save(force_insert=True)  # PostgreSQL gives last what was written last
    assert [piece.name for piece in authors_of(Article.objects.get(pk=article.pk))] == ["هدى", "سالم", "أروى"]


def test_a_second_correction_stands_under_the_first(make_article):
    article = services.correct(article=make_article(), by=None, text="الأول")
    Correction.objects.filter(article=article).update(sort_order=0)  # as an editor's screen writes it
    article = services.correct(article=Article.objects.get(pk=article.pk), by=None, text="الثاني")
    piece = article_piece(article, clock=Clock(paper_settings()))
    assert [one.text for one in piece.corrections] == ["الأول", "الثاني"]


def test_opening_a_paper_twice_changes_nothing(front_page):
    assert services.open_paper(name="غيره", language="ar").title == front_page.title
