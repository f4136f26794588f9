"""Each read is in one count, and only people's reads are in the ones that rank."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Sum

from tests.readership.conftest import record
from warraq.newsroom.models import Article, PaperSettings, RankingKind
from warraq.newsroom.rankings.counters import Counted, count
from warraq.readership import hosts, networks, services
from warraq.readership.models import Arrival, ReadDay, ReadHour, Reason, RecentVisit, SetAside

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, 40, tzinfo=UTC)
HOUR = NOW.replace(minute=0)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def take_in(*records: bytes, now: datetime = NOW) -> None:
    services.take_in_records(records=records, now=now)


def reads() -> dict[tuple[int, datetime], int]:
    return {(row.article_id, row.hour): row.count for row in ReadHour.objects.all()}


def aside() -> dict[tuple[int, str], int]:
    return {(row.article_id, row.reason): row.count for row in SetAside.objects.all()}


def test_reads_are_counted_in_the_hour_in_which_they_happened(make_article):
    one, other = make_article("الأول"), make_article("الثاني")
    take_in(
        record(one, "a", NOW), record(one, "b", HOUR), record(one, "c", HOUR - timedelta(milliseconds=1)),
        record(other, "a", ago(days=20)),
    )  # fmt: skip
    assert reads() == {
        (one.pk, HOUR): 2,
        (one.pk, HOUR - timedelta(hours=1)): 1,
        (other.pk, ago(days=20).replace(minute=0)): 1,
    }


def test_counts_grow_from_batch_to_batch(make_article):
    article = make_article()
    for visitor in "abc":
        take_in(record(article, visitor, NOW), record(article, visitor + "2", NOW))
    assert reads() == {(article.pk, HOUR): 6}


def test_a_visitor_who_comes_again_within_half_an_hour_is_one_read(make_article):
    article = make_article()
    take_in(record(article, "a", ago(minutes=60)), record(article, "a", ago(minutes=31)))
    take_in(record(article, "a", ago(minutes=30.5)), record(article, "a", ago(minutes=30)), record(article, "a", NOW))
    # Counted at 60 and at 30 minutes ago, and now: the two between are repeats of the first.
    assert sum(reads().values()) == 3
    assert aside() == {(article.pk, Reason.REPEAT): 2}


def test_the_same_visitor_of_two_articles_reads_both(make_article):
    one, other = make_article("الأول"), make_article("الثاني")
    take_in(record(one, "a", NOW), record(other, "a", NOW))
    assert sum(reads().values()) == 2


def test_reads_that_arrive_out_of_order_are_told_as_repeats_all_the_same(make_article):
    article = make_article()
    take_in(record(article, "a", ago(minutes=5)))
    take_in(record(article, "a", ago(minutes=20)), record(article, "a", ago(minutes=50)))
    assert sum(reads().values()) == 2
    assert RecentVisit.objects.get().last_at == int(ago(minutes=5).timestamp() * 1000)


def test_robots_and_prefetches_are_kept_apart_with_the_reason(make_article):
    article = make_article()
    take_in(
        record(article, "a", NOW, r="robot"),
        record(article, "b", NOW, r="robot"),
        record(article, "c", NOW, r="prefetch"),
    )
    assert reads() == {}
    assert aside() == {(article.pk, "robot"): 2, (article.pk, "prefetch"): 1}
    assert not RecentVisit.objects.exists()


def test_drafts_and_invented_articles_have_no_readers(make_article):
    draft = make_article("لم يُنشر", published=False)
    take_in(record(draft, "a", NOW), record(999_999, "b", NOW), record(10**20, "c", NOW), record(-5, "d", NOW))
    assert reads() == {}
    assert aside() == {(0, Reason.UNKNOWN): 4}


def test_an_article_that_was_just_taken_down_keeps_the_reads_it_had(make_article):
    article = make_article()
    article.unpublish()
    take_in(record(article, "a", NOW))
    assert reads() == {(article.pk, HOUR): 1}


def test_every_record_is_in_exactly_one_count(make_article):
    article = make_article()
    records = [
        record(article, "a", NOW),
        record(article, "a", NOW),
        b"\xff",
        record(article, "b", NOW, r="robot"),
        record(5, "c", NOW),
        record(article, "d", 1),
    ]
    take_in(*records)
    counted = ReadHour.objects.aggregate(n=Sum("count"))["n"] + SetAside.objects.aggregate(n=Sum("count"))["n"]
    assert counted == len(records)


def test_a_networks_excess_is_set_aside_and_other_networks_go_on(make_article):
    article, other = make_article("المستهدف"), make_article("غيره")
    take_in(*(record(article, f"x{number}", NOW) for number in range(25)))
    take_in(record(article, "z", NOW, n="ee55"), record(other, "x", NOW, n="ee55"))
    assert reads() == {(article.pk, HOUR): networks.ALONE + 1, (other.pk, HOUR): 1}
    assert aside() == {(article.pk, Reason.NETWORK): 25 - networks.ALONE}
    assert ReadHour.objects.get(article_id=article.pk).lone == networks.ALONE


def test_where_readers_came_from_is_kept_of_reads_that_count(make_article):
    article = make_article()
    take_in(
        record(article, "a", NOW, h="t.me"), record(article, "a", NOW, h="t.me"), record(article, "b", NOW, h="t.me"),
        record(article, "c", NOW, h="evil/../"), record(article, "d", NOW, r="robot", h="t.me"),
    )  # fmt: skip
    assert list(Arrival.objects.values_list("article_id", "hour", "host", "count")) == [(article.pk, HOUR, "t.me", 2)]


def test_invented_hosts_are_bounded_and_the_reads_count_all_the_same(make_article, monkeypatch):
    monkeypatch.setattr(hosts, "AN_HOUR", 2)
    monkeypatch.setattr(services, "hosts", hosts.Hosts())
    article = make_article()
    take_in(*(record(article, f"v{number}", NOW, h=f"h{number}.example") for number in range(5)))
    assert Arrival.objects.count() == 2
    assert reads() == {(article.pk, HOUR): 5}


def test_days_that_no_ranking_needs_are_folded_in_the_papers_own_time(make_article):
    PaperSettings.objects.update(time_zone="Asia/Aden")  # three hours ahead
    article = make_article()
    midnight = datetime(2026, 10, 10, 21, tzinfo=UTC)
    services.seed_reads(
        [(article.pk, midnight - timedelta(hours=1), 1), (article.pk, midnight, 2), (article.pk, NOW, 4)]
    )
    while services.fold_day(now=NOW):
        pass
    days = dict(ReadDay.objects.values_list("day", "count"))
    assert days == {date(2026, 10, 10): 1, date(2026, 10, 11): 2}
    assert reads() == {(article.pk, HOUR): 4}
    services.seed_reads([(article.pk, midnight, 5)])  # came late
    assert services.fold_day(now=NOW)
    assert ReadDay.objects.get(day=date(2026, 10, 11)).count == 7


def test_no_day_of_a_window_is_folded(make_article):
    services.seed_reads([(make_article().pk, ago(days=31), 1)])
    assert not services.fold_day(now=NOW)


def test_rankings_sum_whole_hours_and_leave_the_end_out(make_article):
    one, other = make_article("الأول"), make_article("الثاني")
    services.seed_reads(
        [
            (one.pk, ago(hours=24), 5),
            (one.pk, ago(hours=23), 3),
            (other.pk, NOW, 4),
            (other.pk, HOUR + timedelta(hours=1), 9),
        ]
    )
    day = (HOUR - timedelta(hours=23), HOUR + timedelta(hours=1))
    assert count(RankingKind.READ, *day) == [Counted(other.pk, 4), Counted(one.pk, 3)]


def test_seeds_add_to_what_is_there(make_article):
    article = make_article()
    services.seed_reads([(article.pk, NOW, 2), (article.pk, HOUR, 3)])
    services.seed_reads([(article.pk, NOW, 5)])
    assert reads() == {(article.pk, HOUR): 10}


def test_what_is_past_its_time_is_forgotten_and_nothing_else(make_article, settings):
    settings.WARRAQ_KEEP_DAYS = 40
    article = make_article()
    services.seed_reads([(article.pk, ago(days=41), 1), (article.pk, ago(days=39), 1)])
    take_in(record(article, "old", ago(minutes=40)), record(article, "recent", ago(minutes=29)))
    SetAside.objects.create(article_id=0, hour=ago(days=41), reason=Reason.UNKNOWN, count=1)
    SetAside.objects.create(article_id=0, hour=ago(days=39), reason=Reason.UNKNOWN, count=1)
    services.forget(now=NOW)
    assert [visit.visitor for visit in RecentVisit.objects.all()] == ["recent"]
    assert ReadHour.objects.order_by("hour")[0].hour == ago(days=39).replace(minute=0)
    assert SetAside.objects.count() == 1


def test_a_batch_costs_a_fixed_number_of_queries(make_article, django_assert_num_queries):
    article = make_article()
    records = [record(article, f"v{number}", ago(minutes=number % 600), n=f"n{number}") for number in range(800)]
    with django_assert_num_queries(7):  # a savepoint, articles, visits, hours, windows, visits kept, its release
        take_in(*records)
    assert Article.objects.count() == 1
