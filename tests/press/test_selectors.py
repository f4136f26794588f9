"""What others are told of the press: where a sheet stands, what waits, what runs, what failed."""

from __future__ import annotations

import os
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from warraq.newsroom import services as newsroom
from warraq.newsroom.sheets.articles import ArticleSheet
from warraq.press import queue, selectors
from warraq.press import watch as followers
from warraq.press.models import Change, DueSheet, Run
from warraq.press.queue import due_sheet, enqueue, gather
from warraq.press.selectors import Stage, Standing
from warraq.press.services import announce, press_pending, try_again
from warraq.press.sheets import Lane, Ref

pytestmark = pytest.mark.django_db


def standing(article) -> Standing:
    ref = Ref("article", str(article.pk))
    return selectors.standings({ref: f"article:{article.pk}"})[ref]


@pytest.fixture
def broken(monkeypatch) -> None:
    """No article can be rendered."""

    def fail(*_args: object) -> None:
        raise ValueError("قالب مكسور")

    monkeypatch.setattr(ArticleSheet, "make", fail)


def test_an_article_is_on_its_way_until_its_page_lies(make_article):
    article = make_article()
    assert standing(article) == Standing(Stage.WAITING, None)
    gather()
    assert standing(article) == Standing(Stage.WAITING, None)
    press_pending(limit_steps=1)
    assert DueSheet.objects.exists(), "its lists still wait"
    assert standing(article) == Standing(Stage.SETTLED, f"/news/{article.pk}/")


def test_what_goes_is_going_until_no_list_leads_to_it(make_article, press_all):
    article = make_article()
    press_all()
    newsroom.unpublish(article=article)
    press_pending(limit_steps=1)
    assert standing(article) == Standing(Stage.SETTLED, f"/news/{article.pk}/", is_going=True)
    press_all()
    assert standing(article) == Standing(Stage.SETTLED, None)


def test_what_moves_is_found_at_its_new_address_before_the_old_one_goes(make_article, press_all):
    article = make_article()
    press_all()
    newsroom.move(article=article, section=newsroom.open_section(slug="culture", title="ثقافة"))
    while standing(article).stage is Stage.WAITING:
        press_pending(limit_steps=1)
    assert standing(article) == Standing(Stage.SETTLED, f"/culture/{article.pk}/", is_going=True)


def test_what_failed_says_why_and_asked_again_it_waits(make_article, broken):
    article = make_article()
    press_pending()
    assert standing(article) == Standing(Stage.FAILED, None, error="ValueError: قالب مكسور")
    try_again()
    assert standing(article).stage is Stage.WAITING


def test_standings_take_three_queries(make_article, django_assert_num_queries):
    keys = {Ref("article", str(one.pk)): f"article:{one.pk}" for one in (make_article(), make_article())}
    with django_assert_num_queries(3):
        assert len(selectors.standings(keys)) == 2


def test_progress_counts_what_waits_by_lane_and_not_what_failed(make_article, press_all, django_assert_num_queries):
    article = make_article()
    press_all()
    announce(f"article:{article.pk}")
    enqueue([due_sheet(Ref("front", "front"), lane=Lane.TAIL, cause="templates")])
    enqueue([due_sheet(Ref("section", "1"), lane=Lane.TAIL, cause="templates")])
    DueSheet.objects.filter(kind="section").update(failures=1, error="خطأ")
    with django_assert_num_queries(3):
        now = selectors.progress()
    assert (now.changes, now.lanes, now.running, now.waiting) == (1, {Lane.FRONT: 1}, (), 2)


def test_a_run_tells_how_far_it_is_how_fast_and_how_long_still(front_page, monkeypatch):
    monkeypatch.setattr(queue, "RUN", 8)
    enqueue([due_sheet(Ref("article", str(number)), lane=Lane.TAIL, cause="templates") for number in range(8)])
    assert selectors.progress().running[0].left is None
    Run.objects.update(started_at=timezone.now() - timedelta(seconds=2))
    DueSheet.objects.filter(ident__in=["0", "1", "2", "3"]).delete()
    DueSheet.objects.filter(ident="4").update(failures=1)
    run = selectors.progress().running[0]
    assert (run.cause, run.total, run.done, run.failed) == ("templates", 8, 4, 1)
    assert run.a_second == pytest.approx(2, rel=0.1)
    assert run.left in (timedelta(seconds=1), timedelta(seconds=2))


def test_a_finished_run_is_remembered_for_as_long_as_is_asked(front_page):
    old = Run.objects.create(cause="import", total=3, finished_at=timezone.now() - timedelta(days=2))
    new = Run.objects.create(cause="templates", total=300, finished_at=timezone.now())
    Run.objects.filter(pk=new.pk).update(started_at=timezone.now() - timedelta(seconds=100))
    found = selectors.finished(since=timezone.now() - timedelta(days=1))
    assert [run.cause for run in found] == ["templates"]
    assert found[0].a_second == pytest.approx(3, rel=0.05)
    assert found[0].left is None
    assert [run.cause for run in selectors.finished(since=old.started_at - timedelta(days=3))] == [
        "templates",
        "import",
    ]


def test_failures_are_listed_with_what_readers_see_instead(make_article, press_all, broken, monkeypatch):
    from warraq.press.models import SheetRecord

    article = make_article()
    SheetRecord.objects.create(
        kind="article", ident=str(article.pk), path="/news/1/", digest="x", template_version="x",
        pressed_at=timezone.now(),
    )  # fmt: skip
    press_all()
    (one,) = selectors.failing()
    assert (one.ref, one.path, one.error, one.failures) == (
        Ref("article", str(article.pk)), "/news/1/", "ValueError: قالب مكسور", 1
    )  # fmt: skip
    assert timezone.now() < one.again_at < timezone.now() + timedelta(minutes=1)
    assert selectors.failing_count() == 1


def test_a_change_of_which_nothing_can_follow_is_listed_by_its_key(make_article, press_all, monkeypatch):
    article = make_article()

    def fail(_ident: str) -> None:
        raise RuntimeError("جدول مكسور")

    monkeypatch.setitem(followers._followers, "article", fail)
    press_all()
    (one,) = selectors.failing()
    assert (one.ref, one.key, one.error) == (None, f"article:{article.pk}", "RuntimeError: جدول مكسور")
    assert standing(article).stage is Stage.SETTLED, "its own page lies, whatever lists it is to stand in"
    assert Change.objects.count() > selectors.failing_count() == 1, "however often it was announced"


def test_a_pressroom_is_at_work_while_it_touches_its_file(settings, tmp_path):
    settings.WARRAQ_READY = tmp_path / "pressroom.ready"
    assert not selectors.is_at_work()
    settings.WARRAQ_READY.touch()
    assert selectors.is_at_work()
    long_ago = time.time() - selectors.ALIVE_SECONDS - 1
    os.utime(settings.WARRAQ_READY, (long_ago, long_ago))
    assert not selectors.is_at_work()
