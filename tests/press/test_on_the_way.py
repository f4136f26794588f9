"""What an editor takes back while the press is on the way, and what on-demand sheets leave behind."""

from __future__ import annotations

import pytest

from tests.newsroom.fixtures import image_bytes
from tests.press.test_services import dead_links
from warraq.newsroom import services as newsroom
from warraq.newsroom.models import Article, Author, Section
from warraq.press import claims, queue, rendering
from warraq.press import services as press
from warraq.press.models import DueSheet, SheetRecord
from warraq.press.sheets import Ref

pytestmark = pytest.mark.django_db


def again(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_retracted_published_and_retracted_again_it_is_gone(make_article, tree, steps):
    article = make_article("خبر يُسحب")
    press.press_pending()
    newsroom.retract(article=article, by=None, reason="أول")
    press.press_pending()
    newsroom.publish(article=again(article))
    press.press_pending(limit_steps=steps)
    newsroom.retract(article=again(article), by=None, reason="ثانٍ")
    press.press_pending()
    assert not (tree / "pages" / "news" / str(article.pk) / "index.html").exists()
    assert "ثانٍ" in (tree / "gone" / "news" / str(article.pk) / "index.html").read_text()
    assert press.verify().drift == ()


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_moved_and_moved_back_it_lies_in_one_place(make_article, tree, section, steps):
    other = newsroom.open_section(slug="culture", title="ثقافة")
    article = make_article("خبر ينتقل")
    press.press_pending()
    article = newsroom.move(article=article, section=other)
    press.press_pending(limit_steps=steps)
    newsroom.move(article=article, section=Section.objects.get(pk=section.pk))
    press.press_pending()
    assert (tree / "pages" / "news" / str(article.pk) / "index.html").exists()
    assert not (tree / "pages" / "culture" / str(article.pk)).exists()
    assert press.verify().drift == ()


@pytest.mark.parametrize("steps", [1, 2, 3, 5])
def test_an_address_mistyped_and_put_right_leaves_no_second_copy(make_article, tree, section, steps):
    for number in range(4):
        make_article(f"خبر {number}")
    press.press_pending()
    for slug, limit in (("typo", steps), ("news", None)):
        section = Section.objects.get(pk=section.pk)
        section.slug = slug
        section.save_revision().publish()
        press.press_pending(limit_steps=limit)
    assert not (tree / "pages" / "typo").exists()
    assert press.verify().drift == ()


def test_a_new_style_lands_before_its_pages_and_the_old_one_stays_for_the_grace(
    make_article, tree, settings, monkeypatch
):
    from warraq.design import assets

    settings.WARRAQ_GRACE_SECONDS = 3600
    for number in range(12):
        make_article(f"خبر {number}")
    press.press_pending()
    real_url, real_read = assets.url, assets.read
    monkeypatch.setattr(assets, "url", lambda name: real_url(name).replace("paper.", "paper.x"))
    monkeypatch.setattr(assets, "read", lambda name: real_read(name) + b"/* new */")
    monkeypatch.setattr("warraq.press.landing.template_version", lambda: "next")
    monkeypatch.setattr("warraq.press.ledger.template_version", lambda: "next")
    monkeypatch.setattr("warraq.press.services.template_version", lambda: "next")
    press.enqueue_stale()
    while press.press_pending(limit_steps=1).sheets_rendered:
        assert dead_links(tree) == set()
    assert len(list((tree / "pages" / "_" / "static").glob("paper.*.css"))) == 2
    assert not DueSheet.objects.exists()
    assert rendering.template_version() != "next"


def test_a_picture_that_two_photos_share_stays_while_one_of_them_is_shown(make_article, tree, settings):
    settings.WARRAQ_GRACE_SECONDS = 0
    photos = [newsroom.add_photo(title=name, data=image_bytes(), name=f"{name}.jpg") for name in ("a", "b")]
    one, _other = (make_article(f"خبر {photo.title}", photo=photo) for photo in photos)
    press.press_pending()
    draft = again(one)
    draft.photo = None
    draft.save_revision().publish()
    press.press_pending()
    press.press_pending()
    assert dead_links(tree) == set()
    assert press.verify().drift == ()


def test_a_picture_that_failed_once_is_tried_again(make_article, tree, monkeypatch):
    from warraq.newsroom.models import Photo

    photo = newsroom.add_photo(title="البن", data=image_bytes(), name="bun.jpg")
    real = Photo.get_rendition

    def broken(*_arguments: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Photo, "get_rendition", broken)
    make_article("خبر بصورة", photo=photo)
    press.press_pending()
    assert dead_links(tree)
    monkeypatch.setattr(Photo, "get_rendition", real)
    DueSheet.objects.update(not_before=None)  # half a minute later
    press.press_pending()
    assert dead_links(tree) == set()


def test_a_link_inside_a_text_follows_the_article_that_it_leads_to(make_article, tree):
    other = newsroom.open_section(slug="culture", title="ثقافة")
    target = make_article("الهدف")
    link = f'<p>انظر <a linktype="page" id="{target.pk}">هذا</a>.</p>'
    source = make_article("المصدر", body=[("paragraph", link)])

    def text() -> str:
        press.press_pending()
        assert press.verify().drift == ()
        return (tree / "pages" / "news" / str(source.pk) / "index.html").read_text()

    assert f'href="/news/{target.pk}/"' in text()
    target = newsroom.move(article=target, section=other)
    assert f'href="/culture/{target.pk}/"' in text().split('<div class="body">')[1]
    newsroom.unpublish(article=target)
    assert f"/culture/{target.pk}/" not in text().split('<div class="body">')[1].split("</div>")[0]


def test_renaming_a_section_keeps_no_editor_waiting(make_article, tree, section):
    for number in range(30):
        make_article(f"خبر {number}")
    press.press_pending()
    section.title = "أنباء"
    section.save_revision().publish()
    press.press_pending(limit_steps=1)
    make_article("خبر مستعجل")
    press.press_pending(limit_steps=5)
    assert "خبر مستعجل" in (tree / "pages" / "index.html").read_text()
    assert DueSheet.objects.exists()
    press.press_pending()
    assert press.verify().drift == ()


def test_a_new_section_is_there_before_anything_leads_to_it(make_article, tree):
    for number in range(12):
        make_article(f"خبر {number}")
    press.press_pending()
    newsroom.open_section(slug="culture", title="ثقافة")
    while press.press_pending(limit_steps=1).sheets_rendered:
        later = {link for link in dead_links(tree) if link.startswith("/culture/most-")}  # which name the section
        assert dead_links(tree) - later <= {"/culture/feed.rss"}  # for machines; feeds come last
    assert dead_links(tree) == set()


def test_one_bad_key_keeps_nothing_else_up(make_article, tree):
    article = make_article("خبر")
    press.announce("section:notanumber", "article:notanumber")
    press.press_pending()
    assert (tree / "pages" / "news" / str(article.pk) / "index.html").exists()


def test_published_on_screen_again_a_retraction_is_over(make_article, tree):
    article = make_article("خبر")
    press.press_pending()
    newsroom.retract(article=article, by=None, reason="سبب قديم")
    article = again(article)
    article.save_revision().publish()
    article = again(article)
    article.unpublish()
    press.press_pending()
    assert (tree / "gone" / "news" / str(article.pk) / "index.html").read_bytes() == b""


def test_what_no_feed_may_hold_is_taken_out(make_article, tree):
    from xml.dom.minidom import parseString

    author = Author.objects.create(name="سالم\x0b\u202eأحمد")
    article = make_article("خبر", authors=[author])
    press.press_pending()
    parseString((tree / "pages" / "feed.rss").read_bytes())
    assert "\u202e" not in (tree / "pages" / "news" / str(article.pk) / "index.html").read_text()


def test_the_ledger_forgets_what_went(make_article, tree, settings):
    settings.WARRAQ_GRACE_SECONDS = 0
    photo = newsroom.add_photo(title="البن", data=image_bytes(), name="bun.jpg")
    article = make_article("خبر", photo=photo)
    press.press_pending()
    photo.focal_point_x, photo.focal_point_y, photo.focal_point_width, photo.focal_point_height = 1, 1, 2, 2
    photo.save()
    press.press_pending()
    newsroom.unpublish(article=article)
    press.press_pending()
    press.press_pending()
    assert not SheetRecord.objects.filter(kind__in=["picture", "leftover"]).exists()
    assert not list((tree / "pages" / "_" / "media").glob("*.webp"))


@pytest.mark.parametrize("are_deleted", [False, True])
def test_two_photos_of_one_picture_that_go_together_leave_no_file(make_article, tree, settings, are_deleted):
    settings.WARRAQ_GRACE_SECONDS = 0
    photos = [newsroom.add_photo(title=name, data=image_bytes(), name=f"{name}.jpg") for name in ("a", "b")]
    articles = [make_article(f"خبر {photo.title}", photo=photo) for photo in photos]
    press.press_pending()
    for article in articles:
        newsroom.unpublish(article=again(article))
    for photo in photos if are_deleted else ():
        photo.delete()
    press.press_pending()
    press.press_pending()
    assert press.verify().drift == ()


@pytest.mark.skipif(not claims.are_shared(), reason="In SQLite one process presses at a time.")
def test_what_another_process_gathers_while_a_new_page_is_rendered_reaches_it(make_article, tree, section, monkeypatch):
    make_article("خبر قديم")
    press.press_pending()
    article = make_article("خبر جديد")
    real = rendering.render

    def render(ref):
        rendered = real(ref)
        if ref == Ref("article", str(article.pk)):
            monkeypatch.setattr(rendering, "render", real)
            section.title = "اسم آخر"
            section.save_revision().publish()
            queue.gather()  # another process; this page has not said yet what it reads
        return rendered

    monkeypatch.setattr(rendering, "render", render)
    press.press_pending()
    assert "اسم آخر" in (tree / "pages" / "news" / str(article.pk) / "index.html").read_text()
    assert press.verify().drift == ()
