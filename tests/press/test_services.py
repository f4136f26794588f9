"""The press over a real newsroom: what is rendered, what is written, what is left alone."""

from __future__ import annotations

import re

import pytest

from tests.newsroom.fixtures import image_bytes
from warraq.newsroom import services as newsroom
from warraq.newsroom.models import Article
from warraq.press import queue
from warraq.press import services as press
from warraq.press.models import DueSheet, SheetRecord
from warraq.press.sheets import Lane

pytestmark = pytest.mark.django_db


def pages(tree) -> dict[str, int]:
    """Public path → modification time, ns, of each pressed page."""
    root = tree / "pages"
    return {
        "/" + str(file.relative_to(root)).removesuffix("index.html"): file.stat().st_mtime_ns
        for file in root.rglob("*")
        if file.is_file() and file.suffix not in {".br", ".gz"}
    }


def test_a_published_article_lies_where_its_address_says(make_article, tree, no_orphans):
    article = make_article("البن والميناء")
    press.press_pending()
    assert "البن والميناء" in (tree / "pages" / "news" / str(article.pk) / "index.html").read_text()
    assert f"/news/{article.pk}/" in pages(tree)


def test_a_draft_is_not_pressed(make_article, tree):
    make_article("مسوّدة لا يراها أحد", published=False)
    press.press_pending()
    assert all("مسوّدة" not in file.read_text() for file in (tree / "pages").rglob("*.html"))


def test_pressing_twice_writes_nothing(make_article, tree):
    make_article()
    press.press_pending()
    before = pages(tree)
    assert press.press_pending().sheets_rendered == 0
    assert press.press_all().sheets_written == 0
    assert pages(tree) == before


def test_a_moved_article_leaves_a_redirect_and_comes_back(make_article, tree):
    article = make_article()
    other = newsroom.open_section(slug="culture", title="ثقافة")
    press.press_pending()
    moved = newsroom.move(article=article, section=other)
    press.press_pending()
    assert (tree / "moved" / "news" / str(article.pk) / "index.html").read_text() == f"/culture/{article.pk}/\n"
    assert not (tree / "pages" / "news" / str(article.pk)).exists()
    newsroom.move(
        article=moved,
        section=Article.objects.get(pk=article.pk).get_parent().specific.__class__.objects.get(slug="news"),
    )
    press.press_pending()
    assert (tree / "pages" / "news" / str(article.pk) / "index.html").exists()
    assert (tree / "moved" / "culture" / str(article.pk) / "index.html").read_text() == f"/news/{article.pk}/\n"
    assert press.verify().drift == ()


def dead_links(tree) -> set[str]:
    """Links on pressed pages to where neither a page nor a trace lies."""
    lies = {
        "/" + str(file.relative_to(tree / kind)).removesuffix("index.html")
        for kind in ("pages", "moved", "gone")
        for file in (tree / kind).rglob("*")
        if file.is_file()
    }
    links = {
        link
        for file in (tree / "pages").rglob("*.html")
        for link in re.findall(r'(?:href|src)="(/[^"#?]*)', file.read_text())
    }
    return {link for link in links if link not in lies and link not in {"/_/comment", "/_/read", "/_/read.gif"}}


def test_no_list_leads_nowhere_while_an_article_comes_moves_and_goes(make_article, tree, settings):
    """Looked at after each step of the press, as readers may."""
    settings.WARRAQ_GRACE_SECONDS = 3600
    other = newsroom.open_section(slug="culture", title="ثقافة")
    photo = newsroom.add_photo(title="البن", data=image_bytes(), name="bun.jpg")
    make_article("خبر يبقى")
    press.press_pending()

    def step_by_step() -> None:
        while press.press_pending(limit_steps=1).sheets_rendered:
            assert dead_links(tree) == set()

    article = make_article("خبر ينتقل", photo=photo)
    step_by_step()
    article = newsroom.move(article=article, section=other)
    step_by_step()
    photo.focal_point_x, photo.focal_point_y, photo.focal_point_width, photo.focal_point_height = 1, 1, 2, 2
    photo.save()
    step_by_step()
    newsroom.retract(article=article, by=None, reason="نُقل خطأ")
    step_by_step()
    newsroom.publish(article=Article.objects.get(pk=article.pk))
    step_by_step()
    newsroom.unpublish(article=Article.objects.get(pk=article.pk))
    step_by_step()
    assert press.verify().drift == ()


def test_an_editors_page_is_not_put_behind_a_press_of_the_whole_archive(make_article):
    article = make_article()
    press.press_pending()
    article.title = "عنوان آخر"
    article.save_revision().publish()
    queue.gather()
    press.announce("paper", lane=Lane.TAIL)
    queue.gather()
    assert DueSheet.objects.get(kind="article", ident=str(article.pk)).lane == Lane.EDITOR


def test_a_retracted_article_says_so_and_an_unpublished_one_is_gone(make_article, tree, django_user_model):
    editor = django_user_model.objects.create_superuser("editor", password="x")
    one, two = make_article("خبر يُسحب"), make_article("خبر يُرفع")
    press.press_pending()
    newsroom.retract(article=one, by=editor, reason="نُشر قبل التحقق من مصدره.")
    newsroom.unpublish(article=two, by=editor)
    press.press_pending()
    assert "قبل التحقق" in (tree / "gone" / "news" / str(one.pk) / "index.html").read_text()
    assert (tree / "gone" / "news" / str(two.pk) / "index.html").read_bytes() == b""
    assert not (tree / "pages" / "news" / str(one.pk)).exists()
    assert press.verify().drift == ()
    newsroom.publish(article=Article.objects.get(pk=two.pk))
    press.press_pending()
    assert not (tree / "gone" / "news" / str(two.pk)).exists()
    assert press.verify().drift == ()


def test_publishing_touches_the_same_number_of_sheets_however_many_articles_there_are(make_article):
    def cost() -> int:
        make_article("خبر جديد")
        return press.press_pending().sheets_rendered

    press.press_pending()
    for number in range(45):
        make_article(f"خبر رقم {number}")
    press.press_pending()
    few = cost()
    for number in range(60):
        make_article(f"خبر آخر رقم {number}")
    press.press_pending()
    assert cost() <= few + 1


def test_many_edits_of_one_article_are_pressed_once(make_article):
    article = make_article()
    press.press_pending()
    for number in range(30):
        article.title = f"عنوان {number}"
        article.save_revision().publish()
    report = press.press_pending()
    assert report.sheets_rendered < 30


def test_a_sheet_that_raises_holds_nothing_else_up(make_article, tree, monkeypatch):
    from warraq.newsroom.sheets.fronts import FrontSheet

    monkeypatch.setattr(FrontSheet, "make", lambda *_: 1 / 0)
    article = make_article()
    press.press_pending()
    assert (tree / "pages" / "news" / str(article.pk) / "index.html").exists()
    assert not SheetRecord.objects.filter(kind="front").exists()


def test_verify_names_a_file_that_somebody_changed(make_article, tree):
    article = make_article()
    press.press_pending()
    file = tree / "pages" / "news" / str(article.pk) / "index.html"
    file.write_text("غُيّر")
    assert press.verify().drift == (f"pages/news/{article.pk}/",)
    press.press_all()
    assert press.verify().drift == ()
