"""What becomes due, in which order it is pressed, what waits, and what is tried again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from warraq.newsroom import services as newsroom
from warraq.newsroom.manuscripts import Manuscript
from warraq.newsroom.models import Article, Placement, Section
from warraq.press import queue
from warraq.press import services as press
from warraq.press.models import Change, DueSheet, Run, SheetRecord
from warraq.press.sheets import Lane, Ref
from warraq.press.watch import follow

pytestmark = pytest.mark.django_db


def retitle(article: Article, title: str) -> None:
    article = Article.objects.get(pk=article.pk)
    article.title = title
    article.save_revision().publish()


def page_of(tree, article: Article) -> str:
    return (tree / "pages" / "news" / str(article.pk) / "index.html").read_text()


def count_renders(monkeypatch) -> list[Ref]:
    from warraq.press import rendering

    rendered: list[Ref] = []
    real = rendering.render
    monkeypatch.setattr(rendering, "render", lambda ref: rendered.append(ref) or real(ref))
    return rendered


def test_a_hundred_edits_at_once_press_an_article_once(make_article, tree, monkeypatch):
    article = make_article()
    press.press_pending()
    rendered = count_renders(monkeypatch)
    for number in range(100):
        retitle(article, f"عنوان {number}")
    press.press_pending()
    assert rendered.count(Ref("article", str(article.pk))) == 1
    assert "عنوان 99" in page_of(tree, article)


def test_edits_between_rounds_of_a_patient_press_land_twice_a_second(make_article, tree, monkeypatch):
    article = make_article()
    press.press_pending()
    SheetRecord.objects.update(pressed_at=timezone.now() - timedelta(hours=1))
    rendered = count_renders(monkeypatch)
    monkeypatch.setattr(press, "REST_SECONDS", 600.0)
    monkeypatch.setattr(queue, "REST_SECONDS", 600.0)
    for number in range(20):
        retitle(article, f"عنوان {number}")
        press.press_pending(patient=True)
    assert rendered.count(Ref("article", str(article.pk))) == 2  # one lands, one finds that it is to rest
    assert "عنوان 0" in page_of(tree, article)
    press.press_pending()
    assert "عنوان 19" in page_of(tree, article)
    assert press.verify().drift == ()


def test_what_an_editor_changes_goes_before_what_an_import_brought(make_article, section, tree, monkeypatch):
    article = make_article()
    press.press_pending()
    steps: list[list[Ref]] = []
    real = press.press_refs
    monkeypatch.setattr(press, "press_refs", lambda refs, **how: steps.append(refs) or real(refs, **how))
    many = [Manuscript(section, f"خبر {number}", published=timezone.now()) for number in range(60)]
    came = {Ref("article", str(pk)) for pk in newsroom.write_articles(manuscripts=many)}
    queue.gather()
    retitle(article, "عنوان جديد")
    press.press_pending()
    assert steps[0] == [Ref("article", str(article.pk))]
    assert len(steps[1]) == queue.LONG_STEP
    assert set(steps[1]) < came
    assert {ref.kind for step in steps[:3] for ref in step} == {"article"}, "a list led to what was not there yet"


def test_what_an_editor_changes_is_looked_at_before_what_an_import_brought(make_article, section, tree, monkeypatch):
    article = make_article()
    press.press_pending()
    monkeypatch.setattr(queue, "CHANGES", 20)
    many = [Manuscript(section, f"خبر {number}", published=timezone.now()) for number in range(60)]
    newsroom.write_articles(manuscripts=many)
    retitle(article, "عنوان جديد")
    press.press_pending(limit_steps=1)
    assert "عنوان جديد" in page_of(tree, article)
    assert Change.objects.exists()


def test_an_import_into_new_sections_is_placed_in_parts(section, tree, monkeypatch):
    monkeypatch.setattr(queue, "CHANGES", 20)
    many = [Manuscript(section, f"خبر {number}", published=timezone.now()) for number in range(60)]
    newsroom.write_articles(manuscripts=many)
    assert Change.objects.filter(key=f"section:{section.pk}").exists()
    queue.gather()
    assert Placement.objects.filter(list="all").count() < 20
    press.press_pending()
    assert Placement.objects.filter(list="all").count() == 60
    assert press.verify().drift == ()


def test_a_page_never_seen_and_a_page_that_moves_do_not_rest(make_article, tree):
    article = make_article()
    press.press_pending(patient=True)
    other = newsroom.open_section(slug="culture", title="ثقافة")
    newsroom.move(article=article, section=other)
    press.press_pending(patient=True)
    assert (tree / "pages" / "culture" / str(article.pk) / "index.html").exists()


def test_nothing_goes_while_a_page_that_may_lead_to_it_rests(make_article, tree, section, monkeypatch):
    monkeypatch.setattr(press, "REST_SECONDS", 600.0)
    monkeypatch.setattr(queue, "REST_SECONDS", 600.0)
    article = make_article("خبر يُسحب")
    make_article("خبر يبقى")
    press.press_pending()  # the section's head changed a moment ago: it rests
    newsroom.retract(article=Article.objects.get(pk=article.pk), by=None, reason="خطأ")
    press.press_pending(patient=True)
    assert "خبر يُسحب" in (tree / "pages" / "news" / "index.html").read_text()
    assert (tree / "pages" / "news" / str(article.pk) / "index.html").exists()
    press.press_pending()
    assert not (tree / "pages" / "news" / str(article.pk) / "index.html").exists()
    assert press.verify().drift == ()


def test_a_clock_that_was_put_back_holds_nothing_up(make_article, tree):
    article = make_article()
    press.press_pending()
    SheetRecord.objects.update(pressed_at=timezone.now() + timedelta(days=300))
    retitle(article, "بعد الرجوع")
    DueSheet.objects.update(not_before=timezone.now() + timedelta(days=300))
    Change.objects.update(not_before=timezone.now() + timedelta(days=300))
    press.press_pending(patient=True)
    assert "بعد الرجوع" in page_of(tree, article)


def test_what_is_asked_for_again_while_it_is_pressed_stays_due(make_article, tree):
    article = make_article()
    press.press_pending()
    retitle(article, "أول")
    queue.gather()
    due = queue.next_step()
    retitle(article, "ثانٍ")
    queue.gather()
    queue.settle(due, failed={}, held=set(), resting=set())
    assert DueSheet.objects.filter(kind="article", ident=str(article.pk)).exists()


def test_a_sheet_that_raises_is_set_aside_with_its_error_and_holds_nothing_up(make_article, tree, monkeypatch):
    from warraq.newsroom.sheets.articles import ArticleSheet

    good, bad = make_article("سليم"), make_article("معطوب")
    real = ArticleSheet.make

    def broken(self, ident, row, clock):
        if ident == str(bad.pk):
            raise ValueError("قالب معطوب")
        return real(self, ident, row, clock)

    monkeypatch.setattr(ArticleSheet, "make", broken)
    press.press_pending()
    assert "سليم" in page_of(tree, good)
    due = DueSheet.objects.get()
    assert (due.kind, due.ident, due.failures, due.error) == ("article", str(bad.pk), 1, "ValueError: قالب معطوب")
    first = due.not_before
    assert timedelta(seconds=25) < first - timezone.now() <= timedelta(seconds=30)
    DueSheet.objects.update(not_before=None)
    press.press_pending()
    due.refresh_from_db()
    assert due.failures == 2
    assert due.not_before - timezone.now() > timedelta(seconds=50)
    monkeypatch.setattr(ArticleSheet, "make", real)
    press.try_again()
    press.press_pending()
    assert "معطوب" in page_of(tree, bad)
    assert not DueSheet.objects.exists()


def test_a_change_whose_consequences_cannot_be_found_is_kept_and_tried_again(make_article, tree):
    from warraq.newsroom import placing

    article = make_article("خبر")

    def broken(_idents):
        raise ValueError("جدول معطوب")

    follow("article", broken)
    try:
        press.press_pending()
    finally:
        follow("article", placing.follow_articles)
    kept = Change.objects.filter(key=f"article:{article.pk}")
    assert {(change.failures, change.error) for change in kept} == {(1, "ValueError: جدول معطوب")}
    press.try_again()
    press.press_pending()
    assert "خبر" in (tree / "pages" / "index.html").read_text()
    assert press.verify().drift == ()


def test_a_new_name_of_a_section_is_a_run_that_takes_favourites_first(make_article, tree, section, monkeypatch):
    articles = [make_article(f"خبر {number}") for number in range(6)]
    press.press_pending()
    monkeypatch.setattr(queue, "RUN", 5)
    monkeypatch.setattr("warraq.newsroom.sheets.articles.NEWEST", 1)
    section = Section.objects.get(pk=section.pk)
    section.title = "اسم جديد"
    section.save_revision().publish()
    queue.gather()
    run = Run.objects.latest("pk")
    assert run.total == DueSheet.objects.filter(run=run).count() > 6
    lanes = dict(DueSheet.objects.filter(kind="article").values_list("ident", "lane"))
    assert [lanes[str(article.pk)] for article in articles] == [*[Lane.TAIL] * 5, Lane.FRONT]
    press.press_pending()
    run.refresh_from_db()
    assert run.finished_at is not None
    assert "اسم جديد" in page_of(tree, articles[0])


def test_while_a_section_gets_another_address_the_front_leads_nowhere_that_is_not_there(make_article, tree, section):
    from tests.press.test_services import dead_links

    for number in range(20):
        make_article(f"خبر {number}")
    press.press_pending()
    section = Section.objects.get(pk=section.pk)
    section.slug = "akhbar"
    section.save_revision().publish()
    while press.press_pending(limit_steps=1).sheets_rendered:
        front = (tree / "pages" / "index.html").read_text()
        assert not {link for link in dead_links(tree) if f'"{link}"' in front}
    assert "/akhbar/" in front
    assert dead_links(tree) == set()
    assert press.verify().drift == ()


def test_a_press_of_everything_goes_on_where_it_stopped(make_article, tree):
    articles = [make_article(f"خبر {number}") for number in range(30)]
    press.press_pending()
    for article in articles:
        (tree / "pages" / "news" / str(article.pk) / "index.html").write_text("عبث")
    (tree / "pages" / "foreign.html").write_text("غريب")
    press.make_all_due()
    press.press_pending(limit_steps=3)
    late = make_article("خبر عاجل")
    press.press_pending(limit_steps=1)
    assert "خبر عاجل" in page_of(tree, late)  # what an editor does meanwhile comes first
    left = DueSheet.objects.filter(run__thorough=True).count()
    assert 0 < left < Run.objects.get(thorough=True).total
    report = press.press_pending()
    assert report.sheets_rendered < Run.objects.get(thorough=True).total
    assert press.verify().drift == ()
    assert not (tree / "pages" / "foreign.html").exists()
