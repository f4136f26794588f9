"""However reads come and hours go, each window's standings are the sums of its hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db.models import Sum

from warraq.newsroom.models import Window
from warraq.newsroom.rankings.counters import Counted
from warraq.newsroom.rankings.services import window_of
from warraq.newsroom.services import open_section
from warraq.readership import selectors, services, standings
from warraq.readership.models import ReadHour, Standing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, 40, tzinfo=UTC)


def summed(since: datetime, until: datetime) -> list[Counted]:
    rows = ReadHour.objects.filter(hour__gte=since, hour__lt=until).values_list("article_id")
    found = (Counted(*row) for row in rows.annotate(n=Sum("count"), m=Sum("lone")))
    return sorted(found, key=lambda row: (-row.count, -row.article_id))


def check(now: datetime) -> None:
    for window in Window.values:
        span = window_of(window, now)
        assert standings.most(*span, limit=1000) == summed(*span), window
        assert selectors.counts(*span) == summed(*span), window


def gained(chance: Random) -> list[tuple[int, int]]:
    return [(chance.randrange(1, 9), chance.randrange(1, 5)) for _ in range(3)]


@pytest.mark.parametrize("seed", range(4))
def test_standings_stay_equal_to_sums(db, seed):
    chance, now = Random(seed), NOW
    for _step in range(40):
        standings.advance(now=now)
        back = chance.choice([0, 1, 23, 24, 24 * 7, 24 * 30 - 1, 24 * 30])
        hour = int((now - timedelta(hours=back)).timestamp()) // 3600
        services._add({(hour, ident): (number, chance.randrange(number)) for ident, number in gained(chance)})
        check(now)
        now += timedelta(hours=chance.choice([0, 0, 1, 1, 2, 23, 24, 26, 800, -5]))


def test_a_read_in_an_hour_to_come_is_in_no_window_until_that_hour(db):
    standings.advance(now=NOW)
    services.seed_reads([(7, NOW + timedelta(hours=1), 3)])
    assert standings.most(*window_of("day", NOW), limit=9) == []
    standings.advance(now=NOW + timedelta(hours=1))
    assert standings.most(*window_of("day", NOW + timedelta(hours=1)), limit=9) == [Counted(7, 3)]


def test_articles_whose_reads_all_left_the_window_leave_no_row(db):
    services.seed_reads([(7, NOW - timedelta(hours=23), 3)])
    standings.advance(now=NOW)
    assert Standing.objects.filter(window="day").count() == 1
    standings.advance(now=NOW + timedelta(hours=2))
    assert Standing.objects.filter(window="day").count() == 0
    assert Standing.objects.filter(window="week").count() == 1


def test_any_other_span_is_summed(db):
    services.seed_reads([(7, NOW, 3), (8, NOW - timedelta(hours=5), 9)])
    standings.advance(now=NOW)
    hour = NOW.replace(minute=0)
    assert standings.most(hour, hour + timedelta(hours=1), limit=9) is None
    assert selectors.counts(hour, hour + timedelta(hours=1)) == [Counted(7, 3)]


def test_the_newer_article_comes_first_where_counts_are_equal(db, monkeypatch):
    monkeypatch.setattr(selectors, "MOST", 2)
    services.seed_reads([(ident, NOW, 5) for ident in (3, 9, 6)])
    assert selectors.counts(*window_of("day", NOW)) == [Counted(9, 5), Counted(6, 5)]
    standings.advance(now=NOW)
    assert selectors.counts(*window_of("day", NOW)) == [Counted(9, 5), Counted(6, 5)]


def test_nothing_is_written_while_the_hour_stays(db, django_assert_num_queries):
    standings.advance(now=NOW)
    with django_assert_num_queries(1):
        standings.advance(now=NOW + timedelta(minutes=19))


def test_each_section_has_its_own_most_read(make_article, section, press_all):
    poems = open_section(slug="poems", title="شعر", parent=section)
    one, two, poem = make_article("الأول"), make_article("الثاني"), make_article("قصيدة", section=poems)
    hidden = make_article("لم يبق")
    hidden.unpublish()
    press_all()
    services.seed_reads([(one.pk, NOW, 1), (two.pk, NOW, 4), (poem.pk, NOW, 9), (hidden.pk, NOW, 99)])
    standings.advance(now=NOW)
    assert selectors.section_counts(*window_of("day", NOW)) == {
        section.pk: [Counted(poem.pk, 9), Counted(two.pk, 4), Counted(one.pk, 1)],
        poems.pk: [Counted(poem.pk, 9)],
    }
