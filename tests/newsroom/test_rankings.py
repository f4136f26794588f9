"""Rankings: most first, nobody lifted by one sender, each section its own, and what editors leave out is left out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageLogEntry

from warraq.newsroom.models import Ranking, RankingExclusion
from warraq.newsroom.rankings import services
from warraq.newsroom.rankings.counters import Counted
from warraq.newsroom.rankings.ordering import ordered
from warraq.newsroom.selectors.rankings import ranked
from warraq.newsroom.services import open_section, retract
from warraq.readership import standings
from warraq.readership.services import seed_reads

NOBODY_ALONE = st.lists(st.integers(1, 50), max_size=30).map(
    lambda counts: [Counted(ident, count) for ident, count in enumerate(counts)]
)


@given(NOBODY_ALONE)
def test_most_first_and_the_newer_where_two_are_equal(rows):
    assert ordered(rows) == sorted(rows, key=lambda row: (-row.count, -row.article_id))


@given(NOBODY_ALONE, st.integers(1, 50), st.integers(1, 1000))
def test_one_sender_lifts_an_article_by_one_place_at_most(rows, honest, sent):
    target = Counted(1000, honest)
    before = [row.article_id for row in ordered([*rows, target])].index(1000)
    after = ordered([*rows, Counted(1000, honest + sent, sent)])
    assert [row.article_id for row in after].index(1000) >= before - 1
    assert sorted(row.article_id for row in after) == sorted(row.article_id for row in [*rows, target])
    assert [row.count for row in after] == sorted((row.count for row in after), reverse=True)


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 60)), max_size=30))
def test_whatever_is_lone_all_are_listed_most_first(counts):
    rows = [Counted(ident, count, min(lone, count)) for ident, (count, lone) in enumerate(counts)]
    found = ordered(rows)
    assert sorted(row.article_id for row in found) == list(range(len(rows)))
    assert [row.count for row in found] == sorted((row.count for row in found), reverse=True)


@pytest.fixture
def read(db):
    """`read(article, times)` and rank."""

    def times(article, number):
        now = timezone.now()
        seed_reads([(article.pk, now, number)])
        standings.advance(now=now)
        services.rank_all(now)
        services.rank_sections(now)

    return times


def shown(section=None, window="day"):
    return [item.title for item in ranked("read", window, section)]


def pressed(tree, path):
    file = tree / "pages" / path
    return file.read_text() if file.exists() else ""


@pytest.fixture
def two_sections(make_article, section, read, press_all):
    culture = open_section(slug="culture", title="ثقافة")
    news, poem, other = (
        make_article("خبر"),
        make_article("قصيدة", section=culture),
        make_article("رواية", section=culture),
    )
    press_all()
    for article, number in ((news, 9), (poem, 5), (other, 7)):
        read(article, number)
    press_all()
    return culture, news, poem, other


def test_each_section_has_its_own_rankings(two_sections, section, tree):
    culture, _news, _poem, other = two_sections
    assert shown() == ["خبر", "رواية", "قصيدة"]
    assert shown(culture.pk) == ["رواية", "قصيدة"]
    assert shown(section.pk) == ["خبر"]
    page = pressed(tree, "culture/most-read/week/index.html")
    assert page.index("رواية") < page.index("قصيدة")
    assert "خبر</a>" not in page
    assert f"/culture/{other.pk}/" in pressed(tree, f"_/ranking/{culture.pk}/read/day.html")
    assert f"/_/ranking/{culture.pk}/comment/month.html" in pressed(tree, "culture/index.html")


def test_what_no_section_reads_any_more_leaves_its_ranking(two_sections, section):
    culture = two_sections[0]
    later = timezone.now() + timedelta(hours=25)
    standings.advance(now=later)
    assert services.rank_sections(later)
    assert shown(culture.pk) == []
    assert shown(culture.pk, "week") == ["رواية", "قصيدة"]


def test_a_section_that_closes_takes_its_rankings_with_it(two_sections, press_all, tree):
    culture = two_sections[0]
    assert pressed(tree, "culture/most-read/day/index.html")
    culture.unpublish()
    press_all()
    assert not pressed(tree, "culture/most-read/day/index.html")
    assert not pressed(tree, f"_/ranking/{culture.pk}/read/day.html")


def test_a_retracted_article_leaves_at_once(two_sections, press_all, tree):
    culture, _news, _poem, other = two_sections
    retract(article=other, by=None, reason="خطأ")
    press_all()
    for path in (
        "_/ranking/read/day.html",
        f"_/ranking/{culture.pk}/read/day.html",
        "culture/most-read/day/index.html",
    ):
        assert "رواية" not in pressed(tree, path)
        assert "قصيدة" in pressed(tree, path)


def test_editors_leave_an_article_out_and_it_is_logged(two_sections, press_all, tree, db):
    culture, _news, _poem, other = two_sections
    editor = User.objects.create_user("editor")
    services.exclude(article=other, by=editor, reason="يُشترى له القرّاء")
    press_all()
    assert shown() == ["خبر", "قصيدة"]
    for path in ("_/ranking/read/day.html", f"_/ranking/{culture.pk}/read/day.html", "most-read/day/index.html"):
        assert "رواية" not in pressed(tree, path)
    entry = PageLogEntry.objects.get(action="warraq.exclude_from_rankings")
    assert (entry.user, entry.data, entry.page_id) == (editor, {"reason": "يُشترى له القرّاء"}, other.pk)
    assert Ranking.objects.get(kind="read", window="day", section=None).items[1] == [other.pk, 7]  # counted on

    services.admit(article=other, by=editor)
    press_all()
    assert not RankingExclusion.objects.exists()
    assert "رواية" in pressed(tree, "most-read/day/index.html")
    assert PageLogEntry.objects.filter(action="warraq.admit_to_rankings").count() == 1
    services.admit(article=other, by=editor)
    assert PageLogEntry.objects.filter(action="warraq.admit_to_rankings").count() == 1
